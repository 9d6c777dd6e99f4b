"""`bluegreen status`: one look at what is live, where traffic goes, and what deployment runs or ran last."""

from __future__ import annotations

import typer

from .options import AsJson, EnvironmentName, RegionName, ServiceName

app = typer.Typer(add_completion=False)


@app.command()
def status(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    as_json: AsJson = False,
) -> None:
    """Show the live revision and its image, both listeners, and the deployment that runs or ran last.

    Example: bluegreen status --environment sample
    """
    from . import overview, report, target  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    report.choose(as_json=as_json).tell(overview.as_event(overview.look(opened.clients, target.read(opened))))
