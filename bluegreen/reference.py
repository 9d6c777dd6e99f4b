"""The reference of every verb, in Markdown: `python -m bluegreen.reference` prints it, read from the command itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.main import get_command

from . import cli
from .loopback import options
from .release.exit_codes import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

INTRODUCTION = """\
# The command

Every verb of `bluegreen` with its options, as `bluegreen VERB --help` tells them. [releases.md](releases.md) is the
guide to those that release, [ci.md](ci.md) to their use in CI, [plan-review.md](plan-review.md) to `review`, and
[loopback.md](loopback.md) to `loopback`.

This page is printed by `python -m bluegreen.reference`.

`bluegreen [OPTION] VERB …`

{options}

| verb | what it does |
|---|---|
{verbs}

## Exit codes

The same for every verb; scripts may rely on them.

| code | meaning |
|---|---|
{codes}

What is wrong is one line on standard error; `bluegreen --debug VERB …` shows the traceback as well.
"""
HEADINGS = "| argument, option | what it is |\n|---|---|"
PIPE = "\\|"
WIDTH = 100
CALLED = re.compile(r"\x08?\n?Example: (.+)")


def markdown() -> str:
    """Return the page."""
    verbs = "\n".join(f"| [`{name}`](#{name}) | {verb.purpose} |" for name, verb in cli.VERBS.items())
    codes = "\n".join(f"| {int(code)} | {meaning} |" for code, meaning in MEANINGS.items())
    top = _table(get_command(cli.app), "")
    parts = [INTRODUCTION.format(options=top, verbs=verbs, codes=codes)]
    for name in cli.VERBS:
        parts += _sections(name, cli.load(name))
    return "\n".join(parts)


def _sections(name: str, command: Any) -> Iterator[str]:
    """Yield the section of a verb, and those of the verbs below it."""
    if name == "loopback":  # knows nothing of this command, and reads its words by itself
        yield f"## `loopback`\n\n```text\n{options.help_text('bluegreen loopback', WIDTH)}```\n"
        return
    below = getattr(command, "commands", {})
    text, examples = CALLED.sub("", command.help), CALLED.findall(command.help)
    paragraphs = [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]
    yield f"## `{name}`\n\n" + "\n\n".join(paragraphs) + "\n"
    if examples and not below:
        yield "```sh\n" + "\n".join(examples) + "\n```\n"
    if not below:
        yield _table(command, name) + "\n"
    for word, one in below.items():
        yield from _sections(f"{name} {word}", one)


def _table(command: Any, name: str) -> str:
    """Return the rows that `--help` shows, apart from its own."""
    with command.make_context(f"bluegreen {name}".strip(), [], resilient_parsing=True) as context:
        records = [one.get_help_record(context) for one in command.get_params(context) if "--help" not in one.opts]
    return "\n".join([HEADINGS, *(_row(*record) for record in records if record)])


def _row(names: str, meaning: str) -> str:
    cells = (f"`{names}`", " ".join(meaning.split()))
    return f"| {' | '.join(cell.replace('|', PIPE) for cell in cells)} |"


if __name__ == "__main__":
    print(markdown(), end="")
