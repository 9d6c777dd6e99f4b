"""A hook that goes wrong as its argument says, in the place of the real one: a Lambda custom runtime in Python.

As `pass` it takes every version for good, to get a place out of what no hook would pass.

It speaks the runtime API of Lambda for one event, and reports to CodeDeploy only where its fault is to report wrongly.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from typing import Any

import boto3
from botocore.exceptions import ClientError

API = f"http://{os.environ.get('AWS_LAMBDA_RUNTIME_API', '')}/2018-06-01/runtime/invocation"
POLL = 0.2
FOREVER = 3600.0


def take() -> tuple[str, dict[str, str]]:
    """Return the request id and the event."""
    with urllib.request.urlopen(f"{API}/next") as response:
        return response.headers["Lambda-Runtime-Aws-Request-Id"], json.load(response)


def answer(request: str, kind: str, body: object) -> None:
    """Tell Lambda how the event went: `response` or `error`."""
    words = urllib.request.Request(f"{API}/{request}/{kind}", json.dumps(body).encode(), method="POST")
    urllib.request.urlopen(words).close()


def report(codedeploy: Any, event: dict[str, str], status: str) -> None:
    """Tell CodeDeploy a verdict, and the log what it said to that."""
    try:
        codedeploy.put_lifecycle_event_hook_execution_status(
            deploymentId=event["DeploymentId"],
            lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
            status=status,
        )
    except ClientError as error:
        print(f"reported {status}: refused: {error.response['Error']['Code']}", flush=True)
    else:
        print(f"reported {status}: taken", flush=True)


def wait_for_the_end(codedeploy: Any, deployment_id: str) -> None:
    """Wait until the deployment is over."""
    while codedeploy.get_deployment(deploymentId=deployment_id)["deploymentInfo"]["status"] == "InProgress":
        time.sleep(POLL)


def handle(fault: str, request: str, event: dict[str, str]) -> None:
    """Go wrong."""
    codedeploy: Any = boto3.client("codedeploy")
    match fault:
        case "crash":
            print("the hook lost its mind", flush=True)
            os._exit(3)
        case "panic":
            print("panicked at 'no such check'", flush=True)
            answer(request, "error", {"errorType": "panic", "errorMessage": "no such check"})
            return
        case "timeout":
            time.sleep(FOREVER)
        case "twice":
            report(codedeploy, event, "Failed")
            report(codedeploy, event, "Succeeded")
        case "pass":
            report(codedeploy, event, "Succeeded")
        case "late":
            wait_for_the_end(codedeploy, event["DeploymentId"])
            report(codedeploy, event, "Succeeded")
    answer(request, "response", {})


if __name__ == "__main__":
    while True:
        handle(sys.argv[1], *take())
