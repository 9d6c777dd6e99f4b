"""The guard: what a plan would do to a blue/green service that nobody should apply unawares."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from . import (
    rule_buckets,
    rule_ecs_refuses,
    rule_iam_attachments,
    rule_iam_policies,
    rule_lasting,
    rule_protection,
    rule_revisions,
    rule_security_groups,
    rule_traffic,
)
from .errors import ReviewError
from .finding import Finding
from .plan import Plan

Rule = Callable[[Plan], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    rule_lasting.what_lasts_is_not_replaced,
    rule_ecs_refuses.ecs_refuses_no_update,
    rule_traffic.traffic_stays_where_a_release_left_it,
    rule_revisions.revisions_stay_registered,
    rule_security_groups.security_groups_admit_no_more,
    rule_iam_policies.policies_grant_no_more,
    rule_iam_attachments.roles_get_no_more_policies,
    rule_protection.deletion_protection_stays_on,
    rule_buckets.buckets_keep_what_they_hold,
)


def inspect(plan: Plan) -> tuple[Finding, ...]:
    """Return what the rules object to, in their order."""
    return tuple(finding for rule in RULES for finding in rule(plan))


def allow(findings: Iterable[Finding], addresses: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings, those at `addresses` as allowed; the others first.

    Raises:
        ReviewError: an address has no finding; the message names those that have.
    """
    found = tuple(findings)
    objected = dict.fromkeys(finding.address for finding in found)
    for address in addresses:
        if address not in objected:
            choice = f"can be allowed: {', '.join(objected)}" if objected else "nothing needs to be allowed"
            raise ReviewError(f"--allow {address}: the guard objects to nothing there; {choice}")
    judged = [replace(finding, is_allowed=finding.address in addresses) for finding in found]
    return tuple(sorted(judged, key=lambda finding: finding.is_allowed))
