"""What the resources of an environment are called; all begin with its name, so that environments live side by side."""

from __future__ import annotations

from dataclasses import dataclass

from bluegreen.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names that AWS shows, and that other resources refer to."""

    environment: str

    @classmethod
    def of(cls, settings: Settings) -> Names:
        return cls(environment=settings.name)

    @property
    def cluster(self) -> str:
        return f"{self.environment}-cluster"

    @property
    def load_balancer(self) -> str:
        return f"{self.cluster}-alb"

    def target_group(self, color: str) -> str:
        return f"{self.cluster}-{color}"

    @property
    def service(self) -> str:
        return f"{self.environment}-service"

    @property
    def application(self) -> str:
        return f"{self.environment}-application"

    @property
    def deployment_group(self) -> str:
        return f"{self.environment}-blue-green"

    @property
    def hook(self) -> str:
        # CodeDeploy's managed roles may call functions of this prefix only.
        return f"CodeDeployHook_{self.environment}-route-check"

    @property
    def hook_log_group(self) -> str:
        return f"/aws/lambda/{self.hook}"

    @property
    def task_log_group(self) -> str:
        return f"/ecs/{self.environment}"

    @property
    def api(self) -> str:
        return f"{self.environment}-api"

    @property
    def api_log_group(self) -> str:
        return f"/aws/apigateway/{self.api}"
