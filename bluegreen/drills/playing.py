"""Plays one drill at a place, under visitors, and returns what it showed."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import StageError
from bluegreen.rehearsal.visitors import Visitors
from bluegreen.report import drill as report
from bluegreen.report.drill import Promise
from bluegreen.report.figures import Exposure

from . import broken_off, deployed, exposure, logs, measure, promises
from .cast import GREEN, Version
from .drill import Drill
from .measure import Played
from .observer import Observer
from .place import Place
from .restore import restore
from .rights import rights
from .scene import Scene
from .service import Service, until
from .timeline import timeline

AROUND = 1.5
"""Seconds of visits before and after, to compare those during the release with."""
SETTLE = 15.0
"""Seconds in which the tasks of an ended release go: they drain, and they have their time to stop."""


@dataclass(frozen=True)
class Playing:
    """Where drills are played, how many requests a second visitors send, and the folder that the report lies in."""

    place: Place
    rate: float
    folder: Path

    def play(self, drill: Drill) -> report.Drill:
        """Play a drill and leave the place as it was.

        Raises:
            StageError: the place could not be brought back to where it was.
        """
        folder = self.folder / logs.folder(self.place.variant, drill)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / logs.OWN).open("w", encoding="utf-8") as file:
            tell = Narrator(Console(file=file, highlight=False, soft_wrap=True, width=200))
            shown = self._under_visitors(drill, Scene(self.place, tell))
            restore(self.place, tell)
        return shown

    def _under_visitors(self, drill: Drill, scene: Scene) -> report.Drill:
        orders, first = scene.orders, scene.live
        observer = Observer(orders)
        visitors = Visitors(orders.url, rate=self.rate)
        visitors.start()
        time.sleep(AROUND)
        begun = time.time()
        broke = _act(drill, scene)
        done = time.time()
        time.sleep(AROUND)
        due, visits = visitors.due, visitors.stop()
        _settle(orders)
        observer.stop()
        releases = deployed.since(orders, visitors.started)
        played = Played(
            visits=visits,
            due=due,
            started=visitors.started,
            begun=begun,
            done=done,
            first=first,
            versions=self._versions(scene, first, releases),
            deployed=releases,
            rights=rights(first, releases),
            allowed=self._risked(drill.risk),
            losable=self._risked(drill.lost_risk) if drill.lost_risk else Exposure(drill.lost_share, drill.lost_for),
            alarms=tuple(observer.alarms),
        )
        counted = measure.count(played)
        figures = measure.figures(played, counted)
        kept = (
            *broke,
            *scene.promises,
            *promises.of_visitors(drill, played, counted, figures),
            *promises.of_account(orders, scene.live, scene.desired),
        )
        return report.Drill(
            drill.name,
            drill.kind,
            drill.purpose,
            self.place.variant,
            kept,
            scene.reason,
            figures,
            timeline(played, observer.weights, scene.marks),
            logs.keep(orders, visitors.started, self.folder, logs.folder(self.place.variant, drill)),
        )

    def _risked(self, config: str) -> Exposure:
        risk = exposure.Risk(config=config, alarms=self.place.orders.settings.alarms) if config else None
        return exposure.allowed(risk, self.place.minute)

    def _versions(self, scene: Scene, first: str, releases: tuple[deployed.Deployed, ...]) -> dict[str, Version]:
        known = {}
        for revision in {first, *(one.revision for one in releases)}:
            tag = scene.orders.tag_of(revision)
            known[revision] = scene.versions.get(tag, GREEN)
        return known


def _act(drill: Drill, scene: Scene) -> tuple[Promise, ...]:
    """Play it; a drill that breaks off has broken a promise, and the others are still looked at."""
    try:
        drill.play(scene)
    except (StageError, ClientError, BotoCoreError) as error:
        scene.tell.say(f"broke off: {error}")
        return (broken_off.promise(str(error)),)
    finally:
        scene.end_commands()
    return ()


def _settle(orders: Service) -> None:
    """Give the tasks of an ended release their time to go; who stays longer is left over, and told."""
    with suppress(StageError):
        until(lambda: len(orders.described()["taskSets"]) == 1 and not orders.active(), SETTLE, "the end")
