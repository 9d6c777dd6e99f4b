"""What AWS says where this machine's clock is wrong: that a signature is too old or not yet valid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .duration import words

if TYPE_CHECKING:
    from collections.abc import Mapping

SKEWED = frozenset({"RequestTimeTooSkewed", "RequestInTheFuture"})
"""Codes that mean the clock and nothing else: S3's, and that of a few other services."""
SIGNATURE = re.compile(r"Signature (?:expired|not yet current)\b(?:: (\S+) is .*\((\S+) [-+] (\d+) min)?")
"""As in `Signature expired: 20191029T154623Z is now earlier than 20191029T163344Z (20191029T164844Z - 15 min.)`: when
it was signed, then, after the bracket, AWS's own time and what it allows. JSON services call that
InvalidSignatureException and allow 5 minutes; those with XML call it SignatureDoesNotMatch, and some allow 15."""
CLOCK_OR_CREDENTIALS = "RequestExpired"
"""EC2's code for both, in the same words."""
REMEDY = "set the clock, for instance by NTP"
LONGEST_ALLOWED, SHORTEST_ALLOWED = timedelta(minutes=15), timedelta(minutes=5)
"""S3 and EC2 take the longer one; the other is meant where AWS does not say."""


@dataclass(frozen=True)
class Skew:
    """How far this machine's clock is ahead of AWS's (negative: behind; None: not told), and how far it may be."""

    ahead: timedelta | None
    allowed: timedelta

    def told(self, code: str) -> str:
        """Say what is wrong, what is allowed and what to do."""
        allowed = words(self.allowed.total_seconds())
        if self.ahead is None:
            return f"the clock of this machine is off by more than the {allowed} that AWS allows ({code}): {REMEDY}"
        how = f"{words(abs(self.ahead.total_seconds()))} {'ahead of' if self.ahead > timedelta(0) else 'behind'}"
        return f"the clock of this machine is {how} AWS's, {allowed} are allowed ({code}): {REMEDY}"


def explain(code: str, details: Mapping[str, Any]) -> str:
    """Say what a refusal has to do with the clock; empty where that is nothing."""
    if skew := find(code, details):
        return skew.told(code)
    if code != CLOCK_OR_CREDENTIALS:
        return ""
    minutes = words(LONGEST_ALLOWED.total_seconds())
    return (
        f"the AWS credentials have expired, or the clock of this machine is off by more than {minutes} ({code}): "
        f"sign in again, or {REMEDY}"
    )


def find(code: str, details: Mapping[str, Any]) -> Skew | None:
    """Read the `Error` of a refusal; None where it is not about the clock.

    S3 puts the times beside its message: RequestTime, ServerTime and MaxAllowedSkewMilliseconds.
    """
    if found := SIGNATURE.search(str(details.get("Message") or "")):
        signed, now, minutes = found.groups()
        return Skew(_ahead(signed, now), timedelta(minutes=int(minutes)) if minutes else SHORTEST_ALLOWED)
    if code not in SKEWED:
        return None
    limit = str(details.get("MaxAllowedSkewMilliseconds") or "")
    allowed = timedelta(milliseconds=int(limit)) if limit.isdecimal() else LONGEST_ALLOWED
    return Skew(_ahead(details.get("RequestTime"), details.get("ServerTime")), allowed)


def _ahead(signed: Any, now: Any) -> timedelta | None:
    try:
        return datetime.fromisoformat(signed) - datetime.fromisoformat(now)
    except (TypeError, ValueError):
        return None
