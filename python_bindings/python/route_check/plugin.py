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
    """Adds the options; without them the plugin does nothing."""
    group = parser.getgroup("route-check", "routes checked as the release hook checks them")
    group.addoption("--route-check-url", metavar="URL", help="where the routes are: http://host[:port][/prefix]")
    group.addoption("--route-check-list", metavar="FILE", help="JSON check list; each route is a test")
    group.addoption(
        "--route-check-task-definition", metavar="FAMILY:REVISION", help="revision that every answer must carry"
    )
    group.addoption(
        "--route-check-budget", metavar="SECONDS", type=float, default=30.0, help="time for each route (default 30)"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collects the check list like any other file, after reading it once: what is wrong with it stops the run."""
    url, path = config.getoption("route_check_url"), config.getoption("route_check_list")
    if (url is None) != (path is None):
        raise pytest.UsageError("--route-check-url and --route-check-list go together: found only one of them")
    if path is not None:
        _read(_check_list(config))
        config.args.append(str(_check_list(config)))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RouteCheckList | None:
    """Takes the check list, and leaves every other file alone."""
    if parent.config.getoption("route_check_list") is None or file_path != _check_list(parent.config):
        return None
    return RouteCheckList.from_parent(parent, path=file_path)


class RouteCheckList(pytest.File):
    """The check list that --route-check-list names."""

    def collect(self) -> Iterator[RouteItem]:
        """Yields a test for every route, in the order of the list."""
        for check in _read(self.path):
            yield RouteItem.from_parent(self, name=_test_id(check), check=check)


class RouteItem(pytest.Item):
    """One route as a test."""

    def __init__(self, *, check: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._check = check

    def runtest(self) -> None:
        """Fails with the hook's reason."""
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
        """Names the route where pytest would name a function."""
        return self.path, None, f"route {self.name}"


def _check_list(config: pytest.Config) -> Path:
    return (config.invocation_params.dir / config.getoption("route_check_list")).resolve()


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        validate(text)
    except (OSError, CheckListError) as error:
        raise pytest.UsageError(f"--route-check-list: {path.name}: {error}") from error
    return json.loads(text)


def _test_id(check: Mapping[str, Any]) -> str:
    return check.get("name") or f"{check.get('method', 'GET')} {check['path']}"
