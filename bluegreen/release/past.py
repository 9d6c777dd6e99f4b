"""The deployments of a group, newest first, read only as far as they are asked for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from . import deployments, record, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_codedeploy import CodeDeployClient

    from bluegreen.release_target import ReleaseTarget

    from .record import Record
    from .snapshot import Snapshot

AT_ONCE = 25
"""As many as BatchGetDeployments takes."""


def newest_first(codedeploy: CodeDeployClient, target: ReleaseTarget) -> Iterator[Snapshot]:
    """Yield the group's deployments, those that CodeDeploy started itself among them, without their targets."""
    following = _ids(codedeploy, target)
    while ids := list(islice(following, AT_ONCE)):
        answer = codedeploy.batch_get_deployments(deploymentIds=ids)
        found = {one.get("deploymentId"): one for one in answer.get("deploymentsInfo", [])}
        yield from (snapshot.parse(found[one], None) for one in ids if one in found)


def record_of(codedeploy: CodeDeployClient, target: ReleaseTarget, deployment: Snapshot) -> Record:
    """Make the record of what CodeDeploy alone knows of a deployment."""
    appspec = deployments.appspec_of(codedeploy, target, deployment)
    return record.of(deployment, target, after=appspec.revision, hooked=appspec.hooked)


def _ids(codedeploy: CodeDeployClient, target: ReleaseTarget) -> Iterator[str]:
    pages = codedeploy.get_paginator("list_deployments").paginate(
        applicationName=target.application, deploymentGroupName=target.deployment_group
    )
    for page in pages:
        yield from page.get("deployments", [])
