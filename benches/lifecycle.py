"""What the engine adds of its own to each lifecycle event of a release, on a loopback with every part real.

No hook is given, nothing is shifted in steps and nothing is waited for, so the time from the end of one event to the
end of the next is the engine's own, with the calls to the load balancer that the event consists of. Install is left out
because the engine waits in it for ECS to have the tasks ready. The reference is such a call made by a client.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

from .account import Account
from .figure import Figure
from .server import loopback

RELEASES = 5
LIMIT = 0.05
WAITS = ("Install",)


def measure() -> Figure:
    """Release several times, and after each change a listener as often as a client does."""
    with loopback(minute="500ms") as endpoint:
        account = Account(endpoint)
        own, reference = [], []
        for _ in range(RELEASES):
            events = _own(account.release())
            own += events
            reference += [_change(account) for _ in events]
    return Figure(
        what="engine: its own time per lifecycle event (no hooks, Install left out)",
        values=own,
        reference="one ModifyListener call by a client",
        reference_values=reference,
        limit=LIMIT,
    )


def _own(events: list[dict[str, Any]]) -> list[float]:
    return [
        (event["endTime"] - before["endTime"]).total_seconds()
        for before, event in pairwise(events)
        if event["lifecycleEventName"] not in WAITS
    ]


def _change(account: Account) -> float:
    """Write the listener anew as it is, the way the engine does."""
    (listener,) = account.elb.describe_listeners(ListenerArns=[account.listener])["Listeners"]
    groups = listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]
    turned = [{**group, "Weight": 100 - group["Weight"]} for group in groups]
    started = time.monotonic()
    action = {"Type": "forward", "ForwardConfig": {"TargetGroups": turned}}
    account.elb.modify_listener(ListenerArn=account.listener, DefaultActions=[action])
    return time.monotonic() - started
