"""What the loopback says of itself when it is ready: where everything is, and how a client gets there."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID

from . import machine
from .apigatewayv2.network import PORT as HTTP_API_PORT

REGION = "us-east-1"


def variables() -> dict[str, str]:
    """Return the environment that leads any AWS client here; the keys are taken as they are."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or REGION
    return {
        "AWS_ENDPOINT_URL": machine.get().endpoint,
        "AWS_ACCESS_KEY_ID": "loopback",
        "AWS_SECRET_ACCESS_KEY": "loopback",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }


def exports(environment: Mapping[str, str]) -> str:
    """Return the lines that a shell evaluates."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in environment.items())


def document(*, minute: float, log: str) -> dict[str, Any]:
    """Return all of it for a program: the line of --json."""
    here = machine.get()
    return {
        "endpoint": here.endpoint,
        "pid": os.getpid(),
        "account": DEFAULT_ACCOUNT_ID,
        "minute": minute,
        "addresses": here.addresses.block,
        "loadBalancers": f"http://{here.addresses.pattern}:<port of the listener>",
        "httpApis": f"http://{here.addresses.pattern}:{HTTP_API_PORT}",
        "log": log,
        "environment": variables(),
    }


def text(*, minute: float, log: str, images: int) -> str:
    """Return all of it for a person."""
    told = document(minute=minute, log=log)
    endpoint = told["endpoint"]
    return f"""\
AWS on this machine: account {told["account"]}, every region. An AWS minute takes {minute:g} s.

  API             {endpoint}
  load balancers  {told["loadBalancers"]}   DNSName tells the address
  HTTP APIs       {told["httpApis"]}   apiEndpoint tells the address
  tasks           processes of this machine, each on an address in {told["addresses"]}
  images          {images} named; more with PUT {endpoint}/_loopback/images (--help tells the form)
  log             {log}

Lead any AWS client here, in another terminal:

{exports(told["environment"])}
or in one line:  eval "$(curl -s {endpoint}/_loopback/environment)"

Ctrl-C stops it, and all that runs in it; nothing is kept.
"""
