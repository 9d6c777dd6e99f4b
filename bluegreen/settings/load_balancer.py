"""Settings of the load balancer's target groups."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import between, matching, setting


@dataclass(frozen=True, kw_only=True)
class HealthCheckSettings:
    """How the load balancer judges a task; the same for both target groups."""

    path: str = setting("/health", "Path that is asked.", matching(r"/[!-~]{0,1023}", "a path that begins with /"))
    matcher: str = setting(
        "200",
        "Status codes that count as healthy.",
        matching(r"[2-4]\d\d([,-][2-4]\d\d)*", "codes, as in 200, 200,204 or 200-299"),
    )
    timeout: int = setting(30, "Seconds to wait for an answer; less than the interval.", between(2, 120))
    interval: int = setting(60, "Seconds between two checks.", between(5, 300))
    healthy_threshold: int = setting(5, "Passes in a row before an unhealthy task counts as healthy.", between(2, 10))
    unhealthy_threshold: int = setting(2, "Failures in a row before a task counts as unhealthy.", between(2, 10))


@dataclass(frozen=True, kw_only=True)
class LoadBalancerSettings:
    """The internal load balancer."""

    deregistration_delay: int = setting(300, "Seconds that a leaving task keeps its open requests.", between(0, 3600))
    idle_timeout: int = setting(60, "Seconds before an idle connection is closed.", between(1, 4000))
    deletion_protection: bool = setting(False, "Refuse to delete the load balancer; destroy needs it off.")
    access_logs: bool = setting(False, "Log every request to a bucket, for as long as `log_retention` says.")
    access_logs_force_delete: bool = setting(False, "Destroy the bucket of access logs even with logs in it.")
