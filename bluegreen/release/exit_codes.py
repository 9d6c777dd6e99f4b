"""What the exit codes of the release verbs say."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes that scripts may rely on; docs/releases.md repeats them."""

    DONE = 0
    FAILED = 1
    """The deployment failed, was stopped, or was rolled back; or a release would fail (`verify`)."""
    REFUSED = 2
    """Wrong usage, no access, or nothing that could be done: no deployment was started or changed."""
    RUNNING = 3
    """The deployment still runs, as far as is known: the time limit is over, or AWS could not be asked any more."""
    INTERRUPTED = 130
    """Ctrl-C ended the watch; the deployment still runs."""


MEANINGS = {
    ExitCode.DONE: "done; also: nothing to do",
    ExitCode.FAILED: (
        "the deployment failed, was stopped or was rolled back; `verify`: a release would fail; `review`: the guard "
        "objects; `rehearse`: a promise was broken, or it broke off"
    ),
    ExitCode.REFUSED: "refused: wrong usage, no access, nothing that could be done: nothing was started or changed",
    ExitCode.RUNNING: "the deployment still runs, as far as is known: the time limit is over, or AWS cannot be asked",
    ExitCode.INTERRUPTED: "Ctrl-C; a deployment that was watched still runs",
}
"""The same for people: docs/cli.md is made of it."""
