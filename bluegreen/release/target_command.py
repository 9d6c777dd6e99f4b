"""`bluegreen target`: bring a service under `bluegreen` that others made, or show what is known of one."""

from __future__ import annotations

from typing import Annotated

import typer

from bluegreen.release_target import LIVE

from .options import AsJson, EnvironmentName, RegionName, ServiceName, Yes

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
    from . import import_hooks, importing, report  # noqa: PLC0415 - `--help` need not pay for it
    from .import_target import Wanted  # noqa: PLC0415

    opened = importing.new_environment(name, service, region)
    wanted = Wanted(
        application=application,
        group=group,
        container=container,
        port=port,
        hooks=import_hooks.parse(hook) if hook else None,
        template=template,
        records_bucket=records_bucket,
    )
    importing.bring_in(opened, wanted, report.choose(as_json=as_json), replace=replace, yes=yes)


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
    from . import report, target, target_lines  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    report.choose(as_json=as_json).tell(target_lines.as_event(target.read(opened)))
