"""Keeps rehearsals and accounts apart: a rehearsal never talks to AWS, any other environment never to a loopback.

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
    """Refuse to go on when a rehearsal environment could reach AWS, or any other one a loopback.

    Raises:
        EndpointError: one line that names the environment, the variable and what it holds.
    """
    check_named(settings.name, environ, rehearsal=settings.rehearsal)


def check_named(name: str, environ: Mapping[str, str], *, rehearsal: bool) -> None:
    """Do the same for an environment that has no settings here.

    Every variable that botocore reads counts: one service's own endpoint outranks the common one.

    Raises:
        EndpointError: as `check`.
    """
    given = {variable: url for variable, url in sorted(environ.items()) if variable.startswith(ENDPOINT)}
    if not rehearsal:
        for variable, url in given.items():
            check_url(name, url, variable, rehearsal=False)
        return
    if not given.get(ENDPOINT):
        raise EndpointError(
            f"{name} is a rehearsal environment and AWS is none of its business: "
            f"set {ENDPOINT} to the loopback's address, or name another environment"
        )
    if environ.get(IGNORED, "").lower() == "true":
        raise EndpointError(f"{name} is a rehearsal environment, but {IGNORED} would lead it to AWS: unset it")
    for variable, url in given.items():
        check_url(name, url, variable, rehearsal=True)


def check_url(name: str, url: str, source: str, *, rehearsal: bool) -> None:
    """Judge one endpoint; `source` says where it comes from.

    Raises:
        EndpointError: it is AWS's for a rehearsal, or this machine's for any other environment.
    """
    if rehearsal and not is_loopback(url):
        raise EndpointError(
            f"{name} is a rehearsal environment, but {source} is {url}: only an address in 127.0.0.0/8 is allowed"
        )
    if not rehearsal and _is_this_machine(url):
        raise EndpointError(
            f"{name} is a real environment, but {source} is {url}, an address of this machine: "
            "unset it, or name a rehearsal environment"
        )


def is_loopback(url: str) -> bool:
    """Whether a URL names an address in 127.0.0.0/8, which is where a loopback serves."""
    try:
        return ipaddress.ip_address(_host(url)) in ipaddress.ip_network("127.0.0.0/8")
    except ValueError:
        return False


def _is_this_machine(url: str) -> bool:
    """Whether a URL leads to this machine by any name: what is no loopback of ours is no AWS either."""
    host = _host(url)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # as of a bracket that is not closed
        return ""


if __name__ == "__main__":
    sys.exit(guard_program.run(lambda settings: check(settings, os.environ), EndpointError, sys.argv[1:]))
