"""A guard of an environment as a program, for scripts: `python -m bluegreen.endpoint_guard ENVIRONMENT`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .settings import Settings

REFUSED = 2


def run(check: Callable[[Settings], None], refusal: type[Exception], arguments: Sequence[str]) -> int:
    """Let `check` judge the environment that the arguments name; return the exit code.

    A `refusal`, which `check` raises, is one line on standard error; so are settings that are wrong.
    """
    from .settings import SettingsError, load  # noqa: PLC0415 - who only calls `check` has them loaded already

    if len(arguments) != 1:
        print("which environment? One name is needed", file=sys.stderr)
        return REFUSED
    try:
        check(load(arguments[0]))
    except (refusal, SettingsError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0
