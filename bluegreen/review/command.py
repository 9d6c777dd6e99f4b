"""`bluegreen review`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from . import consent, document, guard, markdown, terminal
from .errors import ExitCode, ReviewError
from .parse import parse
from .plan import Plan
from .summary import Review

app = typer.Typer(add_completion=False)


@app.command()
def review(
    *,
    plan: Annotated[Path, typer.Argument(metavar="PLAN.json", help="What `terraform show -json PLAN` printed.")],
    stack: Annotated[str, typer.Option(metavar="NAME", help="The stack's name, as a title; default: the file's.")] = "",
    allow: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Allow what the guard objects to there; repeatable.")
    ] = None,
    comments: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GitHub's comments of a pull request: what they allow.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--markdown", metavar="FILE", help="Write the review as Markdown.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")] = False,
) -> None:
    """Summarize a Terraform plan, and object to what would hurt a blue/green service.

    Example: bluegreen review plan.json --allow aws_lb.balancer --markdown summary.md
    """
    parsed = parse(_content(plan))
    findings = guard.inspect(parsed)
    title = stack or plan.stem
    addresses = [*(allow or ()), *_consented(comments, title, parsed)]
    judged = Review(title=title, plan=parsed, findings=guard.allow(findings, addresses))
    if to:
        _write(to, judged)
    _print(judged, as_json=as_json)
    raise SystemExit(ExitCode.FOUND if judged.objections else ExitCode.FINE)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReviewError(f"{file} cannot be read: {error.strerror}") from None


def _consented(file: Path | None, stack: str, plan: Plan) -> list[str]:
    """Return what comments allow; what needs no allowance any more is passed over, for comments stay."""
    if file is None:
        return []
    objected = {finding.address for finding in guard.inspect(plan)}
    return [address for address in consent.allowed(_content(file), stack) if address in objected]


def _write(file: Path, judged: Review) -> None:
    if markdown.is_cut(judged):
        print(f"{file}: more than a comment on GitHub holds; the rest is left out there", file=sys.stderr)
    try:
        file.write_text(markdown.markdown(judged), encoding="utf-8")
    except OSError as error:
        raise ReviewError(f"{file} cannot be written: {error.strerror}") from None


def _print(judged: Review, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(document.document(judged)))
        return
    for line in terminal.lines(judged):
        print(line)
