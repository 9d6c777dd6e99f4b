from collections.abc import Mapping, Sequence
from typing import Any, final

class CheckListError(ValueError):
    """A check list that cannot be used.

    The message names the check (its index, and its name or path), the field, what was found and what is allowed.
    """

@final
class RouteResult:
    """What became of one route. Frozen."""

    @property
    def name(self) -> str | None:
        """The name that the check list gives the check."""
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def url(self) -> str:
        """What was asked, with scheme, host and port."""
    @property
    def passed(self) -> bool: ...
    @property
    def expected(self) -> str:
        """What the last attempt should have given, in words."""
    @property
    def got(self) -> str:
        """What the last attempt gave, in words."""
    @property
    def task_definition(self) -> str | None:
        """``family:revision`` that the last answer named in ``x-task-definition``."""
    @property
    def attempts(self) -> int:
        """How many times it was asked; a route that passes is asked some times more."""
    @property
    def milliseconds(self) -> int:
        """From the first attempt to the end of the last one."""
    @property
    def reason(self) -> str:
        """Why the route failed, in words; empty when it passed."""

@final
class Verdict:
    """What became of all routes. Frozen."""

    @property
    def passed(self) -> bool: ...
    @property
    def reason(self) -> str:
        """The reasons of all routes that failed; empty when all passed."""
    @property
    def milliseconds(self) -> int: ...
    @property
    def routes(self) -> tuple[RouteResult, ...]:
        """One result a check, in the order of the check list."""

def check_routes(
    url: str,
    checks: str | Sequence[Mapping[str, Any]],
    *,
    expected_task_definition: str | None = None,
    budget: float = 30.0,
) -> Verdict:
    """Checks all routes under ``url`` at once and repeats what fails until the budget ends.

    Once all routes have passed, they are asked some times more, and every one of these answers must pass as well.

    Args:
        url: ``http://host[:port][/prefix]``.
        checks: The check list, as JSON text or as a sequence of mappings.
        expected_task_definition: ``family:revision`` that every answer must carry in ``x-task-definition``;
            None asks for no proof.
        budget: Seconds, above 0 and at most a day; the verdict stands by then.

    Raises:
        CheckListError: The check list cannot be used.
        ValueError: ``url`` or ``budget`` is none.
        KeyboardInterrupt: Ctrl-C, without waiting for the budget. Other threads run while the routes are checked.
    """

def validate(checks: str | Sequence[Mapping[str, Any]]) -> None:
    """Says nothing when ``checks`` is a check list that the hook will take.

    Raises:
        CheckListError: It is not.
    """
