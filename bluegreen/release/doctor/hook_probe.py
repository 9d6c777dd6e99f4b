"""Whether the hook runs, reaches the test listener, and may ask CodeDeploy: it says so when it is asked.

The event `{"probe": true}` makes our hook tell how it is set up, without a deployment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .finding import Finding, doubtful, sound, worst, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .patient import Patient

PROBE = b'{"probe": true}'


@dataclass(frozen=True)
class Answer:
    """What came back: the payload, and whether Lambda calls it an error of the function."""

    payload: Any
    failed: bool


def look(patient: Patient) -> Finding:
    """Invoke each function; one of another make might do who knows what, and is left alone."""
    target = patient.target
    if not target.hook_verdicts:
        return sound("the hook is not ours, so it is not asked")
    functions = dict.fromkeys(target.functions.values())
    found = [_ask(patient, one) for one in functions]
    return worst(found) if found else sound("no lifecycle event calls a hook")


def _ask(patient: Patient, function: str) -> Finding:
    client = patient.clients.lambda_
    try:
        answer = client.invoke(FunctionName=function, Payload=PROBE)
    except client.exceptions.ResourceNotFoundException:
        return doubtful("there is no hook to ask", "the finding hook-state says what to do")
    said = Answer(_payload(answer["Payload"].read()), bool(answer.get("FunctionError")))
    listener = patient.listeners().get(patient.target.test_listener, {})
    return judge(said, patient.target.hook_log_group, listener.get("Port"))


def judge(answer: Answer, log_group: str, test_port: int | None = None) -> Finding:
    """Judge its answer, the first trouble first; `test_port` is the test listener's, None where there is none."""
    said = answer.payload if isinstance(answer.payload, dict) else {}
    if answer.failed:
        why = said.get("errorMessage") or said.get("errorType") or "it crashed"
        return wrong(f"the hook cannot run: {why}", f"its log group {log_group} says more")
    configuration = said.get("configuration")
    if not isinstance(configuration, dict):
        return doubtful("the hook answers the probe event in no way that is known here", "ask whoever wrote it")
    if configuration.get("error"):
        return wrong(f"the hook is set up wrongly: {configuration['error']}", "correct its variables, then update it")
    return _reached(said, configuration, test_port)


def _elsewhere(url: str, test_port: int) -> str:
    """Say so where the hook asks another port than the test listener's: production answers from the live version."""
    address = urlsplit(url)
    port = address.port or (443 if address.scheme == "https" else 80)
    if port == test_port:
        return ""
    return f"the hook asks {url}, and the test listener is at port {test_port}: it would test the version that is live"


def _reached(said: Mapping[str, Any], configuration: Mapping[str, Any], test_port: int | None) -> Finding:
    listener, codedeploy = said.get("listener") or {}, said.get("codedeploy") or {}
    url = configuration.get("alb_url")
    if not listener.get("reached"):
        return wrong(
            f"the hook does not reach the test listener at {url}: {listener.get('reason')}",
            "check the listener, the hook's subnets, and that both security groups let it through",
        )
    if test_port and (astray := _elsewhere(str(url), test_port)):
        return wrong(astray, "set its variable ALB_URL to the test listener")
    if not codedeploy.get("reached"):
        return wrong(
            f"the hook does not reach CodeDeploy: {codedeploy.get('reason')}",
            "its subnets need the VPC endpoint of CodeDeploy, or a NAT gateway",
        )
    if not codedeploy.get("allowed"):
        return wrong(
            f"the hook may not ask CodeDeploy: {codedeploy.get('reason')}",
            "let its role call codedeploy:GetDeployment, GetApplicationRevision and "
            "PutLifecycleEventHookExecutionStatus",
        )
    proof = f"identity proof {configuration.get('identity_proof')}"
    return sound(f"the hook reaches {url} and CodeDeploy; {len(configuration.get('checks') or [])} checks, {proof}")


def _payload(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
