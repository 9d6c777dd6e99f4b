"""Security groups: who may talk to whom must not grow unawares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import admissions
from .admission import is_covered
from .admissions import Held
from .finding import Finding
from .plan import Change, Kind, Plan

TYPES = (*admissions.RULES, admissions.OLD_RULE, *admissions.GROUPS)


def security_groups_admit_no_more(plan: Plan) -> Iterator[Finding]:
    """Object to each change through which a group that is there already admits more than it does now.

    The rules of a group are taken together: one that is moved to another resource, or that another covers, adds
    nothing. A group that the plan makes is no widening, nor are its rules.
    """
    held = list(admissions.before(plan))
    wider: dict[str, tuple[Change, list[Held]]] = {}
    for one in admissions.after(plan):
        if one.change.kind is Kind.KEPT or (one.group and plan.is_new(one.group)):
            continue
        if not is_covered(one.admission, _of_group(held, one)):
            wider.setdefault(one.change.address, (one.change, []))[1].append(one)
    for change, found in wider.values():
        yield _finding(change, found)
    yield from _unreadable(plan)


def _of_group(held: Iterable[Held], one: Held) -> Iterator[admissions.Admission]:
    return (
        other.admission
        for other in held
        if other.group == one.group or (not one.group and other.change.address == one.change.address)
    )


def _unreadable(plan: Plan) -> Iterator[Finding]:
    """Blocks and ports that are known only after the apply cannot be compared."""
    for change in plan.of_types(*TYPES):
        if change.kind in (Kind.CHANGED, Kind.REPLACED):
            hidden = [name for name in _COMPARED if change.is_unknown(name) and plan.is_configured(change, name)]
            if hidden:
                yield _finding(change, [], f"{', '.join(hidden)} is known only after the apply")


_COMPARED = ("ingress", "egress", "cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_id",
             "prefix_list_ids", "from_port", "to_port", "ip_protocol", "protocol")  # fmt: skip


def _finding(change: Change, found: list[Held], what: str = "") -> Finding:
    is_sensitive = any(change.is_sensitive(name) for name in {*change.before, *change.after})
    more = "more, in a value that must not be shown" if is_sensitive else ", ".join(str(one.admission) for one in found)
    group = f" ({found[0].group})" if found and found[0].group != change.address else ""
    return Finding(
        address=change.address,
        rule="security-group",
        what=what or f"the security group{group} lets more through: {more}",
        why="the groups keep users away from the test listener, and everybody else away from tasks and endpoints",
        instead="name the narrowest peer and port that will do; allow the address if this is what you mean",
    )
