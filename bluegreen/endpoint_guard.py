"""Keeps a rehearsal on the loopback: a rehearsal environment never talks to a real account.

`python -m bluegreen.endpoint_guard ENVIRONMENT` judges this process's variables, for scripts.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from . import guard_program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .settings import Settings

ENDPOINT = "AWS_ENDPOINT_URL"
IGNORED = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"


class EndpointError(Exception):
    """The endpoint does not belong to the environment."""


def check(settings: Settings, environ: Mapping[str, str]) -> None:
    """Refuse to go on when a rehearsal environment could reach AWS.

    Every variable that botocore reads counts: one service's own endpoint outranks the common one.

    Raises:
        EndpointError: one line that names the environment, the variable and what it holds.
    """
    if not settings.rehearsal:
        return
    if not environ.get(ENDPOINT):
        raise EndpointError(
            f"{settings.name} is a rehearsal environment and AWS is none of its business: "
            f"set {ENDPOINT} to the loopback's address, or name another environment"
        )
    if environ.get(IGNORED, "").lower() == "true":
        raise EndpointError(f"{settings.name} is a rehearsal environment, but {IGNORED} would lead it to AWS: unset it")
    for variable, url in sorted(environ.items()):
        if variable.startswith(ENDPOINT) and not _is_loopback(url):
            raise EndpointError(
                f"{settings.name} is a rehearsal environment, but {variable} is {url}: "
                "only an address in 127.0.0.0/8 is allowed"
            )


def _is_loopback(url: str) -> bool:
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "") in ipaddress.ip_network("127.0.0.0/8")
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(guard_program.run(lambda settings: check(settings, os.environ), EndpointError, sys.argv[1:]))
