"""Reads the release target that the infrastructure publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bluegreen.release_target import ReleaseTarget, ReleaseTargetError, parameter_name

from .errors import ReleaseError

if TYPE_CHECKING:
    from .clients import Clients
    from .environment import Environment


def read(environment: Environment) -> ReleaseTarget:
    """Fetch the environment's release target from SSM.

    Raises:
        ReleaseError: this account has no such environment in this region, or the document is not one that this
            version reads.
    """
    clients, parameter = environment.clients, parameter_name(environment.name, environment.settings.service_name)
    try:
        answer = clients.ssm.get_parameter(Name=parameter)
    except clients.ssm.exceptions.ParameterNotFound:
        raise ReleaseError(
            f"{_account(clients)} has no environment {environment.name} in {clients.region} "
            f"(no parameter {parameter}): check the account and the region, "
            f"or create it with `make deploy ENV={environment.name}`"
        ) from None
    try:
        return ReleaseTarget.from_json(answer["Parameter"].get("Value", ""))
    except ReleaseTargetError as error:
        raise ReleaseError(
            f"{parameter} is not a release target that this version reads ({error}): "
            f"run `make deploy ENV={environment.name}` from the same version"
        ) from None


def _account(clients: Clients) -> str:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

    try:
        return f"account {clients.sts.get_caller_identity()['Account']}"
    except (BotoCoreError, ClientError):
        return "this account"
