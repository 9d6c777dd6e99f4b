"""Keeps a protected environment from a destroy: the protection is lifted first, in a step of its own.

`python -m bluegreen.destroy_guard ENVIRONMENT` says whether `make destroy` may go on.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import guard_program

if TYPE_CHECKING:
    from .settings import Settings


class ProtectedError(Exception):
    """The environment is protected from being destroyed; one line that says how to lift that."""


def check(settings: Settings) -> None:
    """Refuse an environment with a load balancer under deletion protection.

    AWS refuses to delete that load balancer in any case; by then a destroy has taken much else away.

    Raises:
        ProtectedError: it names the setting and the steps.
    """
    if any(service.load_balancer.deletion_protection for service in settings.of_services()):
        raise ProtectedError(
            f"{settings.name} is protected: load_balancer.deletion_protection is true. To destroy it all the same, set "
            f"it to false in environments/{settings.name}.toml, run `make deploy ENV={settings.name}`, and destroy then"
        )


if __name__ == "__main__":
    sys.exit(guard_program.run(check, ProtectedError, sys.argv[1:]))
