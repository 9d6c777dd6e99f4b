"""Writes an imported release target, and never over somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bluegreen.release_target import ReleaseTarget, ReleaseTargetError, parameter_name

from . import target
from .errors import ReleaseError

if TYPE_CHECKING:
    from .environment import Environment
    from .import_target import Wanted

LARGEST = 4096
"""Bytes that a standard parameter holds."""


def check_free(environment: Environment, wanted: Wanted, *, replace: bool) -> str | None:
    """Return the text that is there already, None where there is none.

    Raises:
        ReleaseError: it is another group's, Terraform's, or no release target, and it is not to be replaced.
    """
    text = target.fetch(environment)
    if text is None or replace:
        return text
    parameter = parameter_name(environment.name, environment.service_name)
    try:
        there = ReleaseTarget.from_json(text)
    except ReleaseTargetError as error:
        raise ReleaseError(
            f"{parameter} is there and holds something else ({error}): choose another --name, or overwrite it with "
            "--replace"
        ) from None
    if (there.application, there.deployment_group) != (wanted.application, wanted.group):
        raise ReleaseError(
            f"{parameter} is the release target of {there.deployment_group} in {there.application}: "
            "choose another --name, or overwrite it with --replace"
        )
    if not there.imported:
        raise ReleaseError(
            f"{parameter} was published by Terraform, which would undo this: apply that again, choose another --name, "
            "or overwrite it with --replace"
        )
    return text


def write(environment: Environment, found: ReleaseTarget, *, overwrite: bool) -> None:
    """Write the parameter.

    Raises:
        ReleaseError: it is too large, or somebody has written it meanwhile.
    """
    text, ssm = found.to_json(), environment.clients.ssm
    parameter = parameter_name(environment.name, environment.service_name)
    if len(text.encode()) > LARGEST:
        raise ReleaseError(f"{parameter}: found {len(text.encode())} bytes, allowed: {LARGEST} (a standard parameter)")
    try:
        ssm.put_parameter(Name=parameter, Type="String", Value=text, Overwrite=overwrite)
    except ssm.exceptions.ParameterAlreadyExists:
        raise ReleaseError(f"somebody has written {parameter} meanwhile: run this again") from None
