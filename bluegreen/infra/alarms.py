"""The alarms of a service: on either target group errors, unhealthy tasks, slow answers, and one on its load balancer.

The last one counts what the load balancer answers in a dead task's place. No target group's metric does, so a version
that crashes again and again would turn nothing red. AWS counts it for a load balancer as a whole alone, its test
listener included; our hook asks there only once tasks are steady.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from constructs import Construct

from bluegreen.settings import Settings
from bluegreen.settings.alarms import AlarmSettings

from .load_balancer import LoadBalancer

NAMESPACE = "AWS/ApplicationELB"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What a metric may not reach, in a period."""

    name: str
    metric: str
    threshold: float
    words: str
    statistic: str | None = None
    percentile: str | None = None


def of_target_group(alarms: AlarmSettings) -> tuple[Limit, ...]:
    """Return the limits of each target group."""
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


def of_load_balancer(alarms: AlarmSettings) -> Limit:
    """Return the limit of the load balancer as a whole."""
    return Limit(
        name="5xx",
        metric="HTTPCode_ELB_5XX_Count",
        statistic="Sum",
        threshold=alarms.load_balancer_errors,
        words=f"answers 5xx in place of a task: {alarms.load_balancer_errors} or more",
    )


class Alarms(Construct):
    """Three alarms for each target group, as CodeDeploy alternates them and both are watched always; one for both."""

    def __init__(self, scope: Construct, id_: str, *, load_balancer: LoadBalancer, settings: Settings) -> None:
        super().__init__(scope, id_)
        self._settings = settings
        whole = {"LoadBalancer": load_balancer.arn_suffix}
        groups = {"blue": load_balancer.blue, "green": load_balancer.green}
        self.names = [
            self._alarm(color, f"Target group {color}", {**whole, "TargetGroup": group.arn_suffix}, limit)
            for color, group in groups.items()
            for limit in of_target_group(settings.alarms)
        ]
        self.names.append(self._alarm("load-balancer", "Load balancer", whole, of_load_balancer(settings.alarms)))

    def _alarm(self, part: str, words: str, dimensions: Mapping[str, str], limit: Limit) -> str:
        topic = self._settings.notifications.topic
        alarm = CloudwatchMetricAlarm(
            self,
            f"{part}-{limit.name}",
            alarm_name=f"{self._settings.prefix}-{part}-{limit.name}",
            alarm_description=f"{words}: {limit.words}",
            namespace=NAMESPACE,
            metric_name=limit.metric,
            dimensions=dimensions,
            statistic=limit.statistic,
            extended_statistic=limit.percentile,
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=limit.threshold,
            period=self._settings.alarms.period,
            evaluation_periods=self._settings.alarms.evaluation_periods,
            # The idle target group has no traffic and no tasks, a load balancer whose tasks answer counts no errors of
            # its own: that is as it should be.
            treat_missing_data="notBreaching",
            alarm_actions=[topic] if topic else None,
            ok_actions=[topic] if topic else None,
        )
        return alarm.alarm_name
