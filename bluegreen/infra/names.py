"""What the resources of an environment are called; all begin with its name, so that environments live side by side."""

from __future__ import annotations

from dataclasses import dataclass

from bluegreen.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names that AWS shows, and that other resources refer to."""

    environment: str
    service_name: str
    """Empty for an environment with one service, whose names are the environment's."""
    prefix: str

    @classmethod
    def of(cls, settings: Settings) -> Names:
        return cls(environment=settings.name, service_name=settings.service_name, prefix=settings.prefix)

    @property
    def cluster(self) -> str:
        return f"{self.environment}-cluster"

    @property
    def load_balancer(self) -> str:
        return f"{self._balanced}-alb"

    def target_group(self, color: str) -> str:
        return f"{self._balanced}-{color}"

    @property
    def _balanced(self) -> str:
        # The article names what stands behind its load balancer after the cluster.
        return self.prefix if self.service_name else self.cluster

    @property
    def service(self) -> str:
        return f"{self.prefix}-service"

    @property
    def application(self) -> str:
        return f"{self.prefix}-application"

    @property
    def deployment_group(self) -> str:
        return f"{self.prefix}-blue-green"

    @property
    def hook(self) -> str:
        # CodeDeploy's managed roles may call functions of this prefix only.
        return f"CodeDeployHook_{self.prefix}-route-check"

    @property
    def hook_log_group(self) -> str:
        return f"/aws/lambda/{self.hook}"

    @property
    def task_log_group(self) -> str:
        return f"/ecs/{self.environment}/{self.service_name}" if self.service_name else f"/ecs/{self.environment}"

    @property
    def flow_log_group(self) -> str:
        return f"/aws/vpc/{self.environment}-flow-logs"

    @property
    def api(self) -> str:
        return f"{self.environment}-api"

    @property
    def api_log_group(self) -> str:
        return f"/aws/apigateway/{self.api}"
