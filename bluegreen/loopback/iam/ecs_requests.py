"""What the calls that move task sets ask of IAM, and of which roles they make use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from moto.core.exceptions import ServiceException
from moto.ecs.models import ecs_backends

from . import along
from .call import Call
from .condition import Context
from .statement import Request

TASKS = "ecs-tasks.amazonaws.com"


def _describe_services(call: Call) -> tuple[Request, ...]:
    return tuple(_on(call, _service(call, name)) for name in call.parameter("services") or [])


def _update_primary(call: Call) -> tuple[Request, ...]:
    return (_on(call, _service(call, call.parameter("service") or "")),)


def _delete_task_set(call: Call) -> tuple[Request, ...]:
    service, task_set = _last(call.parameter("service") or ""), call.parameter("taskSet") or ""
    named = task_set if task_set.startswith("arn:") else f"task-set/{_cluster(call)}/{service}/{task_set}"
    return (_on(call, named),)


def _create_task_set(call: Call) -> tuple[Request, ...]:
    """A task set has no ARN yet; its roles are passed to ECS, which runs the tasks in the caller's name."""
    name = call.parameter("taskDefinition") or ""
    context = {
        **in_cluster(call),
        "ecs:service": (call.arn(_service(call, call.parameter("service") or "")),),
        "ecs:task-definition": (call.arn(f"task-definition/{_last(name)}"),),
    }
    passed = {"iam:PassedToService": (TASKS,)}
    roles = (Request(action="iam:PassRole", resource=role, context=passed) for role in _roles(call, name))
    return Request(action=call.action, resource="*", context=context), *roles


def _register_task_definition(call: Call) -> tuple[Request, ...]:
    """A revision has no number yet, and IAM no resource level for making one; its tags are put on the family."""
    family = call.arn(f"task-definition/{call.parameter('family') or ''}:*")
    return (Request(action=call.action, resource="*"), *along.tagged(call, (family,)), *along.passed(call))


def _roles(call: Call, task_definition: str) -> list[str]:
    try:
        found = ecs_backends[call.account][call.region].describe_task_definition(task_definition)
    except (ServiceException, ValueError):  # ValueError: no number after the colon
        return []  # the call itself says what is wrong
    # moto sets only what was given
    return [role for role in map(vars(found).get, ("execution_role_arn", "task_role_arn")) if role]


def _on(call: Call, resource: str) -> Request:
    return Request(action=call.action, resource=call.arn(resource), context=in_cluster(call))


def in_cluster(call: Call) -> Context:
    """Return the key that says which cluster a call is about."""
    return {"ecs:cluster": (call.arn(f"cluster/{_cluster(call)}"),)}


def _service(call: Call, name: str) -> str:
    return name if name.startswith("arn:") else f"service/{_cluster(call)}/{name}"


def _cluster(call: Call) -> str:
    return _last(call.parameter("cluster") or "default")


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]


ECS: Mapping[str, Callable[[Call], tuple[Request, ...]]] = {
    "ecs:DescribeServices": _describe_services,
    "ecs:RegisterTaskDefinition": _register_task_definition,
    "ecs:CreateTaskSet": _create_task_set,
    "ecs:UpdateServicePrimaryTaskSet": _update_primary,
    "ecs:DeleteTaskSet": _delete_task_set,
}
