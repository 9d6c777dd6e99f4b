"""All that CodeDeploy knows in one account and region, behind one lock."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from .application import Application
from .configuration import Configuration, predefined
from .deployment import Deployment, Status
from .exceptions import Refusal
from .group import Group
from .hook_execution import HookExecution
from .revision import Revision


class Ledger:
    """Look-ups raise AWS's errors. Whoever reads and then writes holds `lock`; nobody calls another service with it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.applications: dict[str, Application] = {}
        self.configurations: dict[str, Configuration] = predefined()
        self.deployments: dict[str, Deployment] = {}

    def application(self, name: str) -> Application:
        """Return the application or refuse with ApplicationDoesNotExistException."""
        if name not in self.applications:
            raise Refusal("ApplicationDoesNotExist", f"No application found for name: {name}")
        return self.applications[name]

    def group(self, application: str, name: str) -> Group:
        """Return the group or refuse with DeploymentGroupDoesNotExistException."""
        groups = self.application(application).groups
        if name not in groups:
            raise Refusal("DeploymentGroupDoesNotExist", f"No Deployment Group found for name: {name}")
        return groups[name]

    def configuration(self, name: str) -> Configuration:
        """Return the deployment configuration or refuse with DeploymentConfigDoesNotExistException."""
        if name not in self.configurations:
            raise Refusal("DeploymentConfigDoesNotExist", f"No Deployment Configuration found for name: {name}")
        return self.configurations[name]

    def deployment(self, deployment_id: str) -> Deployment:
        """Return the deployment or refuse with DeploymentDoesNotExistException."""
        if deployment_id not in self.deployments:
            raise Refusal("DeploymentDoesNotExist", f"The deployment {deployment_id} could not be found")
        return self.deployments[deployment_id]

    def hook(self, deployment: Deployment, execution: str) -> HookExecution:
        """Return the hook execution or refuse with InvalidLifecycleEventHookExecutionIdException."""
        if execution not in deployment.hooks:
            message = f"The lifecycle event hook execution ID is not one of the deployment {deployment.id}"
            raise Refusal("InvalidLifecycleEventHookExecutionId", message)
        return deployment.hooks[execution]

    def rename_application(self, application: Application, name: str) -> None:
        """Its groups and deployments go along."""
        for deployment in self.deployments.values():
            if deployment.application == application.name:
                deployment.application = name
        for group in application.groups.values():
            group.application = name
        self.applications[name] = self.applications.pop(application.name)
        application.name = name

    def rename_group(self, group: Group, name: str) -> None:
        """Its deployments go along."""
        groups = self.application(group.application).groups
        for deployment in self.of_group(group.application, group.name):
            deployment.group = name
        groups[name] = groups.pop(group.name)
        group.name = name

    def orphan(self, application: str, group: str, missing: str) -> None:
        """The group is deleted: its deployments are no other group's that is given its name later.

        `missing` is the error code with which one that has not started fails.
        """
        for deployment in self.of_group(application, group):
            deployment.missing = missing

    def of_group(self, application: str, group: str) -> Iterator[Deployment]:
        """Yield the group's deployments, the newest first."""
        for deployment in reversed(list(self.deployments.values())):
            if (deployment.application, deployment.group) == (application, group) and not deployment.missing:
                yield deployment

    def active(self, application: str, group: str) -> Deployment | None:
        """Return the group's deployment that is not over, the termination wait included."""
        return next((one for one in self.of_group(application, group) if not one.status.terminal), None)

    def last(self, application: str, group: str, *statuses: Status) -> Deployment | None:
        """Return the group's newest deployment that has one of the statuses."""
        return next((one for one in self.of_group(application, group) if one.status in statuses), None)

    def live(self, application: str, group: str) -> Revision | None:
        """Return the revision that the group's last successful release brought; a rollback brings none."""
        releases = (one for one in self.of_group(application, group) if one.creator == "user")
        return next((one.revision for one in releases if one.status is Status.SUCCEEDED), None)

    def groups(self) -> Iterator[Group]:
        """Yield the groups of all applications."""
        for application in self.applications.values():
            yield from application.groups.values()
