"""What each call asks of IAM: the actions and resources of the Service Authorization Reference.

Here are the calls of a release. Any other call is judged by its action alone: an allow for some resource will do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from moto.s3.models import s3_backends

from .call import Call
from .ecs_requests import ECS
from .statement import Request

Requests = tuple[Request, ...]


def requests(call: Call) -> Requests:
    """Return everything that the caller must be allowed to do for this call; nothing for a call open to everybody."""
    named = _CALLS.get(call.action)
    return named(call) if named else (Request(action=call.action, resource=call.resource),)


def _everything(call: Call) -> Requests:
    return (Request(action=call.action, resource="*"),)


def _of(parameter: str) -> Callable[[Call], Requests]:
    return lambda call: (Request(action=call.action, resource=call.parameter(parameter) or "*"),)


def _invoke(call: Call) -> Requests:
    """With a version or an alias it is another resource: the function's ARN with the qualifier (Lambda guide)."""
    name, qualifier = call.parameter("FunctionName") or "", call.parameter("Qualifier")
    name = name if name.startswith("arn:") else f"function:{name.removeprefix(f'{call.account}:function:')}"
    return (Request(action="lambda:InvokeFunction", resource=call.arn(f"{name}:{qualifier}" if qualifier else name)),)


def _describe_alarms(call: Call) -> Requests:
    names = call.parameter("AlarmNames") or ["*"]
    return tuple(Request(action=call.action, resource=call.arn(f"alarm:{name}")) for name in names)


def _get_object(call: Call) -> Requests:
    version = call.parameter("versionId")
    action = "s3:GetObjectVersion" if version else "s3:GetObject"
    resource = call.resource or "*"
    bucket, _, key = resource.rpartition(":")[2].partition("/")
    found = s3_backends[call.account][call.partition].get_object(bucket, key, version_id=version)
    tags = s3_backends[call.account][call.partition].tagger.get_tag_dict_for_resource(found.arn) if found else {}
    context = {f"s3:ExistingObjectTag/{name}": (value,) for name, value in tags.items()}
    return (Request(action=action, resource=resource, context=context),)


def _nothing(call: Call) -> Requests:  # noqa: ARG001 - one of a table
    return ()


_CALLS: Mapping[str, Callable[[Call], Requests]] = {
    **ECS,
    "elasticloadbalancing:DescribeTargetGroups": _everything,
    "elasticloadbalancing:DescribeListeners": _everything,
    "elasticloadbalancing:DescribeRules": _everything,
    "elasticloadbalancing:ModifyListener": _of("ListenerArn"),
    "elasticloadbalancing:ModifyRule": _of("RuleArn"),
    "lambda:Invoke": _invoke,
    "cloudwatch:DescribeAlarms": _describe_alarms,
    "sns:Publish": _of("TopicArn"),
    "s3:GetObject": _get_object,
    "s3:HeadObject": _get_object,
    "sts:GetCallerIdentity": _nothing,
}
