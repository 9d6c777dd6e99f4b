"""An AWS account in memory, as far as the CodeDeploy role sees it.

It keeps to what AWS does (a primary task set cannot be deleted, an unused target group is not checked) and writes down
every change that is asked of it, in words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy.account import Action, Listener, Rule, Service, TargetGroup, TaskSet
from bluegreen.loopback.codedeploy.call_failed import CallFailed
from bluegreen.loopback.codedeploy.forwarding import weights

PRODUCTION, TEST, RULE = "arn:production", "arn:test", "arn:production/rule"
BLUE, GREEN = "arn:blue", "arn:green"
ORIGINAL = "arn:taskset/0"
STARTS_AFTER, GONE_AFTER = 30.0, 60.0


@dataclass(kw_only=True)
class Function:
    """Answers with `status` some seconds after it was invoked, `times` times; None is silence."""

    status: str | None = "Succeeded"
    after: float = 5.0
    times: int = 1


@dataclass(kw_only=True)
class Tasks:
    """The tasks of a task set."""

    since: float
    healthy: bool = True
    draining_since: float | None = None


@dataclass
class SimulatedAccount:
    """`log` is what was done to it; times are seconds of the clock.

    By name of a call: `faults` are the errors of the next calls, `meanwhile` is what others do while it runs.
    """

    clock: ManualClock
    log: list[str] = field(default_factory=list)
    functions: dict[str, Function] = field(default_factory=dict)
    alarms: dict[str, str] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    reports: list[tuple[float, Mapping[str, str], str]] = field(default_factory=list)
    payloads: list[Mapping[str, str]] = field(default_factory=list)
    requests: list[Mapping[str, Any]] = field(default_factory=list)
    faults: dict[str, list[CallFailed]] = field(default_factory=dict)
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)
    new_tasks_healthy: bool = True

    def __post_init__(self) -> None:
        self.task_sets = {ORIGINAL: _original()}
        self.tasks = {ORIGINAL: Tasks(since=self.clock.now() - STARTS_AFTER)}
        self.listeners = {PRODUCTION: forward(BLUE), TEST: forward(GREEN)}
        self.protocols = dict.fromkeys(self.listeners, "HTTP")
        self.rules: dict[str, tuple[Action, ...]] = {}
        self.controller, self.status = "CODE_DEPLOY", "ACTIVE"
        self.log.clear()

    def describe_service(self, cluster: str, service: str) -> Service | None:
        self._fault("DescribeServices")
        self._sweep()
        if service == "nowhere":
            return None
        sets = tuple(self._described(arn) for arn in self.task_sets)
        return Service(arn=f"arn:{service}", status=self.status, controller=self.controller, task_sets=sets)

    def create_task_set(self, request: Mapping[str, Any]) -> TaskSet:
        self._fault("CreateTaskSet")
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
        self.tasks[created.arn] = Tasks(since=self.clock.now(), healthy=self.new_tasks_healthy)
        self.log.append(f"create {request['taskDefinition']} on {name_of(created.target_group)}")
        self._fault("CreateTaskSet answer")
        return created

    def update_service_primary_task_set(self, cluster: str, service: str, task_set: str) -> None:
        self._fault("UpdateServicePrimaryTaskSet")
        self._known(task_set)
        for arn, one in self.task_sets.items():
            if one.status == "PRIMARY" or arn == task_set:
                self.task_sets[arn] = replace(one, status="PRIMARY" if arn == task_set else "ACTIVE")
        self.log.append(f"primary {name_of(self.task_sets[task_set].target_group)}")

    def delete_task_set(self, cluster: str, service: str, task_set: str) -> None:
        self._fault("DeleteTaskSet")
        one = self._known(task_set)
        if one.status == "PRIMARY":
            raise refused("InvalidParameterException", "The primary task set cannot be deleted.")
        self.task_sets[task_set] = replace(one, status="DRAINING")
        self.tasks[task_set].draining_since = self.clock.now()
        self.log.append(f"delete {name_of(one.target_group)}")

    def describe_target_groups(self, names: Sequence[str]) -> tuple[TargetGroup, ...]:
        if not {"blue", "green"}.issuperset(names):
            raise CallFailed("AmazonElasticLoadBalancing", "TargetGroupNotFound", "One or more target groups not found")
        return tuple(TargetGroup(arn=f"arn:{name}", name=name, load_balancers=("arn:balancer",)) for name in names)

    def describe_listener(self, listener: str) -> Listener:
        self._fault("DescribeListeners")
        if listener not in self.listeners:
            raise CallFailed("AmazonElasticLoadBalancing", "ListenerNotFound", f"Listener '{listener}' not found")
        found, protocol = self.listeners[listener], self.protocols[listener]
        return Listener(arn=listener, load_balancer="arn:balancer", protocol=protocol, actions=found)

    def modify_listener(self, listener: str, actions: Sequence[Action]) -> None:
        self._fault("ModifyListener")
        self.listeners[listener] = tuple(actions)
        self.log.append(f"{name_of(listener)}: {words(actions)}")

    def describe_rules(self, listener: str) -> tuple[Rule, ...]:
        return tuple(Rule(arn=arn, actions=found) for arn, found in self.rules.items() if arn.startswith(listener))

    def modify_rule(self, rule: str, actions: Sequence[Action]) -> None:
        self._fault("ModifyRule")
        self.rules[rule] = tuple(actions)
        self.log.append(f"{name_of(rule)}: {words(actions)}")

    def invoke_function(self, function: str, payload: bytes) -> None:
        self._fault("Invoke")
        if function not in self.functions:
            raise CallFailed("AWSLambda", "ResourceNotFoundException", f"Function not found: {function}", status=404)
        behaviour, event = self.functions[function], json.loads(payload)
        self.payloads.append(event)
        self.log.append(f"invoke {function}")
        self._fault("Invoke answer")
        if behaviour.status:
            due = self.clock.now() + behaviour.after
            self.reports += [(due, event, behaviour.status)] * behaviour.times

    def describe_alarms(self, names: Sequence[str]) -> Mapping[str, str]:
        self._fault("DescribeAlarms")
        return {name: state for name, state in self.alarms.items() if name in names}

    def get_object(self, location: Mapping[str, Any]) -> bytes:
        if location["key"] not in self.objects:
            raise CallFailed("AmazonS3", "NoSuchKey", "The specified key does not exist.", status=404)
        return self.objects[location["key"]]

    def weights(self, listener: str = PRODUCTION) -> dict[str, int]:
        """Return the shares of the listener's traffic by name of the target group, without those of 0."""
        return {name_of(arn): share for arn, share in weights(self.listeners[listener]).items() if share}

    def serving(self, group: str) -> bool:
        """Whether a task set with running, healthy tasks is behind the target group of that name."""
        sets = [arn for arn, one in self.task_sets.items() if one.target_group == f"arn:{group}"]
        return any(self._running(arn) and self.tasks[arn].healthy for arn in sets)

    def replace_tasks(self, task_set: str) -> None:
        """The tasks crash; ECS starts new ones."""
        if task_set in self.tasks:
            self.tasks[task_set].since = self.clock.now()

    def _described(self, arn: str) -> TaskSet:
        running = self._running(arn)
        draining = self.tasks[arn].draining_since is not None
        checked = any(self.task_sets[arn].target_group in weights(actions) for actions in self._actions())
        steady = running and (self.tasks[arn].healthy or not checked)
        desired = 0 if draining else 1
        return replace(
            self.task_sets[arn], desired=desired, running=int(running), pending=int(not running), steady=steady
        )

    def _actions(self) -> list[Sequence[Action]]:
        return [*self.listeners.values(), *self.rules.values()]

    def _running(self, arn: str) -> bool:
        tasks = self.tasks[arn]
        return tasks.draining_since is None and self.clock.now() - tasks.since >= STARTS_AFTER

    def _known(self, arn: str) -> TaskSet:
        if arn not in self.task_sets:
            raise refused("TaskSetNotFoundException", "The specified task set could not be found.")
        return self.task_sets[arn]

    def _sweep(self) -> None:
        for arn, tasks in list(self.tasks.items()):
            if tasks.draining_since is not None and self.clock.now() - tasks.draining_since > GONE_AFTER:
                del self.tasks[arn], self.task_sets[arn]

    def _fault(self, call: str) -> None:
        self.meanwhile.pop(call, lambda: None)()
        if self.faults.get(call):
            raise self.faults[call].pop(0)


def forward(group: str) -> tuple[Action, ...]:
    """Return the actions of a listener that forwards to one group."""
    target = {"TargetGroupArn": group, "Weight": 1}
    return ({"Type": "forward", "TargetGroupArn": group, "ForwardConfig": {"TargetGroups": [target]}},)


def name_of(arn: str) -> str:
    return arn.removeprefix("arn:")


def words(actions: Sequence[Action]) -> str:
    """Say where actions forward to."""
    return ", ".join(f"{name_of(arn)} {share}" for arn, share in weights(actions).items())


def refused(code: str, message: str) -> CallFailed:
    """ECS refuses."""
    return CallFailed("AmazonECS", code, message, request_id="11111111-2222")


def throttled(service: str = "AmazonECS") -> CallFailed:
    """A service asks to come back later."""
    return CallFailed(service, "ThrottlingException", "Rate exceeded")


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
