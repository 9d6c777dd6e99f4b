"""What CodeDeploy accepts as triggers: messages to SNS topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .exceptions import Refusal

MOST_TRIGGERS = 10
EVENTS = tuple(
    f"{about}{event}"
    for about, events in {
        "Deployment": ("Start", "Success", "Failure", "Stop", "Rollback", "Ready"),
        "Instance": ("Start", "Success", "Failure", "Ready"),
    }.items()
    for event in events
)


def check_triggers(configurations: Sequence[Mapping[str, Any]] | None) -> None:
    """Check triggerConfigurations.

    Raises:
        Refusal: too many, one without name, topic or events, an unknown event, or a name twice.
    """
    found = configurations or []
    if len(found) > MOST_TRIGGERS:
        message = f"A deployment group has at most {MOST_TRIGGERS} triggers, not {len(found)}"
        raise Refusal("TriggerTargetsLimitExceeded", message)
    names = [one.get("triggerName") for one in found]
    if not all(names) or len(set(names)) < len(names):
        raise _invalid("each needs a name of its own")
    for one in found:
        if not str(one.get("triggerTargetArn", "")).startswith("arn:"):
            raise _invalid(f"{one['triggerName']} needs the ARN of an SNS topic")
        unknown = [event for event in one.get("triggerEvents") or [] if event not in EVENTS]
        if unknown or not one.get("triggerEvents"):
            raise _invalid(f"{one['triggerName']} needs events out of {', '.join(EVENTS)}")


def _invalid(reason: str) -> Refusal:
    return Refusal("InvalidTriggerConfig", f"The trigger configuration is invalid: {reason}")
