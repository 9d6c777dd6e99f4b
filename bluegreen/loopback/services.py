"""The services that are more here than they are in moto."""

from __future__ import annotations

import importlib
import importlib.util

from moto.core.base_backend import BackendDict

NAMES = ("ec2", "ecs", "elbv2", "apigatewayv2", "awslambda", "codedeploy")


def install() -> None:
    """Empty the account, and put each service's backend in the place of moto's."""
    _forget()
    for name in NAMES:
        if importlib.util.find_spec(f"{__package__}.{name}"):
            package = importlib.import_module(f"{__package__}.{name}")
            getattr(package, "install", lambda: None)()


def _forget() -> None:
    """Drop what an earlier loopback of this process left in moto's tables."""
    # moto's own reset would start each old backend anew, on the machine of now.
    used: list[BackendDict] = vars(BackendDict)["_instances"]
    for backends in used:
        backends.clear()
    used.clear()
