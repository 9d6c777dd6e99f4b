"""The ELB backend: moto's records, and a data plane that does what they say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from moto.cloudwatch.models import cloudwatch_backends
from moto.elbv2.exceptions import DuplicateListenerError, DuplicateLoadBalancerName, TargetGroupNotFoundError
from moto.elbv2.models import (
    ELBv2Backend,
    FakeAction,
    FakeHealthStatus,
    FakeListener,
    FakeListenerRule,
    FakeLoadBalancer,
    FakeRule,
    FakeTargetGroup,
)
from moto.moto_api._internal import mock_random

from bluegreen.loopback import machine
from bluegreen.loopback.cloudwatch.datum import Datum, Metric
from bluegreen.loopback.data_plane import plane
from bluegreen.loopback.data_plane.views import Network

from . import association, idle_timeout, stickiness
from .actions import normalised
from .exceptions import DeletionProtectedError, ELBClientError, ProxyError
from .health_checks import HealthChecks, status
from .metrics import MetricsReport
from .network import network
from .prober import Prober
from .registration import keys
from .targets import Targets

DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds"
DELETION_PROTECTION = "deletion_protection.enabled"

Result = TypeVar("Result")


class LoopbackELBv2Backend(ELBv2Backend):
    """Load balancers that listen, target groups that check, changes that hold when the call returns."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        host = machine.get()
        self.lock = threading.RLock()
        self.targets: dict[str, Targets] = {}
        self._clock = host.clock
        self._plane = plane.get()
        self._plane.add(self)
        checks = HealthChecks(
            clock=host.clock,
            lock=self.lock,
            groups=self.target_groups,
            targets=self.targets,
            prober=Prober(),
            changed=self._plane.publish_soon,
            drained=self._plane.end,
        )
        host.ticker.add(checks)
        self._report = MetricsReport(
            clock=host.clock,
            lock=self.lock,
            balancers=self.load_balancers,
            groups=self.target_groups,
            targets=self.targets,
            record=self._record,
        )
        self._plane.access_log.add(self._report.requests)
        host.ticker.add(self._report)

    def reset(self) -> None:
        self._plane.remove(self)
        self._plane.access_log.remove(self._report.requests)
        with self.lock:
            self.target_groups.clear()  # the health checks of before step on, over nothing
        super().reset()

    def network(self) -> Network:
        """Return what is to be served now."""
        with self.lock:
            return network(self.load_balancers.values(), self.target_groups, self.targets)

    def _record(self, metric: Metric, data: Iterable[Datum]) -> None:
        cloudwatch: Any = cloudwatch_backends[self.account_id][self.region_name]
        cloudwatch.record(metric, data)

    # Load balancers

    def create_load_balancer(self, name: str, *args: Any, **kwargs: Any) -> FakeLoadBalancer:
        with self.lock:
            if any(balancer.name == name for balancer in self.load_balancers.values()):
                raise DuplicateLoadBalancerName
            balancer = super().create_load_balancer(name, *args, **kwargs)
            balancer.dns_name = machine.get().addresses.next()
            return balancer

    def delete_load_balancer(self, arn: str) -> None:
        delete = super().delete_load_balancer
        balancer = self.load_balancers.get(arn)
        if balancer and balancer.attrs.get(DELETION_PROTECTION) == "true":
            raise DeletionProtectedError(arn)
        self._serve(lambda: delete(arn))

    def modify_load_balancer_attributes(self, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
        modify = super().modify_load_balancer_attributes
        idle_timeout.check(attrs)
        return self._serve(lambda: modify(arn, attrs))

    # Listeners and rules

    def create_listener(
        self,
        load_balancer_arn: str,
        protocol: str,
        port: str,
        ssl_policy: str,
        certificate: str | None,
        actions: list[dict[str, Any]],
        alpn_policy: list[str] | None = None,
        tags: list[dict[str, str]] | None = None,
    ) -> FakeListener:
        create_in_moto = super().create_listener

        def create() -> FakeListener:
            self._refuse_used_port(load_balancer_arn, port)
            listener = create_in_moto(
                load_balancer_arn, protocol, port, ssl_policy, certificate, normalised(actions), alpn_policy, tags
            )
            # moto makes this ARN of a memory address, which a later rule may have again.
            default = listener.arn.replace(":listener/", ":listener-rule/")
            listener._default_rule[0].arn = f"{default}/{mock_random.get_random_hex(16)}"
            return listener

        def undo(listener: FakeListener) -> None:
            self.load_balancers[load_balancer_arn].listeners.pop(listener.arn, None)

        return self._serve(create, undo)

    def modify_listener(
        self,
        arn: str,
        port: str | None = None,
        protocol: str | None = None,
        ssl_policy: str | None = None,
        certificates: list[dict[str, Any]] | None = None,
        actions: list[dict[str, Any]] | None = None,
    ) -> FakeListener:
        modify_in_moto = super().modify_listener
        listener = self.describe_listeners(None, [arn])[0]
        before = (listener.port, listener.protocol, listener.default_actions)

        def modify() -> FakeListener:
            wanted = normalised(actions or [])
            self._validate_actions([cast("FakeAction", FakeAction(action)) for action in wanted])
            if port is not None and int(port) != int(listener.port):
                self._refuse_used_port(listener.load_balancer_arn, port)
            return modify_in_moto(arn, port, protocol, ssl_policy, certificates or [], wanted)

        def undo(changed: FakeListener) -> None:
            changed.port, changed.protocol, changed.default_actions = before
            changed._default_rule[0].actions = changed.default_actions

        return self._serve(modify, undo)

    def delete_listener(self, listener_arn: str) -> FakeListener:
        delete = super().delete_listener
        return self._serve(lambda: delete(listener_arn))

    def create_rule(
        self,
        listener_arn: str,
        conditions: list[dict[str, Any]],
        priority: int,
        actions: list[dict[str, Any]],
        tags: list[dict[str, str]] | None = None,
    ) -> FakeListenerRule:
        create = super().create_rule
        return self._serve(
            lambda: create(listener_arn, conditions, priority, normalised(actions), tags),
            lambda rule: self.describe_listeners(None, [listener_arn])[0].remove_rule(rule.arn),
        )

    def modify_rule(self, rule_arn: str, conditions: list[dict[str, Any]], actions: list[dict[str, Any]]) -> FakeRule:
        modify = super().modify_rule
        rule = self.describe_rules(None, [rule_arn])[0]
        before = (rule.conditions, rule.actions)

        def undo(changed: FakeRule) -> None:
            changed.conditions, changed.actions = before

        return self._serve(lambda: modify(rule_arn, conditions or [], normalised(actions or [])), undo)

    def delete_rule(self, arn: str) -> None:
        delete = super().delete_rule
        self._serve(lambda: delete(arn))

    def set_rule_priorities(self, rule_priorities: list[dict[str, Any]]) -> list[FakeRule]:
        change = super().set_rule_priorities
        return self._serve(lambda: change(rule_priorities))

    # Target groups and targets

    def create_target_group(self, name: str, **kwargs: Any) -> FakeTargetGroup:
        with self.lock:
            group = super().create_target_group(name, **kwargs)
            self.targets[group.arn] = Targets()
            return group

    def delete_target_group(self, target_group_arn: str) -> FakeTargetGroup:
        with self.lock:
            group = super().delete_target_group(target_group_arn)
            del self.targets[target_group_arn]
            return group

    def modify_target_group(self, arn: str, *args: Any, **kwargs: Any) -> FakeTargetGroup:
        with self.lock:
            group = super().modify_target_group(arn, *args, **kwargs)
            self._associate()
            return group

    def modify_target_group_attributes(self, target_group_arn: str, attributes: dict[str, Any]) -> None:
        before = dict(self.target_groups[target_group_arn].attributes) if target_group_arn in self.target_groups else {}
        modify = super().modify_target_group_attributes

        def undo(_: None) -> None:
            self.target_groups[target_group_arn].attributes = before

        self._serve(lambda: modify(target_group_arn, attributes), undo)

    def register_targets(self, target_group_arn: str, instances: Sequence[Mapping[str, Any]]) -> None:
        with self.lock:
            targets = self._targets_of(target_group_arn)
            for key in keys(instances, self.target_groups[target_group_arn].port):
                targets.register(key, self._clock.now())
        self._plane.publish_soon()

    def deregister_targets(self, target_group_arn: str, instances: Sequence[Mapping[str, Any]]) -> None:
        def deregister() -> None:
            targets = self._targets_of(target_group_arn)
            delay = float(self.target_groups[target_group_arn].attributes[DEREGISTRATION_DELAY])
            for key in keys(instances, self.target_groups[target_group_arn].port):
                targets.deregister(key, self._clock.now() + self._clock.shorten(delay))

        self._serve(deregister)

    def describe_target_health(
        self, target_group_arn: str, targets: Sequence[Mapping[str, Any]]
    ) -> list[FakeHealthStatus]:
        with self.lock:
            known = self._targets_of(target_group_arn)
            group = self.target_groups[target_group_arn]
            asked = keys(targets, group.port) if targets else list(known)
            return [status(group, key, known) for key in asked]

    def _serve(self, change: Callable[[], Result], undo: Callable[[Result], object] = lambda _: None) -> Result:
        """Make a change and return when the proxies serve it; if they do not, undo it and say why."""
        with self.lock:
            result = change()
            try:
                self._associate()
            except ELBClientError:
                undo(result)
                self._associate()
                raise
        try:
            self._plane.publish()
        except Exception as error:
            with self.lock:
                undo(result)
                self._associate()
            self._plane.publish_soon()
            raise (ProxyError(str(error)) if isinstance(error, plane.DataPlaneError) else error) from error
        return result

    def _associate(self) -> None:
        stickiness.check(self.load_balancers.values(), self.target_groups)
        owners = association.owners(self.load_balancers.values(), self.target_groups)
        for arn, group in self.target_groups.items():
            group.load_balancer_arns = owners[arn]
            self.targets[arn].use(in_use=bool(owners[arn]), checked=group.health_check_enabled, now=self._clock.now())

    def _refuse_used_port(self, load_balancer_arn: str, port: str) -> None:
        balancer = self.load_balancers.get(load_balancer_arn)
        if balancer and any(int(listener.port) == int(port) for listener in balancer.listeners.values()):
            raise DuplicateListenerError

    def _targets_of(self, target_group_arn: str) -> Targets:
        if target_group_arn not in self.targets:
            raise TargetGroupNotFoundError
        return self.targets[target_group_arn]
