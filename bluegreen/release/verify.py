"""`bluegreen verify`: look, before a release, at what would make it fail."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import AsJson, EnvironmentName, RegionName, ServiceName

app = typer.Typer(add_completion=False)


@app.command()
def verify(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    image_tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="The image to look for: a tag in the environment's repository.")
    ] = None,
    image: Annotated[str | None, typer.Option(metavar="URI", help="An image of another registry.")] = None,
    config: Annotated[
        str | None, typer.Option(metavar="NAME", help="A deployment configuration instead of the group's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look at what would make a release fail, and say what to do about it; changes nothing.

    Example: bluegreen verify --environment sample --image-tag print-blue-3f2a91c
    """
    from . import report, target  # noqa: PLC0415 - `--help` need not pay for it
    from .doctor import patient, telling  # noqa: PLC0415
    from .doctor.examination import examine  # noqa: PLC0415
    from .doctor.finding import Level, of_level  # noqa: PLC0415
    from .environment import open_environment  # noqa: PLC0415
    from .errors import ReleaseError  # noqa: PLC0415
    from .exit_codes import ExitCode  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    if image_tag and image:
        raise ReleaseError("name one image: --image-tag TAG (of the environment's repository) or --image URI")
    told, wanted = report.choose(as_json=as_json), patient.Wanted(tag=image_tag, uri=image, configuration=config)
    findings = examine(patient.admit(opened.clients, target.read(opened), wanted))
    for check, one in findings.items():
        told.tell(telling.as_event(check, one))
    told.tell(telling.verdict(findings))
    raise typer.Exit(ExitCode.FAILED if of_level(findings, Level.ERROR) else ExitCode.DONE)
