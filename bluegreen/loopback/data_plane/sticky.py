"""Visitors who stay: with a target group (AWSALBTG), and within it with a target (AWSALB).

An action with stickiness has one more server for each of its groups, behind the listener: it alone knows which group
was drawn, and sets the group's cookie. A target's cookie is Caddy's own, over the turns of the group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import turns
from .views import Forward, Share

GROUP_COOKIE, TARGET_COOKIE = "AWSALBTG", "AWSALB"
# The listener's record of the request would name the server in between as the target.
NOT_LOGGED = {"handler": "vars", "log_skip": True}


def is_sticky(action: Forward, seconds: Mapping[str, int]) -> bool:
    """Whether the action keeps its visitors; `seconds` are the target groups' own durations of stickiness."""
    return action.sticky_seconds is not None or any(share.target_group in seconds for share in action.shares)


def socket_of(action: str, share: Share) -> str:
    """Return where a group of an action is served."""
    return f"unix/{turns_of(action, share)}.sock"


def turns_of(action: str, share: Share) -> str:
    """Return the name of the turns within a group of an action."""
    return f"{action}-{_token(share)}"


def order(targets: Sequence[str]) -> tuple[str, ...]:
    """Return a target for each turn, such that a turn keeps its target while that is there (highest random weight).

    A target that is new takes its part of the turns, and so of the visitors.
    """
    return tuple(max(targets, key=lambda target: _weight(turn, target)) for turn in range(turns.TURNS))


def handler(name: str, action: Forward, proxy: Callable[[list[dict[str, str]]], dict[str, Any]]) -> dict[str, Any]:
    """Return the listener's handler: visitors with a group's cookie go there, others by weight.

    `proxy` makes the handler that forwards to upstreams.
    """
    kept = [
        {
            "match": [{"header_regexp": {"Cookie": {"pattern": rf"(?:^|;\s*){GROUP_COOKIE}={_token(share)}(?:;|$)"}}}],
            "handle": [NOT_LOGGED, proxy([{"dial": socket_of(name, share)}])],
            "terminal": True,
        }
        for share in action.shares
        if action.sticky_seconds is not None
    ]
    return {"handler": "subroute", "routes": [*kept, {"handle": [NOT_LOGGED, proxy(turns.upstreams(name))]}]}


def selection(share: Share, seconds: Mapping[str, int]) -> dict[str, Any]:
    """Return how a target of the group is chosen."""
    robin = {"policy": "round_robin"}
    if share.target_group not in seconds:
        return robin
    return {
        "policy": "cookie",
        "name": TARGET_COOKIE,
        "max_age": f"{seconds[share.target_group]}s",
        "fallback": robin,
    }


def cookies(action: Forward, share: Share) -> dict[str, Any]:
    """Return the header operations that set the group's cookies, anew with each answer as an ALB does."""
    if action.sticky_seconds is None:
        return {}
    value = f"={_token(share)}; Max-Age={action.sticky_seconds}; Path=/"
    both = [f"{GROUP_COOKIE}{value}", f"{GROUP_COOKIE}CORS{value}; SameSite=None; Secure"]
    return {"add": {"Set-Cookie": both}}


def _token(share: Share) -> str:
    return hashlib.sha256(share.target_group.encode()).hexdigest()[:16]


def _weight(turn: int, target: str) -> bytes:
    return hashlib.sha256(f"{turn} {target}".encode()).digest()
