"""Whose turn it is: weights as an even, repeating order of targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import gcd, lcm

NO_TARGET = ""


def schedule(shares: Sequence[tuple[str, int]], targets: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the order in which requests are handed out; repeated for ever, it has exactly the weights.

    Each share is a target group and its weight. A group without a target keeps its turns, as `NO_TARGET`: a request
    drawn for it gets 503 even when another group could serve it (ELB user guide, "listeners"). Empty when every
    weight is zero.
    """
    turns = [(group, weight) for group, weight in shares if weight > 0]
    if not turns:
        return []
    common = gcd(*(weight for _, weight in turns))
    order = _interleave([(group, weight // common) for group, weight in turns])
    members = {group: list(targets.get(group) or [NO_TARGET]) for group, _ in turns}
    # Every group must have come round a whole number of times, or its targets would not share evenly.
    rounds = lcm(*(len(names) // gcd(len(names), order.count(group)) for group, names in members.items()))
    drawn = dict.fromkeys(members, 0)
    result = []
    for group in order * rounds:
        names = members[group]
        result.append(names[drawn[group] % len(names)])
        drawn[group] += 1
    return result


def _interleave(turns: Sequence[tuple[str, int]]) -> list[str]:
    """Smooth weighted round robin: the group that is furthest behind its share goes next."""
    total = sum(weight for _, weight in turns)
    credit = [0] * len(turns)
    order = []
    for _ in range(total):
        credit = [have + weight for have, (_, weight) in zip(credit, turns, strict=True)]
        chosen = credit.index(max(credit))
        credit[chosen] -= total
        order.append(turns[chosen][0])
    return order
