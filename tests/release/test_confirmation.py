import os
import pty
import subprocess
import sys

import pytest

ASK = "from bluegreen.release.confirmation import confirm\nconfirm('Roll back?', yes={yes})\nprint('agreed')"


def asked(answer: str | None, *, yes: bool = False) -> tuple[str, str]:
    """Run the question with a terminal that answers, or with none; return what it printed and what it raised."""
    ours, theirs = pty.openpty() if answer is not None else (-1, subprocess.DEVNULL)
    command = [sys.executable, "-c", ASK.format(yes=yes)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        if answer is not None:
            os.close(theirs)
            os.write(ours, answer.encode())
        out, err = process.communicate(timeout=30)
    if answer is not None:
        os.close(ours)
    return out, err


def test_whoever_agrees_is_taken_at_their_word() -> None:
    out, err = asked("y\n")
    assert out == "agreed\n"
    assert "Roll back? [y/N]" in err


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x04"], ids=["no", "enter", "end of file"])
def test_anything_else_is_a_no(answer: str) -> None:
    out, err = asked(answer)
    assert out == ""
    assert err.splitlines()[-1].endswith("ReleaseError: nothing was done")


def test_where_nobody_can_be_asked_only_yes_is_an_answer() -> None:
    assert "nobody can be asked here, and --yes was not given" in asked(None)[1]
    assert asked(None, yes=True) == ("agreed\n", "")
