"""A lifecycle event that may have a hook."""

from __future__ import annotations

import json

from .call_failed import CallFailed
from .ending import HOOK_FAILED, HOOK_SILENT, failed
from .hook_execution import HookExecution
from .run import HOUR, Run, Steps

NO_HOOK_SECONDS = 0.25


def hooked(run: Run, event: str) -> Steps[None]:
    """Run the event: nothing after it begins before its function has answered Succeeded.

    Raises:
        Ending: the function answered Failed, did not answer within an hour, or could not be invoked.
    """
    deployment = run.deployment
    deployment.lifecycle.begin(event, run.now)
    function = run.appspec.hooks.get(event)
    if function is None:
        yield from run.pause(NO_HOOK_SECONDS)
    else:
        yield from _answer(run, event, function)
    deployment.lifecycle.succeed(event, run.now)


def _answer(run: Run, event: str, function: str) -> Steps[None]:
    hook = HookExecution(id=run.identifiers.hook_execution(), event=event)
    with run.lock:
        run.deployment.hooks[hook.id] = hook
    # exactly two keys: a function cannot tell which event it serves
    payload = json.dumps({"DeploymentId": run.deployment.id, "LifecycleEventHookExecutionId": hook.id})
    silent = failed("TIMEOUT", HOOK_SILENT)
    try:
        yield from run.call(lambda: _invoke(run, function, payload.encode(), hook))
        yield from run.until(lambda: hook.report is not None, limit=HOUR, otherwise=silent)
    except Exception as end:
        with run.lock:
            hook.close()
        # A report that came in this very moment was accepted; a stop or an alarm ends the event all the same.
        if hook.report is None or not (end is silent or isinstance(end, CallFailed)):
            raise
    if hook.report != "Succeeded":
        raise failed("HOOK_EXECUTION_FAILURE", HOOK_FAILED)


def _invoke(run: Run, function: str, payload: bytes, hook: HookExecution) -> None:
    """Invoke it, unless it reported already: then an earlier attempt worked and only its answer was lost."""
    if hook.report is None:
        run.role.invoke_function(function, payload)
