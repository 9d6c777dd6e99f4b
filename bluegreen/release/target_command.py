"""`bluegreen target`: bring a service under `bluegreen` that others made, or show what is known of one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from bluegreen import endpoint_guard, settings
from bluegreen.release_target import LIVE, parameter_name

from . import import_hooks, import_target, report, target, target_lines, target_store
from .confirmation import Yes, confirm
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .errors import ReleaseError
from .event import Event
from .import_target import Wanted
from .report import AsJson

if TYPE_CHECKING:
    from .environment import Environment
    from .report import Report

app = typer.Typer(add_completion=False, help="Import a service that others made, or show what is known of one.")


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    *,
    application: Annotated[str, typer.Option(metavar="NAME", help="The CodeDeploy application.")],
    group: Annotated[str, typer.Option(metavar="NAME", help="Its deployment group.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="What the environment will be called.")],
    service: Annotated[
        str | None,
        typer.Option("--service", "-s", metavar="NAME", help="A name for the service, where NAME has several."),
    ] = None,
    region: RegionName = None,
    container: Annotated[
        str | None, typer.Option(metavar="NAME", help="The container that traffic reaches, where there are several.")
    ] = None,
    port: Annotated[int | None, typer.Option(metavar="NUMBER", help="Its port, where there are several.")] = None,
    hook: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EVENT=FUNCTION", help="A function to call, instead of the last deployment's; repeatable."
        ),
    ] = None,
    template: Annotated[str, typer.Option(metavar="live|latest|REVISION", help="What a release is a copy of.")] = LIVE,
    records_bucket: Annotated[str, typer.Option(metavar="BUCKET", help="Where to keep release records.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite another group's release target.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Read a deployment group of an ECS service, show it, and make it an environment of `bluegreen`.

    Example: bluegreen target import --application shop --group shop-blue-green --name shop --region eu-west-1
    """
    opened = _new_environment(name, service, region)
    wanted = Wanted(
        application=application,
        group=group,
        container=container,
        port=port,
        hooks=import_hooks.parse(hook) if hook else None,
        template=template,
        records_bucket=records_bucket,
    )
    bring_in(opened, wanted, report.choose(as_json=as_json), replace=replace, yes=yes)


@app.command()
def show(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    as_json: AsJson = False,
) -> None:
    """Show the release target of an environment: what every verb knows of it.

    Example: bluegreen target show --environment sample
    """
    opened = open_environment(environment, service, region)
    report.choose(as_json=as_json).tell(target_lines.as_event(target.read(opened)))


def bring_in(environment: Environment, wanted: Wanted, told: Report, *, replace: bool, yes: bool) -> None:
    """Show what was found, ask, and write it.

    Raises:
        ReleaseError: it cannot be imported, the name is taken, or whoever was asked did not agree.
    """
    before = target_store.check_free(environment, wanted, replace=replace)
    found = import_target.find(environment, wanted)
    told.tell(target_lines.as_event(found.target, found))
    parameter = parameter_name(environment.name, environment.service_name)
    fields = {"parameter": parameter, "environment": environment.name, "changed": before != found.target.to_json()}
    if not fields["changed"]:
        told.tell(Event(kind="imported", text=f"{parameter} says this already: nothing was written", fields=fields))
        return
    confirm(f"{'Overwrite' if before else 'Write'} {parameter}?", yes=yes)
    target_store.write(environment, found.target, overwrite=before is not None)
    text = f"{parameter} is written; next: `bluegreen status {found.target.options}`"
    told.tell(Event(kind="imported", text=text, fields=fields, tone="good"))


def _new_environment(name: str, service: str | None, region: str | None) -> Environment:
    """Open an environment that has no settings.

    Raises:
        ReleaseError: a file describes one of that name, or no region is known.
        EndpointError: some of AWS's services are on a loopback, and some are not.
    """
    if name in settings.names():
        raise ReleaseError(
            f"environments/{name}.toml describes an environment that Terraform makes: choose another name"
        )
    opened = open_environment(name, service, region)
    is_rehearsal = endpoint_guard.is_loopback(opened.clients.ssm.meta.endpoint_url)
    endpoint_guard.check_named(name, os.environ, rehearsal=is_rehearsal)
    return opened
