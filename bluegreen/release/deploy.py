"""`bluegreen deploy`: release an image and watch the deployment to its end."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import (
    ONE_HOUR,
    AsJson,
    EnvironmentName,
    RegionName,
    ServiceName,
    TimeLimit,
    Until,
    WaitUntil,
    Watchdog,
)

ImageTag = Annotated[
    str | None, typer.Option(metavar="TAG", help="A tag in the environment's repository; pinned by its digest.")
]
ImageUri = Annotated[str | None, typer.Option(metavar="URI", help="An image of another registry, as it is.")]
Configuration = Annotated[
    str | None, typer.Option(metavar="NAME", help="A deployment configuration instead of the group's.")
]
Description = Annotated[str, typer.Option(metavar="TEXT", help="What others read in the deployment.")]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Watch the deployment, or leave once it has started.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the AppSpec and what changes; do nothing.")]
SkipVerify = Annotated[bool, typer.Option("--skip-verify", help="Do not `verify` before it starts.")]

app = typer.Typer(add_completion=False)


@app.command()
def deploy(  # noqa: PLR0913 - one parameter an option
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    image_tag: ImageTag = None,
    image: ImageUri = None,
    config: Configuration = None,
    description: Description = "",
    wait: Wait = True,
    dry_run: DryRun = False,
    skip_verify: SkipVerify = False,
    wait_until: WaitUntil = Until.FINISHED,
    time_limit: TimeLimit = ONE_HOUR,  # type: ignore[assignment]  # the parser takes the text
    watchdog: Watchdog = True,
    as_json: AsJson = False,
) -> None:
    """Release an image: register a revision, start a deployment, watch it, explain how it ended.

    Without an image, the one that runs is released with the template's configuration.

    Example: bluegreen deploy --environment sample --image-tag print-blue-3f2a91c
    """
    from . import releasing, report  # noqa: PLC0415 - `--help` need not pay for it
    from .environment import open_environment  # noqa: PLC0415
    from .errors import ReleaseError  # noqa: PLC0415

    if not wait and wait_until is Until.SHIFTED:
        raise ReleaseError(
            "--no-wait leaves once it has started, --wait-until shifted watches it until all traffic has moved: "
            "leave one of them out"
        )
    opened = open_environment(environment, service, region)
    if image_tag is not None and image is not None:
        raise ReleaseError("name one image: either --image-tag TAG (of the environment's repository) or --image URI")
    wish = releasing.Wish(
        tag=image_tag,
        uri=image,
        configuration=config,
        description=description,
        wait=wait,
        dry_run=dry_run,
        limit=time_limit,
        watchdog=watchdog,
        until=wait_until,
        verify=not skip_verify,
    )
    raise typer.Exit(releasing.release(opened, wish, report.choose(as_json=as_json)))
