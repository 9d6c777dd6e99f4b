"""`bluegreen push`: build the image for the task's architecture and push it."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import AsJson, EnvironmentName, RegionName, ServiceName

app = typer.Typer(add_completion=False)


@app.command()
def push(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    color: Annotated[str, typer.Option(metavar="WORD", help="The word that the routes answer with.")] = "Green",
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="The whole tag; default: print-COLOR-GITREVISION.")
    ] = None,
    allow_dirty: Annotated[bool, typer.Option("--allow-dirty", help="Build from changed files all the same.")] = False,
    with_builder: Annotated[
        str | None, typer.Option("--builder", metavar="NAME", help="docker, podman or buildah; default: what is there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build the image from service_rust/Dockerfile and push it to the environment's repository.

    Example: bluegreen push --environment sample --color Blue
    """
    from . import pushing, report  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    wish = pushing.Wish(color=color, tag=tag, allow_dirty=allow_dirty, builder=with_builder)
    pushing.push(opened, wish, report.choose(as_json=as_json))
