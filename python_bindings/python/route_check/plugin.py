"""pytest plugin: every route of a check list becomes a test that runs the release hook's logic against a URL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from route_check import CheckListError, check_routes
from route_check._native import validate_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options; without them the plugin does nothing."""
    group = parser.getgroup("route-check", "routes checked as the release hook checks them")
    group.addoption("--route-check-url", metavar="URL", help="where the routes are: http[s]://host[:port][/prefix]")
    group.addoption("--route-check-list", metavar="FILE", help="JSON check list; each route is a test")
    group.addoption(
        "--route-check-task-definition", metavar="FAMILY:REVISION", help="revision that every answer must carry"
    )
    group.addoption(
        "--route-check-budget", metavar="SECONDS", type=float, default=30.0, help="time for each route (default 30)"
    )
    parser.addini("route_check_list", "JSON check list, where --route-check-list names none")


def pytest_configure(config: pytest.Config) -> None:
    """Collects the check list like any other file, after reading all options once: what is wrong stops the run."""
    if config.getoption("route_check_url") is None:
        if config.getoption("route_check_list") is not None:
            raise pytest.UsageError("--route-check-list needs --route-check-url: where the routes are")
        return
    path = _check_list(config)
    _validate(config, path)
    if path not in [Path(argument.partition("::")[0]).resolve() for argument in config.args]:
        config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RouteCheckList | None:
    """Takes the check list, and leaves every other file alone."""
    if parent.config.getoption("route_check_url") is None or file_path != _check_list(parent.config):
        return None
    return RouteCheckList.from_parent(parent, path=file_path)


class RouteCheckList(pytest.File):
    """The check list that is to be checked."""

    def collect(self) -> Iterator[RouteItem]:
        """Yields a test for every route, in the order of the list; what is named alike is numbered."""
        names: list[str] = []
        for check in json.loads(self.path.read_text(encoding="utf-8")):
            name = check.get("name") or f"{check.get('method') or 'GET'} {check['path']}"
            names.append(name)
            count = names.count(name)
            yield RouteItem.from_parent(self, name=name if count == 1 else f"{name} #{count}", check=check)


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
            option("route_check_task_definition"),
            option("route_check_budget"),
        )
        if not verdict.passed:
            pytest.fail(verdict.reason, pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Names the route where pytest would name a function."""
        return self.path, None, f"route {self.name}"


def _check_list(config: pytest.Config) -> Path:
    """The option's file is found from where pytest was started, the setting's from pytest's root folder."""
    option, setting = config.getoption("route_check_list"), config.getini("route_check_list")
    if option is not None:
        return (config.invocation_params.dir / option).resolve()
    if setting:
        return (config.rootpath / setting).resolve()
    message = "--route-check-url needs a check list: --route-check-list FILE, or route_check_list in pytest's settings"
    raise pytest.UsageError(message)


def _validate(config: pytest.Config, path: Path) -> None:
    option = config.getoption
    try:
        text = path.read_text(encoding="utf-8")
        validate_call(
            option("route_check_url"), text, option("route_check_task_definition"), option("route_check_budget")
        )
    except OSError as error:
        raise pytest.UsageError(f"--route-check-list: {path}: {error.strerror}") from error
    except (CheckListError, UnicodeError) as error:
        raise pytest.UsageError(f"--route-check-list: {path.name}: {error}") from error
    except ValueError as error:
        field, _, found = str(error).removeprefix("expected_").partition(": ")
        raise pytest.UsageError(f"--route-check-{field.replace('_', '-')}: {found}") from error
