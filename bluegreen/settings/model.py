"""One environment's settings; the defaults are the article's."""

from __future__ import annotations

from dataclasses import dataclass, field

from .alarms import AlarmSettings
from .allowed import between, each, matching, one_of, setting
from .api import ROUTE, ApiSettings
from .autoscaling import AutoscalingSettings
from .load_balancer import HealthCheckSettings, LoadBalancerSettings
from .network import NetworkSettings
from .notifications import NotificationSettings
from .release import HookSettings, ReleaseSettings
from .task import ServiceSettings, TaskSettings

LOG_RETENTIONS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)

_REGION = matching(r"[a-z]{2}(-[a-z]+)+-\d", "a region, as in us-east-1")
_FAMILY = matching(r"[A-Za-z0-9_-]{1,255}", "letters, digits, - and _, at most 255")
_REPOSITORY = matching(r"[a-z0-9]+([._/-][a-z0-9]+)*", "lower-case letters and digits, parted by . _ - or /")
_TAG = matching(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", "an image tag")
_CHECKS: tuple[dict[str, object], ...] = ({"path": "/one"}, {"path": "/two"}, {"path": "/three"})
_PROJECT = matching(r"[A-Za-z0-9 _.:/=+@-]{1,256}", "a tag value")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What distinguishes an environment; `name` is the stem of its file, the rest its keys."""

    name: str
    service_name: str = ""
    """Key of the table under `services` that these settings are of; empty for an environment with one service."""
    services: tuple[Settings, ...] = ()
    """The settings of each service, where the environment has a table of them."""
    project: str = setting("bluegreen", "Value of the tag `project` on everything.", _PROJECT)
    region: str = setting("us-east-1", "AWS region.", _REGION)
    rehearsal: bool = setting(False, "Only ever against a loopback endpoint.")
    production_port: int = setting(80, "Port of the production listener.", between(1, 65535))
    test_port: int = setting(8080, "Port of the test listener, which the hook alone reaches.", between(1, 65535))
    architecture: str = setting(
        "ARM64", "CPU architecture of tasks and hook; host: this machine's.", one_of("ARM64", "X86_64", "host")
    )
    family: str = setting(
        "", "Task definition family; empty: `<name>-rust-blue-green`, or `<name>-<service>`.", _FAMILY
    )
    repository: str = setting("rust-blue-green", "ECR repository of the images; shared by environments.", _REPOSITORY)
    repository_force_delete: bool = setting(False, "Destroy the repository even with images in it.")
    image_tag: str = setting("print-green", "Tag of the image that the service starts with.", _TAG)
    log_retention: int = setting(365, "Days that log groups keep their events.", one_of(*LOG_RETENTIONS))
    container_insights: bool = setting(False, "Collect CloudWatch Container Insights of the cluster.")
    checks: tuple[dict[str, object], ...] = setting(
        _CHECKS,
        "What the hook asks of a release: path; and where they differ: method, status, body, header, timeout_ms.",
    )
    routes: tuple[str, ...] = setting(
        ("GET /one",),
        "Routes of the HTTP API that lead to the service.",
        each(matching(ROUTE, "a method and a path, as in GET /one")),
    )
    network: NetworkSettings = field(default_factory=NetworkSettings)
    load_balancer: LoadBalancerSettings = field(default_factory=LoadBalancerSettings)
    health_check: HealthCheckSettings = field(default_factory=HealthCheckSettings)
    task: TaskSettings = field(default_factory=TaskSettings)
    service: ServiceSettings = field(default_factory=ServiceSettings)
    autoscaling: AutoscalingSettings = field(default_factory=AutoscalingSettings)
    release: ReleaseSettings = field(default_factory=ReleaseSettings)
    alarms: AlarmSettings = field(default_factory=AlarmSettings)
    notifications: NotificationSettings = field(default_factory=NotificationSettings)
    hook: HookSettings = field(default_factory=HookSettings)
    api: ApiSettings = field(default_factory=ApiSettings)

    def of_services(self) -> tuple[Settings, ...]:
        """Return one Settings for each service: the environment's own, with the service's table laid over it."""
        return self.services or (self,)

    @property
    def prefix(self) -> str:
        """What the names of all that belongs to one service begin with: the environment, and the service."""
        return f"{self.name}-{self.service_name}" if self.service_name else self.name

    @property
    def hook_port(self) -> int:
        """Port of the listener that the hook asks."""
        return self.production_port if self.hook.listener == "production" else self.test_port

    @property
    def lambda_architecture(self) -> str:
        """The architecture in Lambda's words: `arm64` or `x86_64`."""
        return self.architecture.lower()
