"""Why a hook is silent, from what it and Lambda wrote into its log; and what to do about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .hook_function import HookFunction
    from .watchdog import Silence

UNTOLD = "CodeDeploy was not told the verdict"
"""The hook's own line, docs/hook.md."""
SHOWN = 5
LONGEST = 300
FRAME = ("INIT_START", "START RequestId", "END RequestId", "REPORT RequestId")
"""What Lambda writes around every run, whether it went well or not."""
AGAIN = "then release again"


SIGNS = (
    (
        ("Task timed out",),
        "Lambda ended it at its time limit",
        "look at what it waited for, or give it more time (`timeout` under [hook] in the settings)",
    ),
    (
        ("signal: killed", "OutOfMemory"),
        "it was killed, as when memory runs out",
        "give it more memory (`memory` under [hook] in the settings)",
    ),
    (
        ("InvalidEntrypoint", "exec format error"),
        "its package cannot run",
        "build it for the function's architecture (`make hook`) and apply it",
    ),
    (
        ("Runtime exited", "Runtime.ExitError", "panicked"),
        "it crashed",
        "mend what its last lines say (`make hook` builds it anew)",
    ),
    (FRAME, "it ran and ended without a report", "see that it calls PutLifecycleEventHookExecutionStatus"),
)
"""What in the log tells which cause, and what to do then; the first that is found counts."""


def explain(silence: Silence, function: HookFunction, lines: Sequence[str]) -> Reason:
    """Name the cause; `lines` is the hook's log since its event began, oldest first."""
    cause, step = _cause(lines)
    where = f"the hook {function.name} did not report at {silence.event} within its {function.timeout:.0f} s"
    told = [line.strip()[:LONGEST] for line in lines if line.strip() and not line.startswith(FRAME)]
    shown = tuple(f"its log: {line}" for line in told[-SHOWN:])
    return Reason(f"{where}: {cause}", shown or (f"its log {function.log_group} says nothing",), f"{step}, {AGAIN}")


def _cause(lines: Sequence[str]) -> tuple[str, str]:
    if why := next((one for one in map(_untold, lines) if one), ""):
        step = (
            "let the hook's role call codedeploy:PutLifecycleEventHookExecutionStatus and its network reach CodeDeploy"
        )
        return f"it could not tell CodeDeploy its verdict: {why}", f"{step} (`make deploy` restores both)"
    text = "\n".join(lines)
    found = next(((cause, step) for signs, cause, step in SIGNS if any(sign in text for sign in signs)), None)
    if found:
        return found
    step = "see that its role may write its log, that it may run (concurrency) and that its role trusts Lambda"
    return "nothing shows that it ran", f"{step} (`make deploy` restores them)"


def _untold(line: str) -> str:
    try:
        found = json.loads(line)
    except ValueError:
        return ""
    is_it = isinstance(found, dict) and found.get("message") == UNTOLD
    return str(found.get("reason") or "it does not say why") if is_it else ""
