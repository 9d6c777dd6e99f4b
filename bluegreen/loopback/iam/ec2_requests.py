"""What a call of EC2 asks of IAM: its resources have ids for names, so their tags say whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from moto.ec2.models import ec2_backends

from .call import Call
from .condition import Context
from .statement import Request

_TYPES = {
    "eipalloc": "elastic-ip",
    "fl": "vpc-flow-log",
    "igw": "internet-gateway",
    "nat": "natgateway",
    "rtb": "route-table",
    "sg": "security-group",
    "sgr": "security-group-rule",
    "subnet": "subnet",
    "vpc": "vpc",
    "vpce": "vpc-endpoint",
}
_ID = re.compile(r"([a-z]+)-[0-9a-f]{8,17}")
_SPECIFICATION = re.compile(r"TagSpecification\.(\d+)\.ResourceType")
# Where a route leads is not asked about, nor is a rule that goes: its group is.
_NOT_ASKED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("CreateRoute", "DeleteRoute", "ReplaceRoute"), ("igw", "nat")),
    **dict.fromkeys(("RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress"), ("sgr",)),
}
"""Kinds of resources that a call names, and IAM is not asked about."""


def requests(call: Call) -> tuple[Request, ...]:
    """Return a request for each resource that the call names or makes; its tags are the request's context."""
    given = (*_named(call), *_made(call))
    return given or (Request(action=call.action, resource=None),)


def _named(call: Call) -> Iterator[Request]:
    """Each resource that is there already, with its tags; CreateTags says which it gets as well."""
    tags = _request_tags(_pairs(call.query, "Tag")) if call.operation == "CreateTags" else {}
    for id_ in dict.fromkeys(_ids(call)):
        type_ = _TYPES.get(id_.partition("-")[0])
        if type_:
            yield Request(
                action=call.action, resource=call.arn(f"{type_}/{id_}"), context={**tags, **_resource_tags(call, id_)}
            )


def _made(call: Call) -> Iterator[Request]:
    """Each resource that the call makes: the tags that it is made with are a call of CreateTags, too."""
    for number, type_ in _specifications(call.query):
        tags = _request_tags(_pairs(call.query, f"TagSpecification.{number}.Tag"))
        resource = call.arn(f"{type_}/*")
        yield Request(action=call.action, resource=resource, context=tags)
        yield Request(
            action="ec2:CreateTags", resource=resource, context={**tags, "ec2:CreateAction": (call.operation,)}
        )


def _ids(call: Call) -> Iterator[str]:
    for value in call.query.values():
        if (found := _ID.fullmatch(value)) and found[1] not in _NOT_ASKED.get(call.operation, ()):
            yield _associated(call, value)


def _associated(call: Call, id_: str) -> str:
    """Return whose association it is: of a route table, or of an address; any other id is what it names itself."""
    backend: Any = ec2_backends[call.account][call.region]
    match id_.partition("-")[0]:
        case "rtbassoc":
            owners = (table.id for table in backend.route_tables.values() if id_ in table.all_associations_ids)
        case "eipassoc":
            owners = (one.allocation_id for one in backend.addresses if one.association_id == id_)
        case _:
            return id_
    return next(owners, id_)


def _specifications(query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        if found := _SPECIFICATION.fullmatch(name):
            yield found[1], value


def _pairs(query: Mapping[str, str], prefix: str) -> dict[str, str]:
    keys = {name: key for name, key in query.items() if re.fullmatch(rf"{re.escape(prefix)}\.\d+\.Key", name)}
    return {key: query.get(f"{name.removesuffix('Key')}Value", "") for name, key in keys.items()}


def _request_tags(tags: Mapping[str, str]) -> Context:
    return {**{f"aws:RequestTag/{key}": (value,) for key, value in tags.items()}, "aws:TagKeys": tuple(tags)}


def _resource_tags(call: Call, id_: str) -> Context:
    tags = ec2_backends[call.account][call.region].tags.get(id_, {})
    return {f"aws:ResourceTag/{key}": (str(value),) for key, value in tags.items()}
