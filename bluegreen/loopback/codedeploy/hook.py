"""A lifecycle event that may have a hook."""

from __future__ import annotations

import json

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
    try:
        yield from run.call(lambda: run.role.invoke_function(function, payload.encode()))
        yield from run.until(lambda: hook.report is not None, limit=HOUR, otherwise=failed("TIMEOUT", HOOK_SILENT))
    except Exception:
        with run.lock:
            hook.close()
        if hook.report is None:  # else the report came in this very moment, and it was accepted
            raise
    if hook.report != "Succeeded":
        raise failed("HOOK_EXECUTION_FAILURE", HOOK_FAILED)
