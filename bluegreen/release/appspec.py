"""`bluegreen appspec`: the AppSpec that a release would use, for other clients."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import EnvironmentName, RegionName, ServiceName

if TYPE_CHECKING:
    from collections.abc import Mapping

app = typer.Typer(add_completion=False)


class Format(StrEnum):
    """How an AppSpec may be written; CodeDeploy takes both."""

    YAML = "yaml"
    JSON = "json"


@app.command()
def appspec(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    of: Annotated[
        str, typer.Option("--revision", metavar="REVISION", help="A number, family:revision or ARN; default: latest.")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.YAML,
) -> None:
    """Print the AppSpec for a task definition revision.

    Example: bluegreen appspec --environment sample --revision 7 > appspec.yaml
    """
    from . import appspec_content, revision, target  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    family = revision.short_name(release_target.task_definition).partition(":")[0]
    found = revision.describe(opened.clients, f"{family}:{of}" if of.isdigit() else of or family)
    document = appspec_content.document(release_target, found["taskDefinitionArn"])
    print(write(document, form), end="")


def write(document: Mapping[str, Any], form: Format) -> str:
    """Write an AppSpec as text that ends with a line end."""
    import yaml  # noqa: PLC0415 - `--help` need not pay for it

    if form is Format.JSON:
        return json.dumps(document, indent=2) + "\n"
    return yaml.safe_dump(document, sort_keys=False)
