"""Takes back a release that is over: releases a revision that is there already, after saying from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import deployments, rollback_plan, starting
from .changes import Sides
from .confirmation import confirm
from .event import Event
from .options import ALL_AT_ONCE
from .starting import Start

if TYPE_CHECKING:
    from .exit_codes import ExitCode
    from .rollback_plan import RollbackPlan
    from .watching import Watch


def carry_out(watch: Watch, to: str | None, config: str | None, *, hooked: bool, yes: bool) -> ExitCode:
    """Say from what to what, ask, and release a revision that is there already.

    Raises:
        ReleaseError: there is none to go back to, or whoever was asked did not agree.
    """
    clients, release_target, told = watch.environment.clients, watch.target, watch.report
    if config:
        deployments.check_configuration(clients.codedeploy, config)
    plan = rollback_plan.make(clients, release_target, to)
    wanted = Start(
        task_definition=plan.task_definition,
        sides=Sides(plan.live, plan.goal),
        image=plan.image,
        tag=plan.tag,
        configuration=config or ALL_AT_ONCE,
        undoes=plan.undoes,
        hooked=hooked,
        # An alarm that the live revision has raised would stop the deployment that is to mend it.
        heed_alarms=False,
    )
    told.tell(_planned(plan, wanted))
    confirm("Roll back?", yes=yes)
    rollback_plan.check_still_live(clients, release_target, plan)
    deployment_id = starting.start(clients, release_target, wanted)
    told.tell(_started(deployment_id, plan))
    return watch.run(deployment_id, wanted.sides)


def _planned(plan: RollbackPlan, wanted: Start) -> Event:
    proof = "the hook checks it first" if wanted.hooked else "the hook is not asked: nothing proves what it answers"
    text = (
        f"rollback: {_step(plan)}, with {wanted.configuration}; {proof}\n"
        f"image {plan.image}{f' ({plan.tag})' if plan.tag else ''}\n"
        f"differs in: {', '.join(plan.differences) or 'nothing'}"
    )
    fields = {
        "from": plan.live,
        "to": plan.goal,
        "image": plan.image,
        "tag": plan.tag,
        "configuration": wanted.configuration,
        "hook": wanted.hooked,
        "undoes": plan.undoes,
        "differences": list(plan.differences),
        "traffic": [vars(share) for share in plan.divided.shares] if plan.divided else [],
    }
    return Event(kind="rollback", text=text, fields=fields)


def _step(plan: RollbackPlan) -> str:
    halfway = plan.divided
    if halfway is None:
        return f"{plan.live} -> {plan.goal}"
    return f"{halfway.words}\n-> 100 % to {plan.goal}, and the tasks of {halfway.leftover} that run are ended"


def _started(deployment_id: str, plan: RollbackPlan) -> Event:
    fields = {
        "deployment_id": deployment_id,
        "from": plan.live,
        "to": plan.goal,
        "image": plan.image,
        "differences": list(plan.differences),
    }
    return Event(kind="started", text=f"{deployment_id}: {plan.live} -> {plan.goal}", fields=fields)
