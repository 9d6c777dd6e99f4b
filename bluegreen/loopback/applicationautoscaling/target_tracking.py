"""The alarms that a target tracking policy of an ECS service creates. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Application Auto Scaling user guide, "How target tracking scaling works": quick to scale out, slow to scale in.
HIGH_PERIODS, LOW_PERIODS = 3, 15
LOW_SHARE = 0.9

_OF_THE_SERVICE = {
    "ECSServiceAverageCPUUtilization": ("CPUUtilization", "Percent"),
    "ECSServiceAverageMemoryUtilization": ("MemoryUtilization", "Percent"),
}
REQUESTS = "ALBRequestCountPerTarget"


class UnknownMetricError(ValueError):
    """A metric that no ECS service can be scaled by."""


def alarms(resource: str, configuration: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the members of PutMetricAlarm for `AlarmHigh` and `AlarmLow` of `service/<cluster>/<service>`.

    Raises:
        UnknownMetricError: the policy names a metric that is not of an ECS service, or none.
    """
    target, metric = float(configuration["TargetValue"]), _metric(resource, configuration)
    high = _alarm(metric, "GreaterThanThreshold", target, HIGH_PERIODS)
    if configuration.get("DisableScaleIn"):
        return {"AlarmHigh": high}
    return {"AlarmHigh": high, "AlarmLow": _alarm(metric, "LessThanThreshold", target * LOW_SHARE, LOW_PERIODS)}


def _alarm(metric: Mapping[str, Any], comparison: str, threshold: float, periods: int) -> dict[str, Any]:
    return {
        **metric,
        "comparison_operator": comparison,
        "threshold": threshold,
        "evaluation_periods": periods,
        "period": 60,
    }


def _metric(resource: str, configuration: Mapping[str, Any]) -> dict[str, Any]:
    if own := configuration.get("CustomizedMetricSpecification"):
        return _customized(own)
    chosen = configuration.get("PredefinedMetricSpecification") or {}
    kind = chosen.get("PredefinedMetricType", "")
    if kind == REQUESTS:
        # app/<name>/<id>/targetgroup/<name>/<id>
        words = chosen.get("ResourceLabel", "").split("/")
        dimensions = {"TargetGroup": "/".join(words[3:])}
        return _described("AWS/ApplicationELB", "RequestCountPerTarget", dimensions, "Sum", None)
    if kind not in _OF_THE_SERVICE:
        raise UnknownMetricError(f"{kind or 'no metric'}; there are {', '.join([*_OF_THE_SERVICE, REQUESTS])}")
    name, unit = _OF_THE_SERVICE[kind]
    _, cluster, service = resource.split("/")
    return _described("AWS/ECS", name, {"ClusterName": cluster, "ServiceName": service}, "Average", unit)


def _customized(own: Mapping[str, Any]) -> dict[str, Any]:
    if not own.get("MetricName"):
        raise UnknownMetricError("the loopback has no metric math")
    dimensions = {one["Name"]: one["Value"] for one in own.get("Dimensions") or ()}
    return _described(own["Namespace"], own["MetricName"], dimensions, own["Statistic"], own.get("Unit"))


def _described(
    namespace: str, name: str, dimensions: Mapping[str, str], statistic: str, unit: str | None
) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "metric_name": name,
        "dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
        "statistic": statistic,
        "unit": unit,
    }
