"""Operations on what ECS has not: on-premises instances, GitHub accounts, resources of CloudFormation.

None can be registered here, so each answers what AWS answers to an account that has none.
"""

from __future__ import annotations

import re

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .batch import batch
from .operation import Answer, Backend, Operation, Request
from .paging import page

_INSTANCE = re.compile(r"[A-Za-z0-9._+=,@-]{1,100}")
MOST_INSTANCES = 100


def register_on_premises_instance(_: Backend, request: Request) -> Answer:
    _instance(request.get("instanceName"))
    if request.get("iamUserArn") and request.get("iamSessionArn"):
        raise Refusal("MultipleIamArnsProvided", "An IAM user ARN or an IAM session ARN must be specified, not both")
    if not request.get("iamUserArn") and not request.get("iamSessionArn"):
        raise Refusal("IamArnRequired", "An IAM user ARN or an IAM session ARN must be specified")
    message = "On-premises instances belong to the compute platform Server; the loopback deploys to ECS only"
    raise Refusal("OperationNotSupported", message)


def deregister_on_premises_instance(_: Backend, request: Request) -> Answer:
    """Deregistering what is not registered is no error."""
    _instance(request.get("instanceName"))
    return {}


def get_on_premises_instance(_: Backend, request: Request) -> Answer:
    raise _not_registered(_instance(request.get("instanceName")))


def batch_get_on_premises_instances(_: Backend, request: Request) -> Answer:
    _instances(request)
    return {"instanceInfos": []}


def list_on_premises_instances(_: Backend, request: Request) -> Answer:
    status = request.get("registrationStatus") or "Registered"
    if status not in {"Registered", "Deregistered"}:
        raise Refusal("InvalidRegistrationStatus", f"The registration status is invalid: {status}")
    return page([], "instanceNames", request.get("nextToken"))


def add_tags_to_on_premises_instances(_: Backend, request: Request) -> Answer:
    names = _instances(request)
    if not request.get("tags"):
        raise Refusal("TagRequired", "A tag must be specified")
    raise _not_registered(names[0])


def list_git_hub_account_token_names(_: Backend, request: Request) -> Answer:
    return page([], "tokenNameList", request.get("nextToken"))


def delete_git_hub_account_token(_: Backend, request: Request) -> Answer:
    name = request.get("tokenName")
    if not name:
        raise Refusal("GitHubAccountTokenNameRequired", "The name of a GitHub account connection must be specified")
    raise Refusal("GitHubAccountTokenDoesNotExist", f"No GitHub account connection exists by the name {name}")


def delete_resources_by_external_id(_: Backend, __: Request) -> Answer:
    """CloudFormation's blue/green hook makes such resources; here nothing does."""
    return {}


def remove_tags_from_on_premises_instances(backend: Backend, request: Request) -> Answer:
    return add_tags_to_on_premises_instances(backend, request)


def _instances(request: Request) -> list[str]:
    names = [_instance(name) for name in batch(request.get("instanceNames"), MOST_INSTANCES)]
    return names or [_instance(None)]


def _instance(name: str | None) -> str:
    if not name:
        raise Refusal("InstanceNameRequired", "An on-premises instance name must be specified")
    if not _INSTANCE.fullmatch(name):
        raise Refusal("InvalidInstanceName", f"The on-premises instance name is invalid: {name}")
    return name


def _not_registered(name: str) -> Refusal:
    return Refusal("InstanceNotRegistered", f"The on-premises instance {name} is not registered")


OPERATIONS: tuple[Operation, ...] = (
    register_on_premises_instance,
    deregister_on_premises_instance,
    get_on_premises_instance,
    batch_get_on_premises_instances,
    list_on_premises_instances,
    add_tags_to_on_premises_instances,
    remove_tags_from_on_premises_instances,
    list_git_hub_account_token_names,
    delete_git_hub_account_token,
    delete_resources_by_external_id,
)
