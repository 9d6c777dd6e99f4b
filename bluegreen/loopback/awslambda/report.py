"""The lines that Lambda itself writes to a function's log, and its words for what went wrong. Pure."""

from __future__ import annotations

import json
import math
import signal
from datetime import UTC, datetime

from .function import Function, Outcome


def start(request_id: str, function: Function) -> str:
    return f"START RequestId: {request_id} Version: {function.version}"


def end(request_id: str, function: Function, *, seconds: float, memory: int) -> list[str]:
    """Return the last lines: `seconds` the invocation took, `memory` in MB that the process used at most."""
    milliseconds = seconds * 1000
    words = (
        f"REPORT RequestId: {request_id}",
        f"Duration: {milliseconds:.2f} ms",
        f"Billed Duration: {math.ceil(milliseconds)} ms",
        f"Memory Size: {function.memory} MB",
        f"Max Memory Used: {min(memory, function.memory)} MB",
    )
    return [f"END RequestId: {request_id}", "\t".join(words)]


def timed_out(request_id: str, function: Function, now: float) -> tuple[Outcome, str]:
    """Return the outcome and the log line of a function that ran out of its time; `now` in epoch seconds."""
    words = f"Task timed out after {function.timeout:.2f} seconds"
    when = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    return _failure("Sandbox.Timedout", f"RequestId: {request_id} Error: {words}"), f"{when}Z {request_id} {words}"


def exited(request_id: str, code: int) -> tuple[Outcome, str]:
    """Return the outcome and the log line of a process that ended before it answered."""
    if code < 0:
        words = f"Runtime exited with error: signal: {(signal.strsignal(-code) or str(-code)).lower()}"
    elif code:
        words = f"Runtime exited with error: exit status {code}"
    else:
        words = "Runtime exited without providing a reason"
    line = f"RequestId: {request_id} Error: {words}"
    return _failure("Runtime.ExitError", line), f"{line} Runtime.ExitError"


def not_started(request_id: str, reason: str) -> tuple[Outcome, str]:
    """Return the outcome and the log line of a package that cannot be run."""
    line = f"RequestId: {request_id} Error: Couldn't find valid bootstrap: {reason}"
    return _failure("Runtime.InvalidEntrypoint", line), f"{line} Runtime.InvalidEntrypoint"


def _failure(kind: str, message: str) -> Outcome:
    return Outcome(payload=json.dumps({"errorType": kind, "errorMessage": message}).encode(), failed=True)
