"""What happens in the shop: a release of one service, then of both at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bluegreen.rehearsal.cast import BLUE, GREEN, Version
from bluegreen.rehearsal.command_line import CommandLine, Outcome
from bluegreen.rehearsal.live import Live
from bluegreen.rehearsal.visitors import Visitors
from bluegreen.rehearsal.visits import Visits

from .account import SHOP, Account, at_once

RATE = 20


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """What a service has for itself, at one moment."""

    listeners: tuple[Any, ...]
    task_sets: tuple[tuple[str, str, str], ...]
    alarms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """Of the releases, by service; of the visits, by path."""

    alone: Outcome
    billing_before: Belongings
    billing_after: Belongings
    orders_before: Belongings
    orders_after: Belongings
    together: dict[str, Outcome]
    answers: dict[str, str]
    visits: dict[str, Visits]


class Service:
    """One of the two."""

    def __init__(self, account: Account, name: str) -> None:
        (settings,) = (one for one in account.services(SHOP) if one.service_name == name)
        self._client, self._prefix = account.stage.client, settings.prefix
        self.live = Live.of(account.stage, settings)
        self._command = CommandLine(account.stage, account.tell, self.live.target)

    def release(self, version: Version) -> Outcome:
        return self._command.deploy(version).wait()

    def belongings(self) -> Belongings:
        target = self.live.target
        listeners = self._client("elbv2").describe_listeners(
            ListenerArns=[target.production_listener, target.test_listener]
        )["Listeners"]
        described = self._client("ecs").describe_services(cluster=target.cluster, services=[target.service])
        alarms = self._client("cloudwatch").describe_alarms(AlarmNamePrefix=f"{self._prefix}-")["MetricAlarms"]
        sets = described["services"][0]["taskSets"]
        return Belongings(
            listeners=tuple(listener["DefaultActions"] for listener in listeners),
            task_sets=tuple((one["id"], one["status"], one["taskDefinition"]) for one in sets),
            alarms=tuple((one["AlarmName"], one["StateValue"]) for one in alarms),
        )


class Shop:
    """The environment with visitors before it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._orders, self._billing = Service(account, "orders"), Service(account, "billing")

    def play(self) -> History:
        url = self._orders.live.url
        visitors = {path: Visitors(url + path, rate=RATE) for path in ("/one", "/two")}
        self._orders.live.get("/one", expected=GREEN.key)
        self._billing.live.get("/two", expected="Amber")
        for each in visitors.values():
            each.start()
        billing, orders = self._billing.belongings(), self._orders.belongings()
        alone = self._orders.release(BLUE)
        after = self._billing.belongings(), self._orders.belongings()
        self._account.keep_secret("/shop/color", "Violet")
        together = at_once(lambda: self._orders.release(GREEN), lambda: self._billing.release(BLUE))
        return History(
            alone=alone,
            billing_before=billing,
            billing_after=after[0],
            orders_before=orders,
            orders_after=after[1],
            together=dict(zip(("orders", "billing"), together, strict=True)),
            answers={path: self._orders.live.get(path, expected="route") for path in ("/one", "/two", "/three")},
            visits={path: each.stop() for path, each in visitors.items()},
        )
