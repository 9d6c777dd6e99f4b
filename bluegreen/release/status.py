"""`bluegreen status`: one look at what is live, where traffic goes, and what deployment runs or ran last."""

from __future__ import annotations

import typer

from . import overview, report, target
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .report import AsJson

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
    opened = open_environment(environment, service, region)
    report.choose(as_json=as_json).tell(overview.as_event(overview.look(opened.clients, target.read(opened))))
