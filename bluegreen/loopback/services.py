"""The services that are more here than they are in moto."""

from __future__ import annotations

from moto.core.base_backend import BackendDict

from . import apigatewayv2, applicationautoscaling, awslambda, cloudwatch, codedeploy, ec2, ecr, ecs, elbv2, iam, s3

INSTALLED = (iam, s3, ec2, ecr, ecs, elbv2, apigatewayv2, awslambda, cloudwatch, applicationautoscaling, codedeploy)


def install() -> None:
    """Empty the account, and put each service's backend in the place of moto's."""
    _forget()
    for service in INSTALLED:
        service.install()


def _forget() -> None:
    """Drop what an earlier loopback of this process left in moto's tables."""
    # moto's own reset would start each old backend anew, on the machine of now.
    used: list[BackendDict] = vars(BackendDict)["_instances"]
    for backends in used:
        backends.clear()
        # S3 keeps beside its backends who has taken a bucket's name
        vars(backends).get("bucket_accounts", {}).clear()
    used.clear()
