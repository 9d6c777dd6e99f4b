"""The services that are more here than they are in moto."""

from __future__ import annotations

import importlib
import importlib.util

NAMES = ("ecs", "elbv2", "apigatewayv2", "awslambda", "codedeploy")


def install() -> None:
    """Put each service's backend in the place of moto's; to be called before the first request."""
    for name in NAMES:
        if importlib.util.find_spec(f"{__package__}.{name}"):
            package = importlib.import_module(f"{__package__}.{name}")
            getattr(package, "install", lambda: None)()
