"""Settings of who hears of releases and alarms."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import Allowed, each, matching, one_of, setting

EVENTS = ("start", "success", "failure", "stop", "rollback", "ready")

_TOPIC = matching(r"|arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}", "the ARN of a standard SNS topic")
_KEY = matching(r"|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+", "the ARN of a KMS key")


def _events() -> Allowed:
    some = each(one_of(*EVENTS))
    return Allowed(
        words=f"one or more of {', '.join(EVENTS)}",
        accepts=lambda events: bool(events) and some.accepts(events),
        schema={**some.schema, "minItems": 1},
    )


@dataclass(frozen=True, kw_only=True)
class NotificationSettings:
    """An SNS topic of yours that hears of releases and of alarms."""

    topic: str = setting("", "ARN of the topic, in the environment's region; empty: nobody is told.", _TOPIC)
    key: str = setting("", "ARN of the KMS key of your own that the topic is encrypted with, if it is.", _KEY)
    events: tuple[str, ...] = setting(EVENTS, "What of a release it hears of.", _events())
