"""The alarms of a service, on either target group: errors, unhealthy tasks, slow answers.

None is on the load balancer as a whole: its metrics count the test listener too, where one request before there is a
task would stop the release.
"""

from __future__ import annotations

from dataclasses import dataclass

from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from constructs import Construct

from bluegreen.settings import Settings

from .load_balancer import LoadBalancer

NAMESPACE = "AWS/ApplicationELB"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What a target group's metric may not reach, in a period."""

    name: str
    metric: str
    threshold: float
    words: str
    statistic: str | None = None
    percentile: str | None = None


def limits(settings: Settings) -> tuple[Limit, ...]:
    """Return the limits of each target group."""
    alarms = settings.alarms
    return (
        Limit(
            name="5xx",
            metric="HTTPCode_Target_5XX_Count",
            statistic="Sum",
            threshold=alarms.server_errors,
            words=f"answers 5xx by the tasks: {alarms.server_errors} or more",
        ),
        Limit(
            name="unhealthy-hosts",
            metric="UnHealthyHostCount",
            statistic="Maximum",
            threshold=alarms.unhealthy_hosts,
            words=f"unhealthy tasks: {alarms.unhealthy_hosts} or more",
        ),
        Limit(
            name="latency",
            metric="TargetResponseTime",
            percentile="p99",
            threshold=alarms.latency_ms / 1000,
            words=f"one answer in a hundred takes {alarms.latency_ms} ms or more",
        ),
    )


class Alarms(Construct):
    """Three alarms for each target group: CodeDeploy alternates them, so both are watched always."""

    def __init__(self, scope: Construct, id_: str, *, load_balancer: LoadBalancer, settings: Settings) -> None:
        super().__init__(scope, id_)
        self._balancer, self._settings = load_balancer, settings
        groups = {"blue": load_balancer.blue, "green": load_balancer.green}
        self.names = [self._alarm(color, group, limit) for color, group in groups.items() for limit in limits(settings)]

    def _alarm(self, color: str, group: LbTargetGroup, limit: Limit) -> str:
        topic = self._settings.notifications.topic
        alarm = CloudwatchMetricAlarm(
            self,
            f"{color}-{limit.name}",
            alarm_name=f"{self._settings.prefix}-{color}-{limit.name}",
            alarm_description=f"Target group {color}: {limit.words}",
            namespace=NAMESPACE,
            metric_name=limit.metric,
            dimensions={"LoadBalancer": self._balancer.arn_suffix, "TargetGroup": group.arn_suffix},
            statistic=limit.statistic,
            extended_statistic=limit.percentile,
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=limit.threshold,
            period=self._settings.alarms.period,
            evaluation_periods=self._settings.alarms.evaluation_periods,
            # The idle target group has no traffic and no tasks, and that is as it should be.
            treat_missing_data="notBreaching",
            alarm_actions=[topic] if topic else None,
            ok_actions=[topic] if topic else None,
        )
        return alarm.alarm_name
