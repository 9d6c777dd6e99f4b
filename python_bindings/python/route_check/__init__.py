"""Checks HTTP routes and proves which ECS task definition answered, with exactly the release hook's logic."""

from route_check._native import CheckListError, RouteResult, Verdict, check_routes, validate

__all__ = ["CheckListError", "RouteResult", "Verdict", "check_routes", "validate"]
