"""Health checks of an account's target groups, as time goes by."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol, cast

from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup

from bluegreen.loopback.clock import Clock

from .health import Finding, Thresholds
from .probe import Probe
from .targets import Key, Targets

# A machine that builds and tests beside the loopback may need this long to answer a probe of a sound target.
MINIMUM_TIMEOUT = 1.0

log = logging.getLogger(__name__)


class Probing(Protocol):
    """Who runs the probes."""

    def start(self, probe: Probe, report: Callable[[Finding], None]) -> None:
        """Probe and report the finding, from any thread."""
        ...


class HealthChecks:
    """Steps every target group: who is due, who has drained, what was found.

    `lock` guards `groups` and `targets` (both by target group ARN); `changed` is called without it when requests may
    have to go elsewhere, `drained` with the `address:port` of targets whose deregistration delay is over.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        lock: threading.RLock,
        groups: Mapping[str, FakeTargetGroup],
        targets: Mapping[str, Targets],
        prober: Probing,
        changed: Callable[[], None],
        drained: Callable[[Iterable[str]], None],
    ) -> None:
        self._clock = clock
        self._lock = lock
        self._groups = groups
        self._targets = targets
        self._prober = prober
        self._changed = changed
        self._drained = drained

    def step(self, now: float) -> None:
        """Probe the targets that are due and drop those that have drained."""
        with self._lock:
            for group in self._groups.values():
                self._step(group, now)

    def _step(self, group: FakeTargetGroup, now: float) -> None:
        targets = self._targets[group.arn]
        if drained := targets.forget_drained(now):
            self._drained([f"{key.id}:{key.port}" for key in drained])
        interval = self._clock.shorten(float(group.health_check_interval_seconds))
        for key in targets.begin_due(now, interval):
            self._prober.start(self._probe(group, key), partial(self._found, group, key))

    def _probe(self, group: FakeTargetGroup, key: Key) -> Probe:
        timeout = self._clock.shorten(float(group.health_check_timeout_seconds))
        return Probe(
            address=key.id,
            port=check_port(group, key),
            path=group.health_check_path or "/",
            matcher=group.matcher.get("HttpCode", "200"),
            timeout=max(MINIMUM_TIMEOUT, timeout),
        )

    def _found(self, group: FakeTargetGroup, key: Key, finding: Finding) -> None:
        thresholds = Thresholds(
            healthy=int(group.healthy_threshold_count), unhealthy=int(group.unhealthy_threshold_count)
        )
        with self._lock:
            targets = self._targets.get(group.arn)
            health = targets.found(key, finding, thresholds) if targets else None
        if health:
            log.info("%s:%d in %s is %s: %s", key.id, key.port, group.name, health.state, health.reason or "passed")
            self._changed()


def check_port(group: FakeTargetGroup, key: Key) -> int:
    """Return the port that is checked: the target's own unless the group names one."""
    return key.port if group.health_check_port in (None, "traffic-port") else int(group.health_check_port)


def status(group: FakeTargetGroup, key: Key, targets: Targets) -> FakeHealthStatus:
    """Return what DescribeTargetHealth says of a target."""
    health = targets.health(key)
    port, checked = str(key.port), str(check_port(group, key))
    described = FakeHealthStatus(key.id, port, checked, str(health.state), health.reason, health.description)
    return cast("FakeHealthStatus", described)
