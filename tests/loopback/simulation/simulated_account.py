"""An AWS account in memory, as far as the CodeDeploy role sees it.

It keeps to what AWS does (a primary task set cannot be deleted, an unused target group is not checked) and writes down
every change that is asked of it, in words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bluegreen.loopback.codedeploy.account import Action, Listener, Rule, Service, TargetGroup, TaskSet
from bluegreen.loopback.codedeploy.call_failed import CallFailed
from bluegreen.loopback.codedeploy.forwarding import weights

from .faults import Failing, call, refused
from .tasks import STARTS_AFTER, Tasks

PRODUCTION, TEST, RULE = "arn:production", "arn:test", "arn:production/rule"
BLUE, GREEN = "arn:blue", "arn:green"
BALANCER = "arn:balancer"
ORIGINAL = "arn:taskset/0"


@dataclass(frozen=True, kw_only=True)
class Function:
    """Answers with `status` some seconds after it was invoked, `times` times; None is silence.

    `second` is what it reports the second time, where that differs.
    """

    status: str | None = "Succeeded"
    after: float = 5.0
    times: int = 1
    second: str | None = None

    def answers(self) -> list[str]:
        if self.status is None:
            return []
        return [self.status, *[self.second or self.status] * (self.times - 1)]


@dataclass(kw_only=True)
class SimulatedAccount(Failing):
    """`log` is what was done to it; times are seconds of the clock. New task sets get `new_tasks`' start and health."""

    log: list[str] = field(default_factory=list)
    functions: dict[str, Function] = field(default_factory=dict)
    alarms: dict[str, str] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    reports: list[tuple[float, Mapping[str, str], str]] = field(default_factory=list)
    payloads: list[Mapping[str, str]] = field(default_factory=list)
    invoked: list[str] = field(default_factory=list)
    requests: list[Mapping[str, Any]] = field(default_factory=list)
    desired: int = 1
    new_tasks_healthy: bool = True
    new_tasks_start_after: float = STARTS_AFTER

    def __post_init__(self) -> None:
        self.task_sets = {ORIGINAL: _original()}
        self.tasks = {ORIGINAL: Tasks(since=self.clock.now() - STARTS_AFTER)}
        self.listeners = {PRODUCTION: forward(BLUE), TEST: forward(GREEN)}
        self.protocols = dict.fromkeys(self.listeners, "HTTP")
        self.balancers = dict.fromkeys(self.listeners, BALANCER)
        self.rules: dict[str, tuple[Action, ...]] = {}
        self.controller, self.status = "CODE_DEPLOY", "ACTIVE"

    @call("DescribeServices")
    def describe_service(self, cluster: str, service: str) -> Service | None:
        self.sweep()
        if service == "nowhere":
            return None
        sets = tuple(self._described(arn) for arn in self.task_sets)
        return Service(arn=f"arn:{service}", status=self.status, controller=self.controller, task_sets=sets)

    @call("CreateTaskSet")
    def create_task_set(self, request: Mapping[str, Any]) -> TaskSet:
        balancer, number = request["loadBalancers"][0], len(self.requests) + 1
        if balancer["containerPort"] != 3000:
            words = f"The container {balancer['containerName']} did not have a container port"
            raise refused("InvalidParameterException", f"{words} {balancer['containerPort']} defined.")
        created = TaskSet(
            id=f"ecs-svc/{number}",
            arn=f"arn:taskset/{number}",
            status="ACTIVE",
            target_group=balancer["targetGroupArn"],
            external_id=request["externalId"],
            network=request["networkConfiguration"]["awsvpcConfiguration"],
        )
        self.requests.append(request)
        self.task_sets[created.arn] = created
        self.tasks[created.arn] = Tasks(
            since=self.clock.now(), healthy=self.new_tasks_healthy, starts_after=self.new_tasks_start_after
        )
        self.log.append(f"create {request['taskDefinition']} on {name_of(created.target_group)}")
        return created

    @call("UpdateServicePrimaryTaskSet")
    def update_service_primary_task_set(self, cluster: str, service: str, task_set: str) -> None:
        if self._known(task_set).status == "DRAINING":
            raise refused("InvalidParameterException", "A task set that is draining cannot be the primary one.")
        for arn, one in self.task_sets.items():
            if one.status == "PRIMARY" or arn == task_set:
                self.task_sets[arn] = replace(one, status="PRIMARY" if arn == task_set else "ACTIVE")
        self.log.append(f"primary {name_of(self.task_sets[task_set].target_group)}")

    @call("DeleteTaskSet")
    def delete_task_set(self, cluster: str, service: str, task_set: str) -> None:
        self.drop(task_set)
        self.log.append(f"delete {name_of(self.task_sets[task_set].target_group)}")

    @call("DescribeTargetGroups")
    def describe_target_groups(self, names: Sequence[str]) -> tuple[TargetGroup, ...]:
        if not {"blue", "green"}.issuperset(names):
            raise CallFailed("AmazonElasticLoadBalancing", "TargetGroupNotFound", "One or more target groups not found")
        return tuple(TargetGroup(arn=f"arn:{name}", name=name, load_balancers=(BALANCER,)) for name in names)

    @call("DescribeListeners")
    def describe_listener(self, listener: str) -> Listener:
        if listener not in self.listeners:
            raise CallFailed("AmazonElasticLoadBalancing", "ListenerNotFound", f"Listener '{listener}' not found")
        balancer, protocol = self.balancers[listener], self.protocols[listener]
        return Listener(arn=listener, load_balancer=balancer, protocol=protocol, actions=self.listeners[listener])

    @call("ModifyListener")
    def modify_listener(self, listener: str, actions: Sequence[Action]) -> None:
        self.listeners[listener] = tuple(actions)
        self.log.append(f"{name_of(listener)}: {words(actions)}")

    @call("DescribeRules")
    def describe_rules(self, listener: str) -> tuple[Rule, ...]:
        return tuple(Rule(arn=arn, actions=found) for arn, found in self.rules.items() if arn.startswith(listener))

    @call("ModifyRule")
    def modify_rule(self, rule: str, actions: Sequence[Action]) -> None:
        self.rules[rule] = tuple(actions)
        self.log.append(f"{name_of(rule)}: {words(actions)}")

    @call("Invoke")
    def invoke_function(self, function: str, payload: bytes) -> None:
        if function not in self.functions:
            raise CallFailed("AWSLambda", "ResourceNotFoundException", f"Function not found: {function}", status=404)
        behaviour, event = self.functions[function], json.loads(payload)
        self.payloads.append(event)
        self.invoked.append(function)
        self.log.append(f"invoke {function}")
        due = self.clock.now() + behaviour.after
        self.reports += [(due, event, status) for status in behaviour.answers()]

    @call("DescribeAlarms")
    def describe_alarms(self, names: Sequence[str]) -> Mapping[str, str]:
        return {name: state for name, state in self.alarms.items() if name in names}

    @call("GetObject")
    def get_object(self, location: Mapping[str, Any]) -> bytes:
        if location["key"] not in self.objects:
            raise CallFailed("AmazonS3", "NoSuchKey", "The specified key does not exist.", status=404)
        return self.objects[location["key"]]

    def weights(self, listener: str = PRODUCTION) -> dict[str, int]:
        """Return the shares of the listener's traffic by name of the target group, without those of 0."""
        return {name_of(arn): share for arn, share in weights(self.listeners[listener]).items() if share}

    def actions(self) -> dict[str, Sequence[Action]]:
        """Return the actions of every listener and rule by its ARN."""
        return {**self.listeners, **self.rules}

    def serving(self, group: str) -> bool:
        """Whether a task set with running, healthy tasks is behind the target group of that name."""
        now = self.clock.now()
        sets = [arn for arn, one in self.task_sets.items() if one.target_group == f"arn:{group}"]
        return any(self.tasks[arn].running(now) and self.tasks[arn].healthy for arn in sets)

    def replace_tasks(self, task_set: str) -> None:
        """The tasks crash; ECS starts new ones."""
        if task_set in self.tasks:
            self.tasks[task_set].since = self.clock.now()

    def drop(self, task_set: str) -> None:
        """Let the tasks of a task set go; ECS refuses it for the primary one."""
        one = self._known(task_set)
        if one.status == "PRIMARY":
            raise refused("InvalidParameterException", "The primary task set cannot be deleted.")
        self.task_sets[task_set] = replace(one, status="DRAINING")
        self.tasks[task_set].drain(self.clock.now())

    def next_change(self) -> float:
        """Return when (epoch seconds) something changes here by itself, or somebody reports; infinite for never."""
        now = self.clock.now()
        times = [time for tasks in self.tasks.values() for time in tasks.changes()]
        times += [report[0] for report in self.reports]
        times += [time for fault in self.windows for time in (fault.start, fault.end)]
        return min((time for time in times if time > now), default=float("inf"))

    def sweep(self) -> None:
        """Forget the task sets whose tasks are gone."""
        for arn in [arn for arn, tasks in self.tasks.items() if tasks.gone(self.clock.now())]:
            del self.tasks[arn], self.task_sets[arn]

    def _described(self, arn: str) -> TaskSet:
        tasks, running = self.tasks[arn], self.tasks[arn].running(self.clock.now())
        checked = any(self.task_sets[arn].target_group in weights(actions) for actions in self.actions().values())
        desired = 0 if tasks.draining else self.desired
        return replace(
            self.task_sets[arn],
            desired=desired,
            running=desired if running else 0,
            pending=0 if running else desired,
            steady=running and (tasks.healthy or not checked),
        )

    def _known(self, arn: str) -> TaskSet:
        if arn not in self.task_sets:
            raise refused("TaskSetNotFoundException", "The specified task set could not be found.")
        return self.task_sets[arn]


def forward(group: str) -> tuple[Action, ...]:
    """Return the actions of a listener that forwards to one group."""
    target = {"TargetGroupArn": group, "Weight": 1}
    return ({"Type": "forward", "TargetGroupArn": group, "ForwardConfig": {"TargetGroups": [target]}},)


def name_of(arn: str) -> str:
    return arn.removeprefix("arn:")


def words(actions: Sequence[Action]) -> str:
    """Say where actions forward to."""
    return ", ".join(f"{name_of(arn)} {share}" for arn, share in weights(actions).items())


def _original() -> TaskSet:
    return TaskSet(
        id="ecs-svc/0",
        arn=ORIGINAL,
        status="PRIMARY",
        target_group=BLUE,
        launch_type="FARGATE",
        platform_version="1.4.0",
        network={"subnets": ["subnet-a"], "securityGroups": ["sg-a"], "assignPublicIp": "DISABLED"},
    )
