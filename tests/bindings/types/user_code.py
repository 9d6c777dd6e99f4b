"""What a user may write with every public name; a strict type checker reads it, and nothing runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import assert_type

from route_check import CheckListError, RouteResult, Verdict, check_routes, check_routes_async, validate

CHECKS = [{"path": "/one", "body": {"pointer": "/key", "equals": 1}}, {"name": "second", "path": "/two", "status": 201}]


def reasons(url: str) -> list[str]:
    try:
        validate(CHECKS)
        validate('[{"path": "/"}]')
        verdict = check_routes(url, CHECKS, "web:5", 10)
    except CheckListError as error:
        raise ValueError(str(error)) from error
    assert_type(verdict, Verdict)
    assert_type(verdict.routes, tuple[RouteResult, ...])
    assert_type((verdict.passed, verdict.reason, verdict.milliseconds), tuple[bool, str, int])
    return [told(route) for route in verdict.routes]


def told(route: RouteResult) -> str:
    words: tuple[str, ...] = (route.method, route.path, route.url, route.expected, route.got, route.reason)
    assert_type((route.name, route.task_definition), tuple[str | None, str | None])
    assert_type((route.passed, route.attempts, route.milliseconds), tuple[bool, int, int])
    return " ".join(words) + str(asdict(route)) + str({route: hash(route)})


async def both(urls: Sequence[str]) -> bool:
    calls = (check_routes_async(url, CHECKS, expected_task_definition=None, budget=2.5) for url in urls)
    verdicts = await asyncio.gather(*calls)
    assert_type(verdicts, list[Verdict])
    return all(verdict.passed for verdict in verdicts)
