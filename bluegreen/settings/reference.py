"""The reference of all settings, in Markdown: `python -m bluegreen.settings.reference` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, is_dataclass
from typing import Any

from .foundation import FoundationSettings
from .model import Settings
from .schema import default, keys, types_of
from .services import KEYS
from .toml_value import toml

INTRODUCTION = """\
# Settings

An environment is a file `environments/<name>.toml`; its name is the file's stem. A file says only what differs from the
defaults, which are the article's values. `extends = "other"` takes another environment's file as the ground: tables are
merged key by key, everything else is replaced; `family` alone is never taken over, as no two environments may share it.
An unknown key, a wrong type, a value out of range and values that do not fit together are each refused with one line
that names the file, the key, what was found and what is allowed.

`bluegreen settings production` prints every setting that holds for an environment as TOML, and beside it the file that
it is from, or `default`; `--service orders` prints those of one of several services, `--json` a JSON document.

An editor that knows TOML schemas (Even Better TOML, taplo) marks mistakes while they are typed, by a file's first line,
`#:schema ./settings.schema.json`.

This page is printed by `python -m bluegreen.settings.reference`.
"""


FOUNDATION = """\
# Settings of the foundation

`environments/foundation.toml` says what all environments of an account stand on; it is no environment itself. What the
foundation is and how it is made: [state.md](state.md).
"""


SERVICES = """\
## Several services: `[services.NAME]`

One HTTP API and one VPC link serve any number of services. A table for each, as in `[services.orders]`, lays keys over
the environment's own; a subtable is `[services.orders.task]`. Each service has a load balancer, target groups, a
deployment group, a hook and a release target for itself; network, cluster, VPC link and HTTP API are shared. Its names
begin with `<environment>-<service>`, and `bluegreen` takes `--service orders`. An environment without such a table has
one service, which goes by the environment's name. `routes` is never taken over, as a route leads to one service;
neither is `family`, which is `<environment>-<service>` by default.

A service may say: {keys}.
"""


def markdown() -> str:
    """Return the reference of every setting: its default, what it may be, what it is."""
    sections = [INTRODUCTION, _section("Top level", Settings)]
    sections += _tables(Settings)
    sections += [FOUNDATION, _section("`foundation.toml`", FoundationSettings)]
    return "\n".join([*sections, _services()])


def _tables(model: type, prefix: str = "") -> Iterator[str]:
    hints = types_of(model)
    for key in keys(model):
        if is_dataclass(hints[key]):
            yield _section(f"`[{prefix}{key}]`", hints[key])
            yield from _tables(hints[key], f"{prefix}{key}.")


def _services() -> str:
    return SERVICES.format(keys=", ".join(f"`{key}`" for key in KEYS))


def _section(title: str, model: type) -> str:
    return "\n".join([f"## {title}", "", f"{model.__doc__}", "", *_rows(model), ""])


def _rows(model: type) -> Iterator[str]:
    yield "| key | default | allowed | what it is |"
    yield "|---|---|---|---|"
    hints = types_of(model)
    for key, declared in keys(model).items():
        if not is_dataclass(hints[key]):
            yield f"| `{key}` | `{toml(default(declared))}` | {_allowed(declared)} | {declared.metadata['doc']} |"


def _allowed(declared: Field[Any]) -> str:
    allowed = declared.metadata["allowed"]
    return "" if allowed is None else allowed.words.replace("|", "\\|")


if __name__ == "__main__":
    print(markdown(), end="")
