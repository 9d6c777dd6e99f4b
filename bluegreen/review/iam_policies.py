"""Every policy document that a plan shows: whose it is, and what it says before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .plan import Change, Plan, without_index


@dataclass(frozen=True)
class Place:
    """Where a type of resource keeps a document: its attribute, and the attribute and types of who it belongs to."""

    document: str
    owner: str = ""
    owner_types: tuple[str, ...] = ()


PLACES = {
    "aws_iam_role_policy": Place("policy", "role", ("aws_iam_role",)),
    "aws_iam_user_policy": Place("policy", "user", ("aws_iam_user",)),
    "aws_iam_group_policy": Place("policy", "group", ("aws_iam_group",)),
    "aws_iam_policy": Place("policy"),
    "aws_iam_role": Place("assume_role_policy"),
    "aws_ecr_repository_policy": Place("policy", "repository", ("aws_ecr_repository",)),
    "aws_kms_key": Place("policy"),
    "aws_kms_key_policy": Place("policy", "key_id", ("aws_kms_key",)),
    "aws_lambda_permission": Place("", "function_name", ("aws_lambda_function",)),
    "aws_s3_bucket_policy": Place("policy", "bucket", ("aws_s3_bucket",)),
    "aws_secretsmanager_secret_policy": Place("policy", "secret_arn", ("aws_secretsmanager_secret",)),
    "aws_sns_topic_policy": Place("policy", "arn", ("aws_sns_topic",)),
    "aws_sqs_queue_policy": Place("policy", "queue_url", ("aws_sqs_queue",)),
    "aws_vpc_endpoint": Place("policy"),
    "aws_vpc_endpoint_policy": Place("policy", "vpc_endpoint_id", ("aws_vpc_endpoint",)),
}

_PERMISSION = ("action", "principal", "source_arn", "source_account", "principal_org_id")


def owner_before(plan: Plan, change: Change) -> str:
    """Return the address, or name, of whom the document belongs to now."""
    place = PLACES[change.type]
    if not place.owner:
        return without_index(change.address)
    return plan.existing(place.owner_types[0], change.before.get(place.owner))


def owner_after(plan: Plan, change: Change) -> str:
    """Return the address, or name, of whom the document will belong to; "" if nobody can tell."""
    place = PLACES[change.type]
    if not place.owner:
        return without_index(change.address)
    return plan.named(change, place.owner, place.owner_types[0])


def document(change: Change, values: Mapping[str, Any]) -> str:
    """Return the policy document in JSON that the attributes hold."""
    if change.type == "aws_lambda_permission":
        return json.dumps(_as_document(values)) if values else ""
    return values.get(PLACES[change.type].document) or ""


def is_unknown(change: Change) -> bool:
    """Whether the document is known only after the apply."""
    place = PLACES[change.type]
    return any(change.is_unknown(name) for name in ([place.document] if place.document else _PERMISSION))


def is_sensitive(change: Change) -> bool:
    """Whether the document must not be shown."""
    place = PLACES[change.type]
    return any(change.is_sensitive(name) for name in ([place.document] if place.document else _PERMISSION))


def inline(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the documents that a role itself holds."""
    for policy in values.get("inline_policy") or ():
        yield policy.get("policy") or ""


def _as_document(permission: Mapping[str, Any]) -> dict[str, Any]:
    """Return the statement that Lambda makes of a permission."""
    like, equal = permission.get("source_arn"), permission.get("source_account")
    organization = permission.get("principal_org_id")
    conditions = {
        "ArnLike": {"aws:sourcearn": like} if like else {},
        "StringEquals": {
            **({"aws:sourceaccount": equal} if equal else {}),
            **({"aws:principalorgid": organization} if organization else {}),
        },
    }
    statement = {
        "Effect": "Allow",
        "Action": permission.get("action"),
        "Principal": {"Service": permission.get("principal")},
        "Condition": conditions,
    }
    return {"Statement": [statement]}
