"""The shipped production and an environment with two services, for real, side by side in one account."""

from __future__ import annotations

import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import Stage
from tests.loopback.conftest import eventually  # noqa: F401 - a fixture

from .account import NAMES, PRODUCTION, Account, load, write_project
from .history import History, play

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    """An account on the loopback; its folder's path is short, as Terraform's sockets lie below."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = {number: signal.getsignal(number) for number in signals}
    with tempfile.TemporaryDirectory(prefix="bg-") as folder:
        project = write_project(Path(folder))
        with Stage(load(project, PRODUCTION), minute="2s", project=project) as stage:
            yield Account(stage, Narrator())
    # The stage, which is made for a command, has turned them off.
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def history(account: Account, eventually: Callable[..., None]) -> History:  # noqa: F811 - the fixture
    return play(account, eventually)


def weights(lines: tuple[str, ...], revision: str) -> list[int]:
    """Return the shares of traffic, in percent, that `bluegreen` said a revision had."""
    found = (re.search(rf"\btraffic .*{revision} (\d+) %", line) for line in lines)
    return [int(match[1]) for match in found if match]


def test_both_environments_are_applied_at_once_without_a_clash(history: History) -> None:
    assert set(history.added) == set(NAMES)
    assert all(count > 60 for count in history.added.values()), history.added


@pytest.mark.parametrize(
    "kept",
    [
        "ec2:fl-",
        "s3:prod-rehearsed-alb-logs-",
        "application-autoscaling:service/prod-rehearsed-cluster/prod-rehearsed-service",
        "codedeploy:prod-rehearsed-Canary10Percent10Minutes",
        "apigatewayv2:shop.example.com",
        "ssm:/bluegreen/shop/billing/release-target",
    ],
)
def test_the_inventory_sees_what_only_these_environments_have(history: History, kept: str) -> None:
    assert [one for one in history.held if one.startswith(kept)]


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_clean_after_the_apply(history: History, name: str) -> None:
    assert history.planned_at_first[name] == ()


def test_a_canary_release_is_proved_by_the_hook_and_then_moves_in_two_steps(history: History) -> None:
    production = history.production
    assert production.good.code == 0, production.good.text
    assert production.good.line_with("hook verdict", "proved", production.good_revision)
    assert weights(production.good.lines, production.good_revision) == [0, 10, 100]
    assert production.tasks == 2


def test_no_visitor_of_the_canary_release_is_dropped(history: History) -> None:
    production = history.production
    assert len(production.visits_of_good) > 500
    assert [visit for visit in production.visits_of_good if visit.dropped] == []
    assert {visit.task_definition for visit in production.visits_of_good} == {
        production.first,
        production.good_revision,
    }


def test_errors_that_the_hook_does_not_look_for_turn_an_alarm_red_which_takes_the_release_back(
    history: History,
) -> None:
    production = history.production
    assert production.bad.code == 1, production.bad.text
    assert production.bad.line_with("hook verdict", "Succeeded", "proved"), production.bad.text
    reason = production.bad.line_with("reason:")
    assert re.search(rf"{PRODUCTION}-(blue|green)-5xx: .* was \d+ .*red when at least 5", reason), production.bad.text
    assert production.bad.line_with("rolled back by", "Succeeded"), production.bad.text
    assert production.back == production.good_revision
    assert production.answer == '{"key":"route_one from Blue"}'


def test_only_the_canary_s_share_of_visitors_meets_the_errors(history: History) -> None:
    visits = history.production.visits_of_bad
    unhappy = [visit for visit in visits if visit.dropped]
    assert {visit.status for visit in unhappy} == {500}
    assert 0 < len(unhappy) < len(visits) / 5
    assert not visits[-1].dropped


def test_a_release_of_one_service_leaves_the_other_as_it_was(history: History) -> None:
    shop = history.shop
    assert shop.alone.code == 0, shop.alone.text
    assert len(shop.billing_before.alarms) == 7
    assert shop.billing_after == shop.billing_before
    assert shop.orders_after.task_sets != shop.orders_before.task_sets
    assert shop.orders_after.listeners != shop.orders_before.listeners


@pytest.mark.parametrize("service", ["orders", "billing"])
def test_both_services_are_released_at_the_same_time(history: History, service: str) -> None:
    outcome = history.shop.together[service]
    assert outcome.code == 0, outcome.text
    assert outcome.line_with("hook verdict", "proved", f"shop-{service}:")


def test_each_service_answers_its_own_routes_the_one_with_a_secret_as_that_says_since_the_release(
    history: History,
) -> None:
    assert history.shop.answers == {
        "/one": '{"key":"route_one from Green"}',
        "/two": '{"key":"route_two from Violet"}',
        "/three": '{"key":"route_three from Violet"}',
    }


@pytest.mark.parametrize(("path", "service"), [("/one", "orders"), ("/two", "billing")])
def test_no_visitor_of_the_shop_is_dropped_or_led_to_the_other_service(
    history: History, path: str, service: str
) -> None:
    visits = history.shop.visits[path]
    assert len(visits) > 100
    assert [visit for visit in visits if visit.dropped] == []
    assert {(visit.task_definition or "").partition(":")[0] for visit in visits} == {f"shop-{service}"}


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_clean_after_all_releases(history: History, name: str) -> None:
    assert history.planned_after_releases[name] == ()


def test_production_is_not_destroyed_before_its_protection_is_lifted(history: History) -> None:
    code, said = history.guarded
    assert code == 2
    assert "prod-rehearsed is protected" in said
    assert "OperationNotPermitted" in history.refused
    (change,) = history.planned_to_lift
    assert change.startswith("update aws_lb.")


def test_all_that_was_made_is_destroyed_and_nothing_is_left(history: History) -> None:
    assert history.destroyed == history.added
    assert history.left == frozenset()
