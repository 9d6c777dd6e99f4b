"""`bluegreen settings`: the settings that hold, and where each comes from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bluegreen.settings.origins import Effective

app = typer.Typer(add_completion=False)

WIDEST = 60
"""Characters of a setting up to which the comments beside it are in one column."""


@app.command()
def settings(
    environment: Annotated[str, typer.Argument(metavar="ENV", help="The environment: environments/ENV.toml")],
    service: Annotated[
        str, typer.Option("--service", "-s", help="One of its services, where the environment has several.")
    ] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of TOML.")] = False,
) -> None:
    """Print every setting that holds for an environment, and the file that it is from.

    Example: bluegreen settings production
    """
    from bluegreen.settings.origins import effective  # noqa: PLC0415 - `--help` need not pay for it

    found = effective(environment, service)
    if as_json:
        print(json.dumps(document(environment, service, found), indent=2))
    else:
        print(text(found))
        _hint(environment, service)


def _hint(environment: str, service: str) -> None:
    """Say that services have settings of their own, where there are several."""
    from bluegreen.settings import load  # noqa: PLC0415 - as above

    names = [of.service_name for of in load(environment).services]
    if names and not service:
        print(f"# Its services have their own over these: --service {' or '.join(names)}")


def document(environment: str, service: str, found: Sequence[Effective]) -> dict[str, Any]:
    """Return what `--json` prints: a value and its origin by each dotted key."""
    settings = {one.key: {"value": one.value, "from": one.origin} for one in found}
    return {"environment": environment, "service": service, "settings": settings}


def text(found: Sequence[Effective]) -> str:
    """Return TOML, a setting a line, with its origin as a comment."""
    from bluegreen.settings.toml_value import toml, toml_key  # noqa: PLC0415 - as above

    lines = [f"{'.'.join(map(toml_key, one.key.split('.')))} = {toml(one.value)}" for one in found]
    width = max(len(line) for line in lines if len(line) <= WIDEST)
    return "\n".join(f"{line:<{width}}  # {one.origin}" for line, one in zip(lines, found, strict=True))
