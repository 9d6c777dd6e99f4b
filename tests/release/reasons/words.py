"""What CodeDeploy says of deployments that ended badly."""

from __future__ import annotations

ID = "d-1NNWZG91L"
HOOK = "The deployment failed because one or more of the lifecycle event validation functions failed."
ECS = (
    "The ECS service cannot be updated due to an unexpected error: {} (Service: AmazonECS; Status Code: 400; Error "
    "Code: InvalidParameterException; Request ID: 1; Proxy: null). Check your ECS service status."
)
NEVER_STEADY = (
    "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is "
    "60 minutes."
)
NOT_CONTINUED = (
    "The deployment timed out while waiting for a notification to continue. This time out period is 5 minutes."
)
HOOK_SILENT = (
    "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one "
    "hour after a deployment hook is invoked."
)
DENIED = "The IAM role arn:x does not give you permission to perform operations in the following AWS service: {}."
ALARMS = (
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
    "deployments have been stopped. Activated alarms: {}"
)
