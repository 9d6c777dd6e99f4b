"""Actions of listeners and rules: how AWS reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

DEFAULT_WEIGHT = 1


def normalised(actions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the actions as AWS reports them.

    A forward to one group has both its `TargetGroupArn` and a `ForwardConfig` of weight 1; one to several groups has
    only the `ForwardConfig`.
    """
    return [_forward(action) if action.get("Type") == "forward" else dict(action) for action in actions]


def target_groups(action: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the target group ARNs of a forward with their weights, empty for other actions."""
    groups = action.get("ForwardConfig", {}).get("TargetGroups", [])
    if groups:
        return [(group["TargetGroupArn"], int(group.get("Weight", DEFAULT_WEIGHT))) for group in groups]
    arn = action.get("TargetGroupArn")
    return [(arn, DEFAULT_WEIGHT)] if arn else []


def _forward(action: Mapping[str, Any]) -> dict[str, Any]:
    groups = target_groups(action)
    if len(groups) == 1:
        groups = [(groups[0][0], DEFAULT_WEIGHT)]
    stickiness = action.get("ForwardConfig", {}).get("TargetGroupStickinessConfig") or {"Enabled": False}
    result = {name: value for name, value in action.items() if name not in ("TargetGroupArn", "ForwardConfig")}
    result["ForwardConfig"] = {
        "TargetGroups": [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in groups],
        "TargetGroupStickinessConfig": stickiness,
    }
    if len(groups) == 1:
        result["TargetGroupArn"] = groups[0][0]
    return result
