"""A place where drills are played one after the other: a loopback with the drills' environment applied once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bluegreen import settings
from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import Stage, StageError
from bluegreen.rehearsal.terraform import Terraform
from bluegreen.report.drill import Variant

from . import cast, project
from .cast import GREEN
from .service import Service
from .variants import ENVIRONMENTS

FOUNDATION = "rehearsal-foundation"


@dataclass(frozen=True)
class Place:
    """An environment that was applied: the service that drills release, and its neighbour."""

    stage: Stage
    variant: Variant
    minute: float
    """Real seconds that a minute of AWS takes."""
    terraform: Terraform
    orders: Service
    billing: Service


@contextmanager
def open_stage(folder: Path, variant: Variant, minute: float) -> Iterator[Stage]:
    """Start a loopback for the project in `folder`: in the main thread, whose signals it handles at its end."""
    chosen = settings.load(ENVIRONMENTS[variant], folder / "environments")
    with Stage(chosen, minute=f"{minute:g}s", project=folder) as stage:
        yield stage


def apply(stage: Stage, variant: Variant, minute: float, tell: Narrator) -> Place:
    """Synthesize and apply the environment, from any thread.

    Raises:
        StageError: something of it failed.
    """
    said: list[str] = []
    if stage.run([sys.executable, "main.py"], said.append) != 0:
        raise StageError(f"synthesis failed: {' '.join(said[-5:])}")
    foundation = Terraform(stage, FOUNDATION, tell.say)
    foundation.init()
    foundation.apply()
    services = project.services(stage.project, stage.settings.name)
    for each in services:
        cast.push(stage, _first(each.image_tag), each.repository)
    terraform = Terraform(stage, stage.settings.name, tell.say)
    terraform.init()
    tell.say(f"{terraform.apply()} resources applied")
    orders, billing = (Service.of(stage, each) for each in sorted(services, key=lambda one: one.service_name)[::-1])
    orders.live.get("/one", expected=GREEN.key)
    return Place(stage, variant, minute, terraform, orders, billing)


def _first(tag: str) -> cast.Version:
    """The version that the infrastructure starts with, under the tag that it names."""
    return cast.Version(tag=tag, color=GREEN.color, bad=False)
