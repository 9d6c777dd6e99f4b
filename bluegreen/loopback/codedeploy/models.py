"""The backend that moto keeps for each account and region."""

from __future__ import annotations

from collections.abc import Iterator

from moto.codedeploy.models import CodeDeployBackend
from moto.core.resource_tagging import TaggedResource

from bluegreen.loopback import machine
from bluegreen.loopback.clock import Clock

from .deployment import Deployment
from .engine import Engine
from .identifiers import Identifiers
from .ledger import Ledger
from .managed_role import ManagedRole
from .pump import Pump
from .role import Role
from .run import Run


class LoopbackCodeDeployBackend(CodeDeployBackend):
    """moto's tags, our ledger, and an engine that brings deployments to their end."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.ledger = Ledger()
        self.identifiers = Identifiers()
        self.engine = Engine()
        self._pump: Pump | None = None
        self._roles: dict[str, Role] = {}
        self._simulated: Role | None = None

    @property
    def clock(self) -> Clock:
        """The loopback's clock."""
        return machine.get().clock

    def role(self, arn: str) -> Role:
        """The account as a group's service role sees it."""
        if self._simulated:
            return self._simulated
        with self.ledger.lock:
            if arn not in self._roles:
                self._roles[arn] = ManagedRole(machine.get().endpoint, self.region_name, arn)
            return self._roles[arn]

    def act_in(self, account: Role) -> None:
        """Act in another account than the one behind the endpoint: a simulated one."""
        self._simulated = account

    def release(self, deployment: Deployment) -> None:
        """Make the deployment visible and hand it to the engine."""
        with self.ledger.lock:
            self.publish(deployment)
            if self._pump is None:
                self._pump = Pump(self.engine)
                machine.get().ticker.add(self._pump)
            self.engine.start(self._run(deployment))

    def publish(self, deployment: Deployment) -> None:
        """Make the deployment visible."""
        with self.ledger.lock:
            self.ledger.deployments[deployment.id] = deployment

    def _run(self, deployment: Deployment) -> Run:
        return Run(
            deployment=deployment,
            role=self.role(deployment.terms.role_arn),
            clock=self.clock,
            lock=self.ledger.lock,
            identifiers=self.identifiers,
            publish=self.publish,
        )

    def reset(self) -> None:
        """Forget everything; moto hollows the backend out, so the engine's thread ends before."""
        if self._pump:
            self._pump.close()
        super().reset()

    def application_arn(self, name: str) -> str:
        """Return the ARN under which the application's tags are kept."""
        return self._application_arn(name)

    def group_arn(self, application: str, name: str) -> str:
        """Return the ARN under which the group's tags are kept."""
        return self._deployment_group_arn(application, name)

    def move_tags(self, before: str, after: str) -> None:
        """Keep the tags of what is renamed: they are kept by ARN, and that has the name in it."""
        self.tagger.copy_tags(before, after)
        self.tagger.delete_all_tags_for_resource(before)

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        """Tell the Resource Groups Tagging API what there is."""
        with self.ledger.lock:
            applications = [("application", self.application_arn(name)) for name in self.ledger.applications]
            groups = [("deploymentgroup", self.group_arn(one.application, one.name)) for one in self.ledger.groups()]
        for kind, arn in applications + groups:
            tags = self.tagger.get_tag_dict_for_resource(arn)
            yield TaggedResource(arn=arn, tags=tags, resource_type=f"codedeploy:{kind}")
