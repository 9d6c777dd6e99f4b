"""The actions of listeners and rules, read and rewritten; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .account import Action


def weights(actions: Sequence[Action]) -> Mapping[str, int]:
    """Return the target groups that the actions forward to, with their weights."""
    found: dict[str, int] = {}
    for action in actions:
        for group in action.get("ForwardConfig", {}).get("TargetGroups", []):
            found[group["TargetGroupArn"]] = group.get("Weight", 1)
        if action.get("TargetGroupArn"):
            found.setdefault(action["TargetGroupArn"], 1)
    return found


def weighted(actions: Sequence[Action], shares: Mapping[str, int]) -> tuple[Action, ...]:
    """Forward to the groups of `shares` in percent; actions before the forward, such as a login, stay.

    Stickiness of groups is switched off: CodeDeploy writes it so, also where it was set by hand.
    """
    config = {
        "TargetGroups": [{"TargetGroupArn": arn, "Weight": share} for arn, share in shares.items()],
        "TargetGroupStickinessConfig": {"Enabled": False},
    }
    return _forward(actions, {"ForwardConfig": config})


def alone(actions: Sequence[Action], group: str) -> tuple[Action, ...]:
    """Forward to one target group."""
    return _forward(actions, {"TargetGroupArn": group})


def settled(actions: Sequence[Action], blue: str, green: str) -> tuple[Action, ...]:
    """Return the actions to come back to: as they are, unless a part of the traffic already went to `green`."""
    if weights(actions).get(green, 0) == 0:
        return tuple(actions)
    return weighted(actions, {blue: 100, green: 0})


def _forward(actions: Sequence[Action], to: Action) -> tuple[Action, ...]:
    return tuple(_replaced(action, to) if action.get("Type") == "forward" else action for action in actions)


def _replaced(action: Action, to: Action) -> Action:
    order = {"Order": action["Order"]} if "Order" in action else {}
    return {"Type": "forward", **order, **to}
