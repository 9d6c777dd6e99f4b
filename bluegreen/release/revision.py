"""Task definition revisions: what a release registers, and whether it is what runs already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from .clients import Clients


def candidate(template: Mapping[str, Any], *, registerable: Set[str], container: str, image: str) -> dict[str, Any]:
    """Return the template's registerable fields with `image` in the named container.

    Raises:
        ReleaseError: the template has no such container.
    """
    fields = {name: value for name, value in template.items() if name in registerable}
    containers = fields.get("containerDefinitions", [])
    names = [one["name"] for one in containers]
    if container not in names:
        raise ReleaseError(
            f"the template {short_name(template['taskDefinitionArn'])} has no container {container}, "
            f"it has: {', '.join(names)}"
        )
    fields["containerDefinitions"] = [
        {**one, "image": image} if one["name"] == container else one for one in containers
    ]
    return fields


def image_of(task_definition: Mapping[str, Any], container: str) -> str:
    """Return the image of the named container, empty when there is no such container."""
    found = (one for one in task_definition.get("containerDefinitions", []) if one["name"] == container)
    return next((one.get("image", "") for one in found), "")


def differences(live: Mapping[str, Any], planned: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the fields in which a planned revision differs from the live one; empties and absences are the same."""
    names = set(live) | set(planned)
    return tuple(sorted(name for name in names if plain(live.get(name)) != plain(planned.get(name))))


def short_name(task_definition: str) -> str:
    """Return `family:revision` of a task definition's ARN."""
    return task_definition.rpartition("/")[2]


def describe(clients: Clients, task_definition: str) -> dict[str, Any]:
    """Read a revision by ARN, by `family:revision`, or by family (its latest).

    Raises:
        ReleaseError: there is none of that name.
    """
    try:
        return dict(clients.ecs.describe_task_definition(taskDefinition=task_definition)["taskDefinition"])
    except clients.ecs.exceptions.ClientException as error:
        words = error.response.get("Error", {}).get("Message", "")
        raise ReleaseError(f"there is no task definition {short_name(task_definition)}: {words}") from None


def register(clients: Clients, fields: Mapping[str, Any], tags: Mapping[str, str]) -> str:
    """Register a revision with tags and return its ARN."""
    pairs = [{"key": key, "value": value} for key, value in tags.items()]
    answer = clients.ecs.register_task_definition(**fields, tags=pairs)  # type: ignore[arg-type]
    return answer["taskDefinition"].get("taskDefinitionArn", "")


def plain(value: Any) -> Any:
    """Drop what ECS adds or leaves out at will, so that equal revisions compare equal."""
    if isinstance(value, dict):
        kept = {key: plain(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one is not None} or None
    if isinstance(value, list | tuple):
        items = [plain(one) for one in value]
        # Named things (environment, ports, containers) have no order; the words of a command do.
        return sorted(items, key=repr) if items and all(isinstance(one, dict) for one in items) else items or None
    return None if value == "" else value
