"""pytest plugin: every route of a check list becomes a test that runs the release hook's logic against a URL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from route_check import CheckListError, check_routes, validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("route-check", "routes checked as the release hook checks them")
    group.addoption("--route-check-url", metavar="URL", help="where the routes are: http://host[:port][/prefix]")
    group.addoption("--route-check-list", metavar="FILE", type=Path, help="JSON check list; each route is a test")
    group.addoption(
        "--route-check-task-definition", metavar="FAMILY:REVISION", help="revision that every answer must carry"
    )
    group.addoption(
        "--route-check-budget", metavar="SECONDS", type=float, default=30.0, help="time for each route (default 30)"
    )


def pytest_configure(config: pytest.Config) -> None:
    url, check_list = config.getoption("route_check_url"), config.getoption("route_check_list")
    if (url is None) != (check_list is None):
        raise pytest.UsageError("--route-check-url and --route-check-list go together: found only one of them")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Adds the routes to whatever else was collected, so that they obey -k and the like."""
    if session.config.getoption("route_check_list") is not None:
        session.config.pluginmanager.register(_Collection(session), "route-check-collection")
    return (yield)


class _Collection:
    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.extend(RouteCheckList.from_parent(self._session, name="route-check").collect())


class RouteCheckList(pytest.Collector):
    """The check list that --route-check-list names."""

    def collect(self) -> Iterator[RouteItem]:
        for check in _read(self.config.getoption("route_check_list")):
            yield RouteItem.from_parent(self, name=_test_id(check), check=check)


class RouteItem(pytest.Item):
    """One route as a test."""

    def __init__(self, *, check: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._check = check

    def runtest(self) -> None:
        option = self.config.getoption
        verdict = check_routes(
            option("route_check_url"),
            [self._check],
            expected_task_definition=option("route_check_task_definition"),
            budget=option("route_check_budget"),
        )
        if not verdict.passed:
            pytest.fail(verdict.reason, pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.config.getoption("route_check_list"), None, f"route {self.name}"


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        validate(text)
    except (OSError, CheckListError) as error:
        raise pytest.UsageError(f"--route-check-list {path}: {error}") from error
    return json.loads(text)


def _test_id(check: Mapping[str, Any]) -> str:
    return check.get("name") or f"{check.get('method', 'GET')} {check['path']}"
