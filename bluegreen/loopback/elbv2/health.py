"""The health of a target: states, reasons, and what a probe changes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """The states of ELB's TargetHealth."""

    INITIAL = "initial"
    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"
    UNUSED = "unused"
    DRAINING = "draining"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, kw_only=True)
class Health:
    """A state, why, and how many probes in a row said the contrary of it."""

    state: State
    reason: str | None = None
    description: str | None = None
    passes: int = 0
    failures: int = 0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a probe found: no reason means that the target passed."""

    reason: str = ""
    description: str = ""

    @property
    def passed(self) -> bool:
        return not self.reason


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """How many probes in a row change a state: passes to recover, failures to be given up."""

    healthy: int
    unhealthy: int


REGISTERED = Health(
    state=State.INITIAL,
    reason="Elb.RegistrationInProgress",
    description="Target registration is in progress",
)
CHECKING = Health(
    state=State.INITIAL,
    reason="Elb.InitialHealthChecking",
    description="Initial health checks in progress",
)
HEALTHY = Health(state=State.HEALTHY)
NOT_IN_USE = Health(
    state=State.UNUSED,
    reason="Target.NotInUse",
    description="Target group is not configured to receive traffic from the load balancer",
)
NOT_REGISTERED = Health(
    state=State.UNUSED,
    reason="Target.NotRegistered",
    description="Target is not registered to the target group",
)
DRAINING = Health(
    state=State.DRAINING,
    reason="Target.DeregistrationInProgress",
    description="Target deregistration is in progress",
)
CHECK_DISABLED = Health(
    state=State.UNAVAILABLE,
    reason="Target.HealthCheckDisabled",
    description="Health checks are disabled for this target group",
)

PASSED = Finding()


def after(health: Health, finding: Finding, thresholds: Thresholds) -> Health:
    """Return the health of a target once a probe has found `finding`.

    A new target is healthy after its first pass; the healthy threshold counts only for one that was unhealthy (ELB
    user guide, "Health checks for your target groups").
    """
    if health.state not in (State.INITIAL, State.HEALTHY, State.UNHEALTHY):
        return health
    if finding.passed:
        return _passed(health, thresholds)
    return _failed(health, finding, thresholds)


def _passed(health: Health, thresholds: Thresholds) -> Health:
    passes = health.passes + 1
    if health.state is State.UNHEALTHY and passes < thresholds.healthy:
        return replace(health, passes=passes)
    return HEALTHY


def _failed(health: Health, finding: Finding, thresholds: Thresholds) -> Health:
    failures = health.failures + 1
    if health.state is not State.UNHEALTHY and failures < thresholds.unhealthy:
        still = CHECKING if health.state is State.INITIAL else health
        return replace(still, failures=failures)
    return Health(
        state=State.UNHEALTHY, reason=finding.reason, description=finding.description, failures=thresholds.unhealthy
    )


def matches(matcher: str, status: int) -> bool:
    """Return whether an HTTP status is among `matcher`'s codes: `200`, `200,202`, `200-399`."""
    for part in matcher.split(","):
        low, _, high = part.strip().partition("-")
        if int(low) <= status <= int(high or low):
            return True
    return False
