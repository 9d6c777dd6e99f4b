"""ARN patterns of everything that an environment makes, for roles that are there before it: names are all they have."""

from __future__ import annotations

from dataclasses import dataclass

from bluegreen.settings import Settings

from .account import Account


@dataclass(frozen=True, kw_only=True)
class EnvironmentArns:
    """Each property lists patterns of one kind; all begin with the environment's name, as its resources do."""

    environment: Settings
    account: Account

    @property
    def name(self) -> str:
        return self.environment.name

    def _of(self, service: str, *resources: str) -> list[str]:
        return [self.account.arn(service, resource) for resource in resources]

    @property
    def roles(self) -> list[str]:
        return [self.account.global_arn("iam", f"role/{self.name}-*")]

    @property
    def ecs(self) -> list[str]:
        return self._of("ecs", f"cluster/{self.name}-*", f"service/{self.name}-*/*", *self._families)

    @property
    def _families(self) -> list[str]:
        return [f"task-definition/{service.family}:*" for service in self.environment.of_services()]

    @property
    def load_balancing(self) -> list[str]:
        kinds = ("loadbalancer/app", "listener/app", "listener-rule/app", "targetgroup")
        return self._of("elasticloadbalancing", *(f"{kind}/{self.name}-*" for kind in kinds))

    @property
    def deployments(self) -> list[str]:
        kinds = ("application", "deploymentgroup", "deploymentconfig")
        return self._of("codedeploy", *(f"{kind}:{self.name}-*" for kind in kinds))

    @property
    def functions(self) -> list[str]:
        return self._of("lambda", f"function:CodeDeployHook_{self.name}-*")

    @property
    def log_groups(self) -> list[str]:
        names = (
            f"/ecs/{self.name}",
            f"/ecs/{self.name}/*",
            f"/aws/lambda/CodeDeployHook_{self.name}-*",
            f"/aws/apigateway/{self.name}-*",
            f"/aws/vpc/{self.name}-*",
        )
        return self._of("logs", *(f"log-group:{name}{end}" for name in names for end in ("", ":*")))

    @property
    def parameters(self) -> list[str]:
        return self._of("ssm", f"parameter/bluegreen/{self.name}/*")

    @property
    def alarms(self) -> list[str]:
        return self._of("cloudwatch", f"alarm:{self.name}-*")

    @property
    def log_buckets(self) -> list[str]:
        """Buckets of load balancers' access logs; never the state's, whatever that is called."""
        return [self.account.bucket_arn(f"{one.prefix}-alb-logs-*") for one in self.environment.of_services()]

    @property
    def hosted_zones(self) -> list[str]:
        """The zone of Route 53 that the HTTP API's own name is in, if there is one."""
        zone = self.environment.api.domain.hosted_zone
        return [self.account.worldwide_arn("route53", f"hostedzone/{zone}")] if zone else []

    @property
    def repositories(self) -> list[str]:
        names = sorted({service.repository for service in self.environment.of_services()})
        return self._of("ecr", *(f"repository/{name}" for name in names))
