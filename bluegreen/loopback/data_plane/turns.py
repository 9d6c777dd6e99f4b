"""Where requests go next, as files: the proxy reads one for each request, so nothing is closed when they change.

Caddy takes new routes by closing every idle connection of the old ones, which no load balancer does. So the routes stay
as they are, and an action that forwards has `TURNS` upstreams `{file.turns/<action>/<n>}`. `<action>` is a link to a
folder with the address for each turn; a change of weights or targets replaces the link, in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

TURNS = 300
"""How finely weights are kept: percentages are exact for one, two or three targets a group."""

FOLDER = "turns"
# An order may come back, and a request may just be reading its turn from an order that was replaced.
KEPT_ORDERS = 32


def upstreams(action: str) -> list[dict[str, str]]:
    """Return Caddy's upstreams of an action: each turn of it."""
    return [{"dial": f"{{file.{FOLDER}/{action}/{turn}}}"} for turn in range(TURNS)]


class Turns:
    """The files in `folder`, which is where the proxy runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._now: dict[str, Path] = {}
        self._orders: dict[tuple[str, ...], Path] = {}

    def add(self, plan: Mapping[str, Sequence[str]]) -> None:
        """Write the turns of the actions in `plan` that are new; those that exist stay as they are."""
        for action in plan.keys() - self._now.keys():
            self._point(action, plan[action])

    def bring(self, plan: Mapping[str, Sequence[str]]) -> None:
        """Let each action of `plan` (an order of addresses, repeated for ever) have its turns, and no other action."""
        for action, order in plan.items():
            self._point(action, order)
        for action in self._now.keys() - plan.keys():
            (self._folder / action).unlink()
            del self._now[action]
        self._forget(self._orders.keys() - {tuple(order) for order in plan.values()})

    def _point(self, action: str, order: Sequence[str]) -> None:
        wanted = self._order(tuple(order))
        if self._now.get(action) == wanted:
            return
        new = self._folder / f"{action}.new"
        new.symlink_to(wanted.name)
        os.replace(new, self._folder / action)
        self._now[action] = wanted

    def _order(self, order: tuple[str, ...]) -> Path:
        """Return the folder of an order, written if it is not there; the one asked for last is kept longest."""
        found = self._orders.pop(order, None) or self._write(order)
        self._orders[order] = found
        return found

    def _write(self, order: tuple[str, ...]) -> Path:
        name = sha256("\n".join(order).encode()).hexdigest()[:16]
        folder = self._folder / f"order-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        first: dict[str, Path] = {}
        for turn, address in enumerate(islice(cycle(order), TURNS)):
            file = folder / str(turn)
            if address in first:
                file.hardlink_to(first[address])
            else:
                file.write_text(address, encoding="ascii")
                first[address] = file
        return folder

    def _forget(self, unused: Iterable[tuple[str, ...]]) -> None:
        forgotten = set(unused)
        for order in [order for order in self._orders if order in forgotten][:-KEPT_ORDERS]:
            shutil.rmtree(self._orders.pop(order))
