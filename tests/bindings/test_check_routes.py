"""check_routes runs the hook's checks against a real server."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import signal
import time
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING

import pytest
from route_check import CheckListError, check_routes

if TYPE_CHECKING:
    from .conftest import Routes

ONE = {"path": "/one", "body": {"pointer": "/key", "equals": "route_one from Blue"}}


def test_routes_that_answer_as_expected_pass(routes: Routes) -> None:
    verdict = check_routes(routes.url, [ONE, {"path": "/two"}])
    assert verdict.passed
    assert verdict.reason == ""
    assert [route.path for route in verdict.routes] == ["/one", "/two"]
    assert verdict.routes[0].attempts == 6, "once, and five rounds to confirm"


def test_the_list_may_be_json_text(routes: Routes) -> None:
    assert check_routes(routes.url, json.dumps([ONE])).passed


def test_a_failure_says_what_was_expected_and_what_came(routes: Routes) -> None:
    routes.status["/one"] = 500
    verdict = check_routes(routes.url, [ONE, {"path": "/two"}], budget=0.2)
    assert not verdict.passed
    assert verdict.reason == "/one: expected status 200, got status 500"
    failed, passed = verdict.routes
    assert (failed.expected, failed.got, failed.passed, passed.passed) == ("status 200", "status 500", False, True)
    assert failed.attempts > 1


def test_another_revision_fails_and_both_are_named(routes: Routes) -> None:
    routes.task_definition = "rust-blue-green:3"
    verdict = check_routes(routes.url, [ONE], expected_task_definition="rust-blue-green:5", budget=0.2)
    assert verdict.reason == "/one: answered by rust-blue-green:3, but rust-blue-green:5 is under deployment"
    assert verdict.routes[0].task_definition == "rust-blue-green:3"


def test_the_expected_revision_passes(routes: Routes) -> None:
    routes.task_definition = "rust-blue-green:5"
    assert check_routes(routes.url, [ONE], expected_task_definition="rust-blue-green:5").passed


def test_results_are_frozen_values(routes: Routes) -> None:
    verdict = check_routes(routes.url, [ONE])
    for frozen in (verdict, verdict.routes[0]):
        with pytest.raises(AttributeError):
            setattr(frozen, "passed", False)  # noqa: B010 - a type checker would refuse the plain assignment
        assert pickle.loads(pickle.dumps(frozen)) == frozen  # noqa: S301 - our own
        assert len({frozen, dataclasses.replace(frozen)}) == 1
    assert verdict.routes[0] != check_routes(routes.url, [{"path": "/two"}]).routes[0]
    assert json.loads(json.dumps(dataclasses.asdict(verdict)))["routes"][0]["url"] == f"{routes.url}/one"


def test_a_repr_tells_what_happened(routes: Routes) -> None:
    verdict = check_routes(routes.url, [ONE])
    assert repr(verdict).startswith("<Verdict passed, routes=1, milliseconds=")
    routes.status["/one"] = 404
    failed = check_routes(routes.url, [ONE], budget=0.05)
    assert "failed, reason='/one: expected status 200, got status 404'" in repr(failed)
    assert f"GET {routes.url}/one failed" in repr(failed.routes[0])


def test_other_threads_run_while_routes_are_checked(routes: Routes) -> None:
    routes.hold = Event()
    # The answer is held until this very interpreter's other thread lets it go.
    Thread(target=routes.hold.set).start()
    assert check_routes(routes.url, [ONE]).passed


def test_ctrl_c_does_not_wait_for_the_budget(routes: Routes) -> None:
    routes.hold = Event()
    started = time.monotonic()
    Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        check_routes(routes.url, [{"path": "/one", "timeout_ms": 60000}], budget=60)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("budget", [0, -1, float("nan"), float("inf")])
def test_a_budget_that_is_none_is_refused(routes: Routes, budget: float) -> None:
    with pytest.raises(ValueError, match=r"^budget: found"):
        check_routes(routes.url, [ONE], budget=budget)


@pytest.mark.parametrize("name", ["", "rust-blue-green", "rust-blue-green:", ":5", "a:b:5", "task-definition/web:5"])
def test_a_task_definition_that_no_answer_could_carry_is_refused(routes: Routes, name: str) -> None:
    with pytest.raises(ValueError, match=r"^expected_task_definition: found .* allowed: family:revision"):
        check_routes(routes.url, [ONE], name)


def test_a_url_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match='url: found "alb:8080"'):
        check_routes("alb:8080", [ONE])


def test_a_bad_list_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(CheckListError, match="check 0"):
        check_routes("http://127.0.0.1:1", [{}])
