"""What an Application Load Balancer reports to CloudWatch: the requests that were answered, and healthy hosts.

The names and what each counts are those of the ELB user guide, "CloudWatch metrics for your Application Load Balancer".
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from moto.elbv2.models import FakeLoadBalancer, FakeTargetGroup

from bluegreen.loopback.clock import Clock
from bluegreen.loopback.cloudwatch.datum import Datum, Metric
from bluegreen.loopback.data_plane.access_log import Request

from .health import State
from .network import metric_name
from .targets import Targets

NAMESPACE = "AWS/ApplicationELB"
HOSTS_SECONDS = 15.0  # AWS seconds between two counts of the hosts
# Response times are kept to a tenth of a millisecond, so that equal ones are one datum.
PLACES = 4

Record = Callable[[Metric, Iterable[Datum]], None]
_Count = tuple[str, str, str, float]
"""Load balancer, target group (may be empty), name of the metric, value."""


class MetricsReport:
    """Reports to `record`; `lock` guards the other three, which are by ARN."""

    def __init__(
        self,
        *,
        clock: Clock,
        lock: threading.RLock,
        balancers: Mapping[str, FakeLoadBalancer],
        groups: Mapping[str, FakeTargetGroup],
        targets: Mapping[str, Targets],
        record: Record,
    ) -> None:
        self._clock = clock
        self._lock = lock
        self._balancers = balancers
        self._groups = groups
        self._targets = targets
        self._record = record
        self._known: dict[tuple[str, str], str] = {}
        self._due = 0.0

    def requests(self, requests: Iterable[Request]) -> None:
        """Count those requests that were answered by load balancers of this account and region."""
        self._learn()
        with self._lock:
            own = {metric_name(arn) for arn in self._balancers}
        counts: Counter[tuple[float, _Count]] = Counter()
        second = self._clock.shorten(1.0)
        for request in requests:
            if request.load_balancer in own:
                time = request.time // second * second
                group = self._known.get((request.load_balancer, request.target), "")
                counts.update((time, count) for count in counts_of(request, group))
        for (time, (balancer, group, name, value)), number in counts.items():
            unit = "Seconds" if name == "TargetResponseTime" else "Count"
            self._record(_metric(name, balancer, group), [Datum.of(time, value, count=number, unit=unit)])

    def step(self, now: float) -> None:
        """Count the healthy and unhealthy hosts of each target group in use, four times a minute."""
        if now < self._due:
            return
        self._due = now + self._clock.shorten(HOSTS_SECONDS)
        with self._lock:
            found = [
                (metric_name(balancer), metric_name(arn), [self._targets[arn].health(key).state for key in keys])
                for arn, group in self._groups.items()
                for balancer in group.load_balancer_arns
                if (keys := self._targets[arn].registered())
            ]
        for balancer, group, states in found:
            for name, state in (("HealthyHostCount", State.HEALTHY), ("UnHealthyHostCount", State.UNHEALTHY)):
                datum = Datum.of(now, float(states.count(state)), unit="Count")
                self._record(_metric(name, balancer, group), [datum])

    def _learn(self) -> None:
        """Remember whose target an address is: a request may be counted when its target has gone."""
        with self._lock:
            for arn, group in self._groups.items():
                for balancer in group.load_balancer_arns:
                    for key in self._targets[arn]:
                        self._known[metric_name(balancer), f"{key.id}:{key.port}"] = metric_name(arn)


def counts_of(request: Request, group: str) -> Iterator[_Count]:
    """Yield what one request adds: to its load balancer, and to its target group together with it."""
    balancer, hundreds = request.load_balancer, f"{request.status // 100}XX"
    if request.target:
        # Only requests for which a target was chosen are counted.
        yield from _both(balancer, group, "RequestCount", 1.0)
    if request.seconds is not None:
        yield from _both(balancer, group, f"HTTPCode_Target_{hundreds}_Count", 1.0)
        yield from _both(balancer, group, "TargetResponseTime", round(request.seconds, PLACES))
        return
    if hundreds in ("3XX", "4XX", "5XX"):
        yield balancer, "", f"HTTPCode_ELB_{hundreds}_Count", 1.0
    if request.status in (500, 502, 503, 504):
        yield balancer, "", f"HTTPCode_ELB_{request.status}_Count", 1.0


def _both(balancer: str, group: str, name: str, value: float) -> Iterator[_Count]:
    yield balancer, "", name, value
    if group:
        yield balancer, group, name, value


def _metric(name: str, balancer: str, group: str) -> Metric:
    pairs = {("LoadBalancer", balancer)} | ({("TargetGroup", group)} if group else set())
    return Metric(namespace=NAMESPACE, name=name, dimensions=frozenset(pairs))
