"""What each call asks of IAM: the actions and resources of the Service Authorization Reference.

Here are the calls of a release. Of any other call it is looked for in its parameters what it is about; where nothing
says so, it is judged by its action alone: an allow for some resource will do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from moto.s3.models import s3_backends

from . import along, ec2_requests
from .call import Call
from .ecs_requests import ECS, in_cluster
from .resources import resources
from .statement import Request

Requests = tuple[Request, ...]


def requests(call: Call) -> Requests:
    """Return everything that the caller must be allowed to do for this call; nothing for a call open to everybody."""
    named = _CALLS.get(call.action)
    return named(call) if named else _BY_SERVICE.get(call.service, _by_name)(call)


def _by_name(call: Call) -> Requests:
    about = resources(call)
    context = in_cluster(call) if call.service == "ecs" else {}
    own = (Request(action=call.action, resource=one, context=context) for one in about)
    return (*own, *along.tagged(call, about), *along.passed(call))


def _part(whole: str, part: str) -> Callable[[Call], Requests]:
    """Return what a call asks that adds a part to what it is about: the part gets the tags, under an id yet unknown."""

    def asked(call: Call) -> Requests:
        about = resources(call)
        parts = tuple(one and one.replace(f":{whole}/", f":{part}/") + "/*" for one in about)
        return (*(Request(action=call.action, resource=one) for one in about), *along.tagged(call, parts))

    return asked


def _ec2(call: Call) -> Requests:
    # the one description that is of a resource by its name
    if call.operation.startswith("Describe") and call.operation != "DescribeVpcAttribute":
        return _everything(call)
    return (*ec2_requests.requests(call), *along.passed(call))


def _by_path(call: Call) -> Requests:
    """API Gateway's actions are methods, and its resources paths."""
    path = call.path.removeprefix("/v2")
    return (Request(action=f"apigateway:{call.method}", resource=call.arn(path)),)


def _list_bucket(call: Call) -> Requests:
    return (Request(action="s3:ListBucket", resource=call.resource),)


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


_BY_SERVICE: Mapping[str, Callable[[Call], Requests]] = {"apigateway": _by_path, "ec2": _ec2}

_CALLS: Mapping[str, Callable[[Call], Requests]] = {
    **ECS,
    "elasticloadbalancing:DescribeTargetGroups": _everything,
    "elasticloadbalancing:DescribeListeners": _everything,
    "elasticloadbalancing:DescribeRules": _everything,
    "elasticloadbalancing:CreateListener": _part("loadbalancer", "listener"),
    "elasticloadbalancing:CreateRule": _part("listener", "listener-rule"),
    "elasticloadbalancing:ModifyListener": _of("ListenerArn"),
    "elasticloadbalancing:ModifyRule": _of("RuleArn"),
    "lambda:Invoke": _invoke,
    "cloudwatch:DescribeAlarms": _describe_alarms,
    "sns:Publish": _of("TopicArn"),
    "s3:GetObject": _get_object,
    "s3:HeadObject": _get_object,
    "s3:HeadBucket": _list_bucket,
    "s3:ListObjects": _list_bucket,
    "s3:ListObjectsV2": _list_bucket,
    "sts:GetCallerIdentity": _nothing,
}
