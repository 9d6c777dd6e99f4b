"""Why a hook is silent, from what it and Lambda wrote into its log; and what to do about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .reason import Reason
from .step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bluegreen.release_target import ReleaseTarget

    from .hook_function import HookFunction
    from .watchdog import Silence

UNTOLD = "CodeDeploy was not told the verdict"
"""The hook's own line, docs/hook.md."""
SHOWN = 5
LONGEST = 300
FRAME = ("INIT_START", "START RequestId", "END RequestId", "REPORT RequestId")
"""What Lambda writes around every run, whether it went well or not."""
AGAIN = "then release again"


BUILD = "`make hook` builds it, `make deploy ENV={environment}` applies it"
SIGNS = (
    (
        ("Task timed out",),
        "Lambda ended it at its time limit",
        Step("look at what it waited for, or give it more time", ours="`timeout` under [hook] in the settings"),
    ),
    (
        ("signal: killed", "OutOfMemory"),
        "it was killed, as when memory runs out",
        Step("give it more memory", ours="`memory` under [hook] in the settings"),
    ),
    (
        ("InvalidEntrypoint", "exec format error"),
        "its package cannot run",
        Step("build it for the function's architecture", ours=BUILD),
    ),
    (
        ("Runtime exited", "Runtime.ExitError", "panicked"),
        "it crashed",
        Step("mend what its last lines say", ours=BUILD),
    ),
    (FRAME, "it ran and ended without a report", Step("see that it calls PutLifecycleEventHookExecutionStatus")),
)
"""What in the log tells which cause, and what to do then; the first that is found counts."""
RESTORE = "`make deploy ENV={environment}` does that"
UNTOLD_STEP = Step(
    "let the hook's role call codedeploy:PutLifecycleEventHookExecutionStatus and its network reach CodeDeploy",
    ours=RESTORE,
)
NEVER_RAN_STEP = Step(
    "see that its role may write its log, that it may run (concurrency) and that its role trusts Lambda", ours=RESTORE
)


def explain(silence: Silence, function: HookFunction, lines: Sequence[str], target: ReleaseTarget) -> Reason:
    """Name the cause; `lines` is the hook's log since its event began, oldest first."""
    cause, step = _cause(lines)
    where = f"the hook {function.name} did not report at {silence.event} within its {function.timeout:.0f} s"
    told = [line.strip()[:LONGEST] for line in lines if line.strip() and not line.startswith(FRAME)]
    shown = tuple(f"its log: {line}" for line in told[-SHOWN:])
    said = shown or (f"its log {function.log_group} says nothing",)
    return Reason(f"{where}: {cause}", said, f"{step.fit(target)}, {AGAIN}")


def _cause(lines: Sequence[str]) -> tuple[str, Step]:
    if why := next((one for one in map(_untold, lines) if one), ""):
        return f"it could not tell CodeDeploy its verdict: {why}", UNTOLD_STEP
    text = "\n".join(lines)
    found = ((cause, step) for signs, cause, step in SIGNS if any(sign in text for sign in signs))
    return next(found, ("nothing shows that it ran", NEVER_RAN_STEP))


def _untold(line: str) -> str:
    try:
        found = json.loads(line)
    except ValueError:
        return ""
    is_it = isinstance(found, dict) and found.get("message") == UNTOLD
    return str(found.get("reason") or "it does not say why") if is_it else ""
