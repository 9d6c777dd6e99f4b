"""The CDKTF app: the foundation, and a stack for each environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cdktf import App

from bluegreen.settings import FoundationSettings, Settings

from .foundation import Foundation
from .service_stack import ServiceStack
from .state_backend import state_backend


def synthesize(
    *,
    environments: Sequence[Settings],
    account: Sequence[Settings],
    foundation: FoundationSettings,
    hooks: Mapping[str, Path | None],
    outdir: Path | None,
) -> Path:
    """Write the Terraform JSON of all stacks.

    Args:
        environments: those that get a stack.
        account: those whose repositories and roles the foundation keeps.
        foundation: its settings.
        hooks: the hook's zip of each environment; None where it was not built, so that Terraform refuses a plan.
        outdir: the folder to write to; CDKTF's own choice if None.

    Returns:
        The folder that was written to.
    """
    app = App(outdir=str(outdir)) if outdir else App()
    Foundation(app, environments=account, settings=foundation)
    for settings in environments:
        shared = None if settings.rehearsal else foundation
        stack = ServiceStack(
            app,
            settings=settings,
            hook_archive=hooks[settings.name],
            records_bucket=shared.state_bucket if shared else "",
        )
        state_backend(stack, name=settings.name, foundation=shared)
    app.synth()
    return Path(app.outdir)
