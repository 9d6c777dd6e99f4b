"""Operations on the tags of applications and deployment groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .operation import Answer, Backend, Operation, Request, alone

# The limits that every tag in AWS has.
MOST_TAGS = 50
LONGEST_KEY = 128
LONGEST_VALUE = 256
RESERVED = "aws:"


def checked(tags: Sequence[Mapping[str, str]] | None) -> list[dict[str, str]]:
    """Return the tags, a value for each.

    Raises:
        Refusal: a key is missing, reserved or there twice, a tag is too long, or there are too many.
    """
    found = [{"Key": tag.get("Key", ""), "Value": tag.get("Value", "")} for tag in tags or []]
    keys = [tag["Key"] for tag in found]
    if len(found) > MOST_TAGS:
        raise _invalid(f"a resource has at most {MOST_TAGS}, not {len(found)}")
    if len(set(keys)) < len(keys):
        raise _invalid("a key is given twice")
    for tag in found:
        if not 1 <= len(tag["Key"]) <= LONGEST_KEY or tag["Key"].lower().startswith(RESERVED):
            raise _invalid(f"a key has 1 to {LONGEST_KEY} characters and does not begin with {RESERVED}")
        if len(tag["Value"]) > LONGEST_VALUE:
            raise _invalid(f"a value has at most {LONGEST_VALUE} characters")
    return found


@alone
def tag_resource(backend: Backend, request: Request) -> Answer:
    arn = _existing(backend, request)
    if not request.get("Tags"):
        raise Refusal("TagRequired", "A tag must be specified")
    tags = checked(request["Tags"])
    kept = backend.tagger.get_tag_dict_for_resource(arn)
    if len(kept | {tag["Key"]: "" for tag in tags}) > MOST_TAGS:
        raise _invalid(f"a resource has at most {MOST_TAGS}")
    backend.tagger.tag_resource(arn, tags)
    return {}


@alone
def untag_resource(backend: Backend, request: Request) -> Answer:
    """A key that is not there is no error."""
    arn = _existing(backend, request)
    if not request.get("TagKeys"):
        raise Refusal("TagRequired", "A tag key must be specified")
    backend.tagger.untag_resource_using_names(arn, request["TagKeys"])
    return {}


@alone
def list_tags_for_resource(backend: Backend, request: Request) -> Answer:
    """What does not exist has no tags. One page holds all that a resource can have, whatever the token."""
    arn = request.get("ResourceArn") or ""
    _resource(backend, arn)
    return {"Tags": backend.tagger.list_tags_for_resource(arn)["Tags"]}


def _existing(backend: Backend, request: Request) -> str:
    arn = request.get("ResourceArn") or ""
    kind, name = _resource(backend, arn)
    if kind == "application":
        backend.ledger.application(name)
    else:
        application, _, group = name.partition("/")
        backend.ledger.group(application, group)
    return arn


def _resource(backend: Backend, arn: str) -> tuple[str, str]:
    """Return the kind and the name."""
    if not arn:
        raise Refusal("ResourceArnRequired", "The ARN of a resource must be specified")
    parts = arn.split(":", 6)
    if len(parts) < 7 or parts[0] != "arn" or not parts[6]:
        raise Refusal("InvalidArn", f"The ARN is invalid: {arn}")
    place = [backend.partition, "codedeploy", backend.region_name, backend.account_id]
    if parts[1:5] != place or parts[5] not in {"application", "deploymentgroup"}:
        raise Refusal(
            "ArnNotSupported", f"Applications and deployment groups of {backend.region_name} have tags: {arn}"
        )
    return parts[5], parts[6]


def _invalid(reason: str) -> Refusal:
    return Refusal("InvalidTagsToAdd", f"The tags are invalid: {reason}")


OPERATIONS: tuple[Operation, ...] = (tag_resource, untag_resource, list_tags_for_resource)
