"""`bluegreen rollback`: take the last release back, whether it still runs or is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import deployments, report, rollback_plan, starting, stop, target
from .changes import Sides
from .confirmation import Yes, confirm
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .errors import ReleaseError
from .event import Event
from .gate import ThroughTheGate
from .outcome import Stop
from .report import AsJson
from .starting import Start
from .until import Until, WaitUntil
from .watching import ONE_HOUR, TimeLimit, Watch, Watchdog

if TYPE_CHECKING:
    from .exit_codes import ExitCode
    from .rollback_plan import RollbackPlan

app = typer.Typer(add_completion=False)

ALL_AT_ONCE = "CodeDeployDefault.ECSAllAtOnce"


@app.command()
def rollback(  # noqa: PLR0913 - one parameter an option
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    to: Annotated[
        str | None, typer.Option(metavar="REVISION", help="A number or family:revision; default: the last good one.")
    ] = None,
    config: Annotated[
        str | None, typer.Option(metavar="NAME", help=f"A deployment configuration; default: {ALL_AT_ONCE}.")
    ] = None,
    without_hook: Annotated[
        bool,
        typer.Option("--without-hook", help="Do not ask the hook: for when its checks do not fit the old version."),
    ] = False,
    yes: Yes = False,
    wait_until: WaitUntil = Until.FINISHED,
    time_limit: TimeLimit = ONE_HOUR,  # type: ignore[assignment]  # the parser takes the text
    watchdog: Watchdog = True,
    as_json: AsJson = False,
) -> None:
    """Go back: stop a release that runs, or release the last good revision again; says so and asks first.

    Example: bluegreen rollback --environment sample
    """
    opened = open_environment(environment, service, region)
    release_target = target.read(opened)
    told = report.choose(as_json=as_json)
    if running := deployments.active(opened.clients.codedeploy, release_target):
        if to or config or without_hook:
            raise ReleaseError(
                f"{running} is not over: a rollback stops it and goes back to where it began; "
                "--to, --config and --without-hook are for a release that is over"
            )
        watch = Watch(
            environment=opened, target=release_target, report=told, limit=time_limit, stop=Stop(rollback=True)
        )
        raise typer.Exit(stop.carry_out(watch, running, yes=yes))
    watch = Watch(
        environment=opened,
        target=release_target,
        report=ThroughTheGate(told, opened.clients),
        limit=time_limit,
        watchdog=watchdog,
        until=wait_until,
    )
    raise typer.Exit(release_again(watch, to, config, hooked=not without_hook, yes=yes))


def release_again(watch: Watch, to: str | None, config: str | None, *, hooked: bool, yes: bool) -> ExitCode:
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
