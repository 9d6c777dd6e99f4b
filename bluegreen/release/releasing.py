"""Carries out a release: registers a revision, starts a deployment, and watches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bluegreen.release_target import LIVE

from . import appspec, appspec_content, busy, configuration, deployments, plan, revision, starting, target
from .changes import Sides
from .doctor.patient import Wanted
from .event import Event
from .exit_codes import ExitCode
from .options import Until
from .starting import Start
from .watching import Watch

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .environment import Environment
    from .plan import Plan
    from .report import Report


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the caller asked for: the image by `tag`, by `uri`, or the one that runs; `limit` is in seconds."""

    tag: str | None
    uri: str | None
    configuration: str | None
    description: str
    wait: bool
    dry_run: bool
    limit: float
    watchdog: bool
    until: Until = Until.FINISHED
    verify: bool = True


def release(environment: Environment, wish: Wish, told: Report) -> ExitCode:
    """Carry out a release.

    Raises:
        ReleaseError: it cannot be started: no such image or configuration, or another deployment is active.
    """
    release_target = target.read(environment)
    found = plan.make(environment.clients, release_target, tag=wish.tag, uri=wish.uri)
    if wish.configuration:
        deployments.check_configuration(environment.clients.codedeploy, wish.configuration)
    if found.changes_nothing:
        told.tell(_unchanged(release_target, wish, found))
        return ExitCode.DONE
    if wish.dry_run:
        told.tell(_dry_run(release_target, found))
        return ExitCode.DONE
    if wish.verify:
        from . import before_release  # noqa: PLC0415 - `--help` need not pay for it

        wanted = Wanted(uri=found.image, configuration=wish.configuration)
        before_release.look(environment.clients, release_target, wanted, told)
    return _start(environment, release_target, wish, found, told)


def _start(environment: Environment, release_target: ReleaseTarget, wish: Wish, found: Plan, told: Report) -> ExitCode:
    clients = environment.clients
    if running := deployments.active(clients.codedeploy, release_target):
        raise busy.error(clients, release_target, running)
    arn = revision.register(clients, found.fields, _tags(environment, found))
    sides = Sides(found.live, revision.short_name(arn))
    wanted = Start(
        task_definition=arn,
        sides=sides,
        image=found.image,
        tag=found.tag,
        configuration=wish.configuration,
        note=wish.description,
    )
    deployment_id = starting.start(clients, release_target, wanted)
    told.tell(_started(deployment_id, sides, found))
    if not wish.wait:
        told.tell(_not_watched(environment, deployment_id))
        return ExitCode.DONE
    watch = Watch(
        environment=environment,
        target=release_target,
        report=told,
        limit=wish.limit,
        watchdog=wish.watchdog,
        until=wish.until,
    )
    return watch.run(deployment_id, sides)


def _tags(environment: Environment, found: Plan) -> dict[str, str]:
    named = {"image-tag": found.tag} if found.tag else {}
    return {"environment": environment.name, "managed-by": "bluegreen", **named}


def _started(deployment_id: str, sides: Sides, found: Plan) -> Event:
    fields = {"deployment_id": deployment_id, "from": sides.original, "to": sides.replacement, **_fields(found)}
    text = "\n".join([f"{deployment_id}: {sides.original} -> {sides.replacement}", *_lines(found)])
    return Event(kind="started", text=text, fields=fields)


def _unchanged(release_target: ReleaseTarget, wish: Wish, found: Plan) -> Event:
    text = f"{found.live} is live and already is what would be released ({found.image}): nothing was deployed"
    if release_target.template == LIVE and not (wish.tag or wish.uri):
        text += (
            "\nits template is what runs; after `bluegreen target import … --template latest` it is the newest revision"
            f" of {release_target.family}"
        )
    return Event(kind="unchanged", text=text, fields={"revision": found.live, "image": found.image}, tone="good")


def _dry_run(release_target: ReleaseTarget, found: Plan) -> Event:
    family = release_target.family
    document = appspec_content.document(release_target, f"(the next revision of {family})")
    first = f"{found.live} -> the next revision of {family}; differs in: {', '.join(found.differences)}"
    text = "\n".join(
        [first, *_lines(found), f"{appspec.write(document, appspec.Format.YAML)}nothing was registered or deployed"]
    )
    fields = {"from": found.live, **_fields(found), "appspec": document, "task_definition": found.fields}
    return Event(kind="dry-run", text=text, fields=fields)


def _lines(found: Plan) -> list[str]:
    """Name the image, and what the template has that does not run yet."""
    image = f"image {found.image}{f' ({found.tag})' if found.tag else ''}"
    listed = [f"  {one}" for one in found.changes]
    return [image, f"the template {found.template} is newer than what runs:", *listed] if listed else [image]


def _fields(found: Plan) -> dict[str, Any]:
    return {
        "image": found.image,
        "differences": list(found.differences),
        "template": found.template,
        "changes": configuration.as_fields(found.changes),
    }


def _not_watched(environment: Environment, deployment_id: str) -> Event:
    text = f"to watch it: `bluegreen watch {deployment_id} {environment.options}`"
    return Event(kind="not-watched", text=text, fields={"deployment_id": deployment_id})
