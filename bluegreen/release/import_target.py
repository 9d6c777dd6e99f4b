"""Makes a release target of a deployment group that runs, and says what a release of it will not prove."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bluegreen.endpoint_guard import is_loopback
from bluegreen.release_target import LIVE, ReleaseTarget

from . import hook_function, import_group, import_hooks, import_service, revision, service
from .evidence import Evidence
from .import_hooks import DECIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .clients import Clients
    from .environment import Environment
    from .import_group import Group
    from .import_hooks import Last


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the command line says; None is for what it leaves open."""

    application: str
    group: str
    container: str | None
    port: int | None
    hooks: Mapping[str, str] | None
    """The function of each lifecycle event, instead of what the last deployment called."""
    template: str
    """`live`, `latest`, or a revision."""
    records_bucket: str


@dataclass(frozen=True)
class Found:
    """The release target, and what a person should know before it is written."""

    target: ReleaseTarget
    live: str
    """`family:revision`."""
    warnings: tuple[str, ...]
    """What a release of it will not prove, or cannot do."""
    notes: tuple[str, ...]
    """What could not be read."""


def find(environment: Environment, wanted: Wanted) -> Found:
    """Read all that a release has to know; nothing is written.

    Raises:
        ReleaseError: there is no such group, service, container or template, or one that is not CodeDeploy's.
    """
    clients, evidence = environment.clients, Evidence()
    group = import_group.read(clients.codedeploy, wanted.application, wanted.group)
    base, live = _of_service(environment, wanted, group)
    last = evidence.read(lambda: import_hooks.last(clients, base), import_hooks.Last(None, {}, legible=False))
    hooks = last.hooks if wanted.hooks is None else wanted.hooks
    target = replace(base, **import_hooks.fields(clients, hooks, last, evidence))
    legible = last.legible or wanted.hooks is not None
    return Found(target, live, tuple(warnings(target, last, legible=legible)), tuple(evidence.notes))


def _of_service(environment: Environment, wanted: Wanted, group: Group) -> tuple[ReleaseTarget, str]:
    clients = environment.clients
    running = import_service.read(clients, group)
    live = revision.describe(clients, service.live_revision(running))
    port = import_service.port(running, live, wanted.container, wanted.port)
    image = revision.image_of(live, port.container)
    target = ReleaseTarget(
        environment=environment.name,
        service_name=environment.service_name,
        region=clients.region,
        cluster=group.cluster,
        service=group.service,
        application=group.application,
        deployment_group=group.name,
        task_definition=live["taskDefinitionArn"],
        container_name=port.container,
        container_port=port.number,
        repository=import_service.repository(image, running.get("serviceArn", "")),
        hook_function="",
        hooks=(),
        production_listener=group.production_listener,
        test_listener=group.test_listener,
        target_groups=group.target_groups,
        log_group=import_service.log_group(live, port.container),
        hook_log_group="",
        api_url="",
        architecture=import_service.architecture(live),
        records_bucket=wanted.records_bucket,
        imported=True,
        rehearsal=is_loopback(clients.ssm.meta.endpoint_url),
        **import_service.network(running),
    )
    return _with_template(clients, target, wanted.template), revision.short_name(live["taskDefinitionArn"])


def _with_template(clients: Clients, target: ReleaseTarget, template: str) -> ReleaseTarget:
    if template in WORDS:
        return replace(target, template=template)
    found = revision.describe(clients, f"{target.family}:{template}" if template.isdigit() else template)
    return replace(target, task_definition=found["taskDefinitionArn"])


WORDS = {
    LIVE: "the revision that runs at the time: a release changes the image alone",
    "latest": "the newest revision of its family at the time",
}
"""What a template is that is no one revision."""


def warnings(target: ReleaseTarget, last: Last, *, legible: bool) -> Iterator[str]:
    """Say what a release of a target will not prove, or what has to be given by hand.

    Args:
        target: the target.
        last: its group's last deployment that went well.
        legible: whether it is known which hooks it has.
    """
    if not target.test_listener:
        yield "no test listener: nobody can reach the new version before production traffic does, so nothing is proved"
    if not target.functions:
        yield f"{_hookless(last, legible=legible)}: only the target group's health check comes before users"
    elif not set(target.functions) & set(DECIDES):
        yield f"hooks only at {', '.join(target.functions)}: nothing is checked with test traffic"
    elif not target.hook_verdicts:
        yield (
            f"{hook_function.name_of(target.hook_function)} logs no verdict as docs/hook.md has it: a release that it "
            "turns down says so, but not why, and which revision answered is not proved"
        )
    if not target.repository:
        yield "the image is not in this account's ECR: name it with --image; --image-tag cannot be used"
    if not target.log_group:
        yield f"{target.container_name} does not log to CloudWatch: why a task ended has to be looked up elsewhere"


def _hookless(last: Last, *, legible: bool) -> str:
    if not legible:
        return "the last deployment's AppSpec cannot be read back, so its hooks are not known (name them with --hook)"
    if last.deployment is None:
        return "no deployment of the group has gone well yet, so no hook is known (name them with --hook)"
    return f"no hook: the AppSpec of {last.deployment.deployment_id} calls none (name one with --hook)"
