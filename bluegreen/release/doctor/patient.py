"""What the checks look at: the environment, the release that is wanted, and what several of them read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bluegreen.release import deployments, image, revision, service, template
from bluegreen.release.image import Repository

from .once import Once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bluegreen.release.clients import Clients
    from bluegreen.release.snapshot import Snapshot
    from bluegreen.release_target import ReleaseTarget


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The release that is looked ahead to; at most one of `tag` and `uri` names its image."""

    tag: str | None = None
    uri: str | None = None
    configuration: str | None = None
    """The deployment group's, where None."""


@dataclass(frozen=True)
class Patient:
    """One service of an environment; what has a call is read when a check first asks for it."""

    clients: Clients
    target: ReleaseTarget
    wanted: Wanted
    service: Callable[[], Mapping[str, Any]]
    """The ECS service."""
    group: Callable[[], Mapping[str, Any]]
    """The deployment group's `deploymentGroupInfo`; empty when there is none."""
    listeners: Callable[[], Mapping[str, Mapping[str, Any]]]
    """Both listeners by ARN, those that are there."""
    live: Callable[[], Mapping[str, Any]]
    """The task definition that runs."""
    template: Callable[[], Mapping[str, Any]]
    """The task definition that a release copies."""
    image: Callable[[], str]
    """The wanted image's URI by its digest; empty when none is named or the repository has none of that tag."""
    active: Callable[[], Snapshot | None]
    """The deployment that keeps the group busy."""

    @property
    def options(self) -> str:
        """The options that name the environment in a command line."""
        return self.target.options

    @property
    def apply(self) -> str:
        """What puts the environment right: Terraform, unless somebody else made it."""
        imported = self.target.imported
        return "whatever made the environment" if imported else f"`make deploy ENV={self.target.environment}`"


def admit(clients: Clients, target: ReleaseTarget, wanted: Wanted) -> Patient:
    """Make the patient; nothing is sent yet."""
    now = Once(lambda: service.describe(clients, target))
    live = Once(lambda: revision.describe(clients, service.live_revision(now())))
    return Patient(
        clients=clients,
        target=target,
        wanted=wanted,
        service=now,
        group=Once(lambda: _group(clients, target)),
        listeners=Once(lambda: _listeners(clients, target)),
        live=live,
        template=Once(lambda: template.describe(clients, target, live())),
        image=Once(lambda: _image(clients, target, wanted)),
        active=Once(lambda: _active(clients, target)),
    )


def _group(clients: Clients, target: ReleaseTarget) -> Mapping[str, Any]:
    errors = clients.codedeploy.exceptions
    try:
        answer = clients.codedeploy.get_deployment_group(
            applicationName=target.application, deploymentGroupName=target.deployment_group
        )
    except (errors.ApplicationDoesNotExistException, errors.DeploymentGroupDoesNotExistException):
        return {}
    return answer.get("deploymentGroupInfo", {})


def _listeners(clients: Clients, target: ReleaseTarget) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for arn in filter(None, (target.production_listener, target.test_listener)):
        try:  # one at a time: of two, a missing one hides the other
            answer = clients.elbv2.describe_listeners(ListenerArns=[arn])
        except clients.elbv2.exceptions.ListenerNotFoundException:
            continue
        found.update((arn, one) for one in answer["Listeners"])
    return found


def _image(clients: Clients, target: ReleaseTarget, wanted: Wanted) -> str:
    repository = Repository(target.repository)
    if not target.repository:
        return wanted.uri or ""
    if wanted.uri:
        return image.resolve_own(clients.ecr, repository, wanted.uri)
    digest = image.find(clients.ecr, repository, wanted.tag) if wanted.tag else None
    return repository.pinned(digest) if digest else ""


def _active(clients: Clients, target: ReleaseTarget) -> Snapshot | None:
    found = deployments.active(clients.codedeploy, target)
    return deployments.read(clients.codedeploy, found) if found else None
