"""The command `bluegreen`: every verb lives in a module of its own, imported only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG = "BLUEGREEN_DEBUG"
USAGE = 2
OF_THE_READER = re.compile(r"(?<=: )Value error, ")
"""What reads values puts this before its words; they say enough."""
PURPOSE = "Blue/green releases that prove what they tested."
EXAMPLE = re.compile(r"^(?=Examples?:)", re.MULTILINE)
AS_IT_IS = "\b\n"
"""What keeps the help from breaking the lines of a paragraph: an example is there to be copied."""


class MissingExtraError(Exception):
    """A verb needs packages that only an extra of this package installs."""


@dataclass(frozen=True)
class Verb:
    """Where a verb lives, what it is good for, in one line, and the extra whose packages it needs."""

    module: str
    purpose: str
    extra: str = ""


VERBS = {
    "deploy": Verb("bluegreen.release.deploy", "Release an image and watch the deployment to its end."),
    "watch": Verb("bluegreen.release.watch", "Watch a deployment that runs, or read how one went."),
    "verify": Verb("bluegreen.release.verify", "Look at what would make a release fail, and what to do."),
    "status": Verb("bluegreen.release.status", "Show what is live, where traffic goes, and what deployment runs."),
    "history": Verb("bluegreen.release.history", "List the last releases: who, what, how they ended."),
    "rollback": Verb("bluegreen.release.rollback", "Go back to the last good revision, or out of a release."),
    "stop": Verb("bluegreen.release.stop", "Stop a deployment that runs and go back."),
    "continue": Verb("bluegreen.release.continue_deployment", "End the wait that a deployment is in."),
    "appspec": Verb("bluegreen.release.appspec", "Print the AppSpec of a release, for other clients."),
    "push": Verb("bluegreen.release.push", "Build the image and push it, tagged with the git revision."),
    "target": Verb("bluegreen.release.target_command", "Import a service that others made, or show one."),
    "settings": Verb("bluegreen.settings_command", "Print the settings that hold, and where each comes from."),
    "review": Verb("bluegreen.review.command", "Summarize a Terraform plan and object to what is dangerous."),
    "rehearse": Verb("bluegreen.drills.command", "Run the article, or drills, on this machine.", "rehearsal"),
    "loopback": Verb("bluegreen.serve_loopback", "Serve AWS on the loopback of this machine.", "loopback"),
}


def load(name: str) -> Any:
    """Import a verb's module and return its command.

    Raises:
        MissingExtraError: it needs packages that are not installed.
    """
    try:
        app = importlib.import_module(VERBS[name].module).app
    except ModuleNotFoundError as error:
        raise _explained(name, error) from error
    app.rich_markup_mode = None
    return _with_whole_examples(get_command(app))


def _with_whole_examples(command: Any) -> Any:
    for one in (command, *getattr(command, "commands", {}).values()):
        one.help = EXAMPLE.sub(AS_IT_IS, one.help or "")
    return command


def _explained(name: str, error: ModuleNotFoundError) -> Exception:
    extra, missing = VERBS[name].extra, (error.name or "").partition(".")[0]
    if not extra or missing == __package__:
        return error
    return MissingExtraError(
        f"`bluegreen {name}` needs {missing}, which is not installed: install bluegreen[{extra}] instead of bluegreen"
    )


class LazyGroup(TyperGroup):
    """Lists the verbs from the table above; imports one when it is called or completed."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Replace the placeholder by the command itself."""
        name, placeholder, rest = super().resolve_command(ctx, args)
        return name, load(name) if name else placeholder, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; one that imports what it needs only now may find that it is not installed."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            raise _explained(ctx.invoked_subcommand, error) from error


# Help in plain words: rich takes longer to import than everything else together, and the examples stay in one line.
app = typer.Typer(cls=LazyGroup, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(
    help=f"{PURPOSE}\n\n{AS_IT_IS}Example: bluegreen deploy --environment sample --image-tag print-blue-3f2a91c"
)
def bluegreen(
    debug: Annotated[bool, typer.Option("--debug", envvar=DEBUG, help="Show the traceback of an error.")] = False,
) -> None:
    """Take the options before the verb."""
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
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
    except typer.Abort:
        code = _failed("nothing was done")
    except Exception as error:
        code = _refused(error)
    raise SystemExit(code or 0)


def _run(arguments: list[str]) -> int | None:
    # Help needs nothing of what reads values, and that takes longer to import than a verb with all of its options.
    if arguments[-1:] == ["--help"] and (command := _named(arguments[:-1])):
        return command(["--help"], prog_name=" ".join(["bluegreen", *arguments[:-1]]), standalone_mode=False)
    return app(arguments, prog_name="bluegreen", standalone_mode=False)


def _named(words: list[str]) -> Any:
    """Return the command that words name and nothing else, None where they do not."""
    if not words or words[0] not in VERBS:
        return None
    command = load(words[0])
    for word in words[1:]:
        command = getattr(command, "commands", {}).get(word)
    return command


def _refused(error: Exception) -> int:
    if hasattr(error, "format_message"):  # what the parser of the command line found
        return _misused(error)
    if os.environ.get(DEBUG):
        raise error
    from .release.errors import in_one_line  # noqa: PLC0415 - only a failure needs it

    return _failed(in_one_line(error), getattr(error, "exit_code", USAGE))


def _misused(error: Any) -> int:
    words = error.format_message()
    if words.startswith("Usage: "):  # nothing was asked for, and here is what could be
        print(words, file=sys.stderr)
        return USAGE
    where = error.ctx.command_path if getattr(error, "ctx", None) else "bluegreen"
    return _failed(f"{OF_THE_READER.sub('', ' '.join(words.split()))} (`{where} --help` shows what there is)")


def _failed(words: str, code: int = USAGE) -> int:
    print(f"bluegreen: {words}", file=sys.stderr)
    if os.environ.get("GITHUB_OUTPUT"):
        from .release import outputs  # noqa: PLC0415 - only CI needs it

        outputs.refused(words)
    return code
