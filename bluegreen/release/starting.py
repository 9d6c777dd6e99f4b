"""Starts the deployment of a revision and says in its description what it is."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import appspec_content, busy, deployments, description, origin
from .description import DIGEST_LENGTH, Description
from .errors import message_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .changes import Sides
    from .clients import Clients


@dataclass(frozen=True, kw_only=True)
class Start:
    """What is started."""

    task_definition: str
    """ARN of the revision."""
    sides: Sides
    image: str
    """Its URI."""
    tag: str | None = None
    configuration: str | None = None
    """The deployment group's, where None."""
    note: str = ""
    """The user's own words."""
    undoes: str = ""
    """Which release is taken back, where this is a rollback."""
    hooked: bool = True
    heed_alarms: bool = True


def start(clients: Clients, target: ReleaseTarget, wanted: Start, environ: Mapping[str, str] = os.environ) -> str:
    """Start a deployment and return its id; who starts it is left out where that cannot be found out.

    Raises:
        ReleaseError: another deployment keeps the group busy: whose, since when, and the ways on.
    """
    document = appspec_content.document(target, wanted.task_definition, hooked=wanted.hooked)
    try:
        return deployments.start(
            clients.codedeploy,
            target,
            appspec_content.content(document),
            description=description.write(_described(clients, wanted, environ)),
            configuration=wanted.configuration,
            heed_alarms=wanted.heed_alarms,
        )
    except clients.codedeploy.exceptions.DeploymentLimitExceededException as error:
        # Somebody was faster, after it was seen that the group is free.
        named = re.search(r"d-[0-9A-Z]+", message_of(error))
        raise busy.error(clients, target, named.group() if named else "") from None


def _described(clients: Clients, wanted: Start, environ: Mapping[str, str]) -> Description:
    foreign = "" if wanted.tag or "@" in wanted.image else wanted.image
    return Description(
        before=wanted.sides.original,
        after=wanted.sides.replacement,
        who=origin.who(clients.sts, environ),
        digest=wanted.image.partition("@sha256:")[2][:DIGEST_LENGTH],
        # A rollback is run from a checkout that has nothing to do with what it goes back to.
        git_revision=origin.in_tag(wanted.tag) if wanted.undoes else origin.git_revision(wanted.tag, environ),
        tag=wanted.tag or foreign,
        undoes=wanted.undoes,
        note=wanted.note,
    )
