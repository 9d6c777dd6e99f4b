"""What holds of traffic: where it goes, by which weights, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import cast

from bluegreen.loopback.codedeploy.account import Action, TaskSet
from bluegreen.loopback.codedeploy.deployment import TERMINATION_WAIT, Deployment
from bluegreen.loopback.codedeploy.forwarding import weights

from .facts import positive
from .plan import SHIFT
from .simulated_account import BLUE, GREEN, PRODUCTION, TEST
from .world import World

PAIR = {BLUE: GREEN, GREEN: BLUE}
TICK = 0.01


def visitors_reach_only_vetted_task_sets(world: World) -> str | None:
    """Production traffic goes to task sets that were there at the start or passed every hook before their shift.

    Scope: not for a listener or rule that somebody moved by hand, until CodeDeploy writes it next.
    """
    for arn, group in _reached(world):
        for task_set in world.account.task_sets.values():
            if task_set.target_group == group and task_set.status != "DRAINING" and not _vetted(world, task_set):
                return (
                    f"{arn} sends visitors to {task_set.arn} of {task_set.external_id}, which has not passed its hooks"
                )
    return None


def weights_that_the_engine_writes_add_up_to_100(world: World) -> str | None:
    """Two groups get 100 together, one group gets all.

    Scope: not where a rollback puts back exactly what the deployment found.
    """
    for arn, actions, deployment in _written(world):
        shares = dict(weights(actions))
        found = world.facts.began[deployment.id].shares.get(arn)
        if len(shares) > 1 and sum(shares.values()) != 100 and shares != found:
            return f"the engine wrote {shares} into {arn}"
    return None


def a_shift_keeps_its_timetable(world: World) -> str | None:
    """The replacement never has more than its configuration gives it by now, and nothing outside AllowTraffic.

    Scope: what the engine writes into the production route.
    """
    for arn, actions, deployment in _written(world):
        if arn == TEST:
            continue
        green = PAIR[world.facts.began[deployment.id].group]
        share = round(100 * positive(actions).get(green, 0), 6)
        if share > (most := _most(world, deployment)):
            return f"{arn} gives {green} {share:.0f} %, where {most} % is due"
    return None


def nothing_is_written_without_a_deployment(world: World) -> str | None:
    """The engine changes something only while a deployment shows that it is not over.

    Scope: everything; a rollback's writes belong to the deployment that it undoes.
    """
    write = world.facts.write
    if write and world.active() is None:
        return f"{write.call} though no deployment is under way"
    return None


def nobody_deletes_what_serves(world: World) -> str | None:
    """A task set that production traffic goes to is not deleted, and the original one not before its wait is over.

    Scope: not for routes moved by hand; the wait is over too once ContinueDeployment was accepted.
    """
    write, deployment = world.facts.write, world.active()
    if write is None or write.call != "DeleteTaskSet" or deployment is None:
        return None
    arn = str(write.arguments[2])
    group = world.account.task_sets[arn].target_group
    if group in {reached for _, reached in _reached(world)}:
        return f"{arn} is deleted while traffic goes to {group}"
    if arn == world.facts.began[deployment.id].primary and not _wait_is_over(world, deployment):
        return f"the original {arn} is deleted before the termination wait is over"
    return None


def a_deployment_makes_one_task_set(world: World) -> str | None:
    """Whatever answers are lost, there is never a second task set of the same deployment.

    Scope: task sets that are not on their way out.
    """
    makers = Counter(one.external_id for one in world.account.task_sets.values() if one.status != "DRAINING")
    return next((f"{maker} has {count} task sets" for maker, count in makers.items() if count > 1), None)


def test_traffic_reaches_the_replacement(world: World) -> str | None:
    """From AllowTestTraffic on until the deployment ends, the test listener serves the replacement alone.

    Scope: not where it was moved by hand since, and where there is one.
    """
    deployment = world.active()
    if deployment is None or not deployment.stoppable or not world.plan.test_on or TEST in world.facts.by_hand:
        return None
    if deployment.lifecycle.event("AllowTestTraffic").status != "Succeeded":
        return None
    green, shares = PAIR[world.facts.began[deployment.id].group], positive(world.account.listeners[TEST])
    return None if shares == {green: 1.0} else f"test traffic goes to {shares}, not to {green}"


def _reached(world: World) -> Iterator[tuple[str, str]]:
    for arn, actions in world.account.actions().items():
        if arn.startswith(PRODUCTION) and arn not in world.facts.by_hand:
            yield from ((arn, group) for group in positive(actions))


def _written(world: World) -> Iterator[tuple[str, Sequence[Action], Deployment]]:
    write, deployment = world.facts.write, world.active()
    if write and deployment and write.call in {"ModifyListener", "ModifyRule"}:
        arn, actions = write.arguments
        yield str(arn), cast("Sequence[Action]", actions), deployment


def _vetted(world: World, task_set: TaskSet) -> bool:
    maker = task_set.external_id
    if maker is None:
        return True
    events = [event for event, _ in world.facts.releases[maker].hooks if event in SHIFT]
    if not world.plan.test_on:
        events = [event for event in events if event != "AfterAllowTestTraffic"]
    return all(world.facts.reports.get((maker, event)) == "Succeeded" for event in events)


def _most(world: World, deployment: Deployment) -> int:
    event = deployment.lifecycle.event("AllowTraffic")
    if event.status == "InProgress" and event.started is not None:
        return world.plan.routing.reached(world.clock.now() - event.started)
    return 100 if event.status == "Succeeded" else 0


def _wait_is_over(world: World, deployment: Deployment) -> bool:
    if (deployment.id, TERMINATION_WAIT) in world.facts.continued:
        return True
    if not deployment.termination_wait_started:
        return False
    began = world.facts.waited.get(deployment.id, world.clock.now())
    return world.clock.now() - began >= world.plan.termination * 60 - TICK
