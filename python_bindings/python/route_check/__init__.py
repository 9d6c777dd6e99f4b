"""Checks HTTP routes and proves which ECS task definition answered, with exactly the release hook's logic."""

from route_check._native import CheckListError, check_routes, validate
from route_check.asynchronous import check_routes_async
from route_check.results import RouteResult, Verdict

__all__ = ["CheckListError", "RouteResult", "Verdict", "check_routes", "check_routes_async", "validate"]
