"""The names and ids in a request, checked as AWS checks them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .exceptions import Refusal

Request = Mapping[str, Any]

_NAME = re.compile(r"[A-Za-z0-9._+=,@-]{1,100}")
_DEPLOYMENT_ID = re.compile(r"d-[A-Z0-9]{9}")


def application_name(request: Request, key: str = "applicationName") -> str:
    """Return the application's name.

    Raises:
        Refusal: it is missing or not a name.
    """
    return _name(request.get(key), "ApplicationName", "Application name")


def group_name(request: Request, key: str = "deploymentGroupName") -> str:
    """Return the deployment group's name.

    Raises:
        Refusal: it is missing or not a name.
    """
    return _name(request.get(key), "DeploymentGroupName", "Deployment group name")


def configuration_name(request: Request) -> str:
    """Return the deployment configuration's name.

    Raises:
        Refusal: it is missing or not a name.
    """
    return _name(request.get("deploymentConfigName"), "DeploymentConfigName", "Deployment configuration name")


def deployment_id(request: Request) -> str:
    """Return the deployment's id.

    Raises:
        Refusal: it is missing or not an id.
    """
    found = request.get("deploymentId")
    if not found:
        raise Refusal("DeploymentIdRequired", "The deployment ID must be specified")
    if not _DEPLOYMENT_ID.fullmatch(found):
        raise Refusal("InvalidDeploymentId", f"The deployment ID is invalid: {found}")
    return found


def _name(found: str | None, error: str, words: str) -> str:
    if not found:
        raise Refusal(f"{error}Required", f"{words} must be specified")
    if not _NAME.fullmatch(found):
        raise Refusal(f"Invalid{error}", f"{words} is invalid: {found}")
    return found
