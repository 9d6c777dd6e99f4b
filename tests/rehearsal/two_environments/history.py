"""Two environments from an empty account to an empty account.

Terraform waits more than a minute for a load balancer, so one history is played and each test reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from botocore.exceptions import ClientError

from bluegreen.rehearsal import inventory

from . import production, shop
from .account import FOUNDATION, NAMES, PRODUCTION, Account, in_both


@dataclass(frozen=True, kw_only=True)
class History:
    """What each step came to, in the order of the steps. A plan is what it would change."""

    added: dict[str, int]
    held: frozenset[str]
    planned_at_first: dict[str, tuple[str, ...]]
    production: production.History
    shop: shop.History
    planned_after_releases: dict[str, tuple[str, ...]]
    guarded: tuple[int, str]
    refused: str
    planned_to_lift: tuple[str, ...]
    destroyed: dict[str, int]
    left: frozenset[str]


def play(account: Account, eventually: Callable[..., None]) -> History:
    """Go through it all."""
    account.prepare()
    before = inventory.take(account.stage.client)
    added = _apply(account)
    held = inventory.take(account.stage.client) - before
    first = _plan(account)
    of_production, of_shop = _release(account, eventually)
    after = _plan(account)
    guarded = account.run("-m", "bluegreen.destroy_guard", PRODUCTION)
    refused = _refusal(account)
    account.lift_protection()
    lifting = account.terraform(PRODUCTION).plan()
    account.terraform(PRODUCTION).apply()
    destroyed = in_both(lambda name: account.terraform(name).destroy())
    account.terraform(FOUNDATION).destroy()
    return History(
        added=added,
        held=held,
        planned_at_first=first,
        production=of_production,
        shop=of_shop,
        planned_after_releases=after,
        guarded=guarded,
        refused=refused,
        planned_to_lift=lifting,
        destroyed=destroyed,
        left=inventory.take(account.stage.client) - before,
    )


def _apply(account: Account) -> dict[str, int]:
    account.synthesize()
    foundation = account.terraform(FOUNDATION)
    foundation.init()
    foundation.apply()
    account.push()
    for name in NAMES:
        account.terraform(name).init()
    return in_both(lambda name: account.terraform(name).apply())


def _plan(account: Account) -> dict[str, tuple[str, ...]]:
    return in_both(lambda name: account.terraform(name).plan())


def _release(account: Account, eventually: Callable[..., None]) -> tuple[production.History, shop.History]:
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(shop.Shop(account).play)
        return production.Production(account, eventually).play(), beside.result()


def _refusal(account: Account) -> str:
    """Return what AWS says to whoever deletes the load balancer all the same."""
    elbv2 = account.stage.client("elbv2")
    (balancer,) = elbv2.describe_load_balancers(Names=[f"{PRODUCTION}-cluster-alb"])["LoadBalancers"]
    try:
        elbv2.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
    except ClientError as error:
        return str(error)
    return "deleted"
