"""Actions of listeners and rules: how AWS reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from moto.elbv2.exceptions import ValidationError

from .exceptions import TooManyTargetGroupsError

DEFAULT_WEIGHT = 1
MOST_WEIGHT = 999  # ELB user guide, "Forward actions"
MOST_GROUPS = 5  # ELB user guide, "Quotas"
LONGEST_STICKINESS = 7 * 86_400  # seconds


def normalised(actions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the actions as AWS reports them.

    A forward to one group has both its `TargetGroupArn` and a `ForwardConfig` of weight 1; one to several groups has
    only the `ForwardConfig`.

    Raises:
        ValidationError: a weight or a duration of stickiness is out of its range.
        TooManyTargetGroupsError: a forward names too many groups.
    """
    return [_forward(action) if action.get("Type") == "forward" else dict(action) for action in actions]


def target_groups(action: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the target group ARNs of a forward with their weights, empty for other actions."""
    groups = action.get("ForwardConfig", {}).get("TargetGroups", [])
    if groups:
        return [(group["TargetGroupArn"], int(group.get("Weight", DEFAULT_WEIGHT))) for group in groups]
    arn = action.get("TargetGroupArn")
    return [(arn, DEFAULT_WEIGHT)] if arn else []


def group_stickiness(action: Mapping[str, Any]) -> int | None:
    """Return for how many seconds a visitor of a forward stays with a target group, None for no time."""
    config = action.get("ForwardConfig", {}).get("TargetGroupStickinessConfig") or {}
    return int(config["DurationSeconds"]) if _is_true(config.get("Enabled")) else None


def _forward(action: Mapping[str, Any]) -> dict[str, Any]:
    groups = target_groups(action)
    _check(groups, action.get("ForwardConfig", {}).get("TargetGroupStickinessConfig") or {})
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


def _check(groups: Sequence[tuple[str, int]], stickiness: Mapping[str, Any]) -> None:
    if len(groups) > MOST_GROUPS:
        raise TooManyTargetGroupsError(MOST_GROUPS)
    for _, weight in groups:
        if not 0 <= weight <= MOST_WEIGHT:
            raise ValidationError(f"Target group weight '{weight}' must be between 0 and {MOST_WEIGHT} inclusive")
    seconds = stickiness.get("DurationSeconds")
    if _is_true(stickiness.get("Enabled")) and not 1 <= int(seconds or 0) <= LONGEST_STICKINESS:
        raise ValidationError(f"Stickiness duration '{seconds}' must be between 1 and {LONGEST_STICKINESS} seconds")


def _is_true(value: object) -> bool:
    return str(value).lower() == "true"
