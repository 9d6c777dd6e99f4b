from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

from route_check.results import Verdict

class CheckListError(ValueError):
    """A check list that cannot be used.

    The message names the check (its index, and its name or path), the field, what was found and what is allowed.
    """

def check_routes(
    url: str,
    checks: str | Sequence[Mapping[str, Any]],
    expected_task_definition: str | None = None,
    budget: float = 30.0,
) -> Verdict:
    """Checks all routes under ``url`` at once and repeats what fails until the budget ends.

    Once all routes have passed, they are asked some times more, and every one of these answers must pass as well.
    A route that does not pass is no error: it is in the verdict, with the reason. Other threads run meanwhile.

    Args:
        url: ``http://host[:port][/prefix]``, or the same with ``https``; the certificate is always verified, by the
            authorities that this machine trusts, or those in the file that ``SSL_CERT_FILE`` names.
        checks: The check list, as JSON text or as a sequence of mappings.
        expected_task_definition: ``family:revision`` that every answer must carry in ``x-task-definition``;
            None asks for no proof.
        budget: Seconds, above 0 and at most a day; the verdict stands by then.

    Raises:
        CheckListError: The check list cannot be used.
        ValueError: ``url``, ``expected_task_definition`` or ``budget`` cannot be used; the message starts with which.
        KeyboardInterrupt: Ctrl-C, without waiting for the budget.
    """

def validate(checks: str | Sequence[Mapping[str, Any]]) -> None:
    """Says nothing when ``checks`` is a check list that the hook will take.

    Raises:
        CheckListError: It is not.
    """

def validate_call(
    url: str, checks: str | Sequence[Mapping[str, Any]], expected_task_definition: str | None, budget: float
) -> None:
    """Raises what ``check_routes`` would raise for these arguments, and asks nothing."""

def start(
    deliver: Callable[[Verdict | Exception], object],
    url: str,
    checks: str | Sequence[Mapping[str, Any]],
    expected_task_definition: str | None,
    budget: float,
) -> Running:
    """Begins what ``check_routes`` does and returns at once; ``deliver`` gets the outcome in another thread."""

@final
class Running:
    """A check that ``start`` began."""

    def stop(self) -> None:
        """Ends the check soon, and closes its connections. Does nothing when it has ended."""
