"""The command `bluegreen`: every verb lives in a module of its own, imported only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG = "BLUEGREEN_DEBUG"


@dataclass(frozen=True)
class Verb:
    """Where a verb lives and what it is good for, in one line."""

    module: str
    purpose: str


VERBS = {
    "deploy": Verb("bluegreen.release.deploy", "Release an image and watch the deployment to its end."),
    "watch": Verb("bluegreen.release.watch", "Watch a deployment that runs, or read how one went."),
    "status": Verb("bluegreen.release.status", "Show what is live, where traffic goes, and what deployment runs."),
    "history": Verb("bluegreen.release.history", "List the last releases: who, what, how they ended."),
    "rollback": Verb("bluegreen.release.rollback", "Go back to the last good revision, or out of a release that runs."),
    "stop": Verb("bluegreen.release.stop", "Stop a deployment that runs and go back."),
    "continue": Verb("bluegreen.release.continue_deployment", "End the wait that a deployment is in."),
    "appspec": Verb("bluegreen.release.appspec", "Print the AppSpec of a release, for other clients."),
    "push": Verb("bluegreen.release.push", "Build the image and push it, tagged with the git revision."),
    "settings": Verb("bluegreen.settings_command", "Print the settings that hold, and where each comes from."),
    "review": Verb("bluegreen.review.command", "Summarize a Terraform plan and object to what is dangerous."),
    "rehearse": Verb("bluegreen.rehearsal.command", "Run the article from start to end on this machine."),
    "loopback": Verb("bluegreen.serve_loopback", "Serve AWS on the loopback of this machine."),
}


def load(name: str) -> Any:
    """Import a verb's module and return its command."""
    return get_command(importlib.import_module(VERBS[name].module).app)


class LazyGroup(TyperGroup):
    """Lists the verbs from the table above; imports one when it is called or completed."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Replace the placeholder by the command itself."""
        name, placeholder, rest = super().resolve_command(ctx, args)
        return name, load(name) if name else placeholder, rest


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def bluegreen(
    debug: Annotated[bool, typer.Option("--debug", envvar=DEBUG, help="Show the traceback of an error.")] = False,
) -> None:
    """Blue/green releases that prove what they tested."""
    if debug:
        os.environ[DEBUG] = "1"


def _placeholder() -> None: ...


for _name, _verb in VERBS.items():
    app.command(_name, help=_verb.purpose)(_placeholder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every failure ends in one line on stderr and an exit code that is documented."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # AWS's words on a terminal that cannot show them
    try:
        app(arguments, prog_name="bluegreen")
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        from .release.errors import in_one_line  # noqa: PLC0415 - only a failure needs it

        print(f"bluegreen: {in_one_line(error)}", file=sys.stderr)
        raise SystemExit(getattr(error, "exit_code", 2)) from None
