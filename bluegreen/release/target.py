"""Reads the release target of an environment: Terraform published it, or it was imported."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bluegreen import endpoint_guard
from bluegreen.release_target import ReleaseTarget, ReleaseTargetError, parameter_name, unknown_fields

from .errors import ReleaseError

if TYPE_CHECKING:
    from .clients import Clients
    from .environment import Environment


def read(environment: Environment) -> ReleaseTarget:
    """Fetch the environment's release target from SSM; what a newer version wrote into it is noted and left alone.

    Raises:
        ReleaseError: this account has no such environment in this region, or the document is not one that this
            version reads.
        EndpointError: the endpoint is a loopback's and the environment is not, or the other way round.
    """
    text = fetch(environment)
    if text is None:
        raise ReleaseError(_absent(environment))
    parameter = parameter_name(environment.name, environment.service_name)
    try:
        found, unknown = ReleaseTarget.from_json(text), unknown_fields(text)
    except ReleaseTargetError as error:
        raise ReleaseError(
            f"{parameter} is not a release target that this version reads ({error}): update `bluegreen`, or run "
            f"{_origin(environment)} from this version"
        ) from None
    if unknown:
        note = f"note: a newer version wrote {parameter}; this one does not know {', '.join(unknown)}"
        print(f"bluegreen: {note}", file=sys.stderr)
    return _guarded(environment, found)


def fetch(environment: Environment) -> str | None:
    """Return the text of the environment's parameter, None where there is none."""
    clients, parameter = environment.clients, parameter_name(environment.name, environment.service_name)
    try:
        return clients.ssm.get_parameter(Name=parameter)["Parameter"].get("Value", "")
    except clients.ssm.exceptions.ParameterNotFound:
        return None


def _guarded(environment: Environment, found: ReleaseTarget) -> ReleaseTarget:
    name, settings = environment.name, environment.settings
    if settings is None:
        endpoint_guard.check_named(name, os.environ, rehearsal=found.rehearsal)
    else:
        found = replace(found, rehearsal=settings.rehearsal)
    # The AWS configuration file may name an endpoint as well.
    url = environment.clients.ssm.meta.endpoint_url
    endpoint_guard.check_url(name, url, "the endpoint of the AWS configuration", rehearsal=found.rehearsal)
    return found


def _absent(environment: Environment) -> str:
    parameter = parameter_name(environment.name, environment.service_name)
    lacks = f"{_account(environment.clients)} has no environment {environment.name} in {environment.clients.region} "
    if environment.settings is None:
        return f"{lacks}(no parameter {parameter}): check name, account and region, or make it: {_origin(environment)}"
    return f"{lacks}(no parameter {parameter}): check the account and the region, or create it: {_origin(environment)}"


def _origin(environment: Environment) -> str:
    """Name the command that publishes the environment's release target."""
    if environment.settings is None:
        return "`bluegreen target import`"
    return f"`make deploy ENV={environment.name}`"


def _account(clients: Clients) -> str:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

    try:
        return f"account {clients.sts.get_caller_identity()['Account']}"
    except (BotoCoreError, ClientError):
        return "this account"
