"""Rules between settings of the parts that an environment may do without: alarms, scaling, topic, domain, tokens."""

from __future__ import annotations

from collections.abc import Iterator

from .alarms import MOST, OWN
from .model import Settings

Finding = tuple[str, object, str]


def _alarms(settings: Settings) -> Iterator[Finding]:
    extra = settings.alarms.extra
    if settings.alarms.enabled and OWN + len(extra) > MOST:
        yield "alarms.extra", list(extra), f"at most {MOST - OWN}: a deployment group has {MOST} alarms, {OWN} are ours"


def _autoscaling(settings: Settings) -> Iterator[Finding]:
    scaling, desired = settings.autoscaling, settings.service.desired_count
    if not scaling.enabled:
        return
    if scaling.minimum > scaling.maximum:
        yield "autoscaling.minimum", scaling.minimum, f"at most the maximum, {scaling.maximum}"
    if not scaling.minimum <= desired <= scaling.maximum:
        allowed = f"{scaling.minimum} to {scaling.maximum}, as autoscaling starts with it"
        yield "service.desired_count", desired, allowed
    if not scaling.cpu and not scaling.memory:
        yield "autoscaling.cpu", 0, "a percentage here or for memory: something has to be aimed at"


def _notifications(settings: Settings) -> Iterator[Finding]:
    notifications = settings.notifications
    for key, arn in (("topic", notifications.topic), ("key", notifications.key)):
        if arn and _region(arn) != settings.region:
            yield f"notifications.{key}", arn, f"one in the environment's region, {settings.region}"
    if notifications.key and not notifications.topic:
        yield "notifications.key", notifications.key, "with a topic that it encrypts"


def _domain(settings: Settings) -> Iterator[Finding]:
    domain = settings.api.domain
    if domain.name and not domain.certificate:
        yield "api.domain.certificate", "", f"the ARN of a certificate for {domain.name}"
    if domain.certificate and _region(domain.certificate) != settings.region:
        yield "api.domain.certificate", domain.certificate, f"one in the environment's region, {settings.region}"
    for key in ("certificate", "hosted_zone"):
        if getattr(domain, key) and not domain.name:
            yield f"api.domain.{key}", getattr(domain, key), "with a name that it is for"


def _jwt(settings: Settings) -> Iterator[Finding]:
    jwt = settings.api.jwt
    if jwt.issuer and not jwt.audience:
        yield "api.jwt.audience", [], "at least one audience: else a token for any other API would be let in"
    if jwt.audience and not jwt.issuer:
        yield "api.jwt.audience", list(jwt.audience), "with an issuer of the tokens"


def _variables(settings: Settings) -> Iterator[Finding]:
    task = settings.task
    for name in task.secrets:
        if name in task.environment:
            yield "task.secrets", name, "names that are not in task.environment as well"
    if task.secret_keys and not task.secrets:
        yield "task.secret_keys", list(task.secret_keys), "with secrets that they encrypt"


def _region(arn: str) -> str:
    return arn.split(":")[3]


RULES_OF_ENVIRONMENTS = (_notifications, _domain, _jwt)
RULES_OF_SERVICES = (_alarms, _autoscaling, _variables)
