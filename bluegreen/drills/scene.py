"""What a drill acts with: the commands of a user, the account's API for what goes wrong, and its own promises."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bluegreen.rehearsal import releases
from bluegreen.rehearsal.command_line import CommandLine, Outcome, Running
from bluegreen.rehearsal.narrator import Narrator
from bluegreen.report.drill import Promise
from bluegreen.report.timeline import Event

from . import cast
from .cast import BLUE, GREEN, Version
from .place import Place
from .service import Service, until

LIMIT = 60.0
REASON_LINES = 8
SKIP = "--skip-verify"


@dataclass
class Scene:
    """One drill at its place. What it promises and does is kept for the report."""

    place: Place
    tell: Narrator
    desired: int = 1
    """Tasks that should run in the end."""
    promises: list[Promise] = field(default_factory=list)
    marks: list[Event] = field(default_factory=list)
    """What the drill did; moments in epoch seconds."""
    reason: str = ""
    live: str = ""
    """The revision that should be live in the end."""
    versions: dict[str, Version] = field(default_factory=dict)
    """What was pushed, by tag."""
    begun: float = field(default_factory=time.time)
    """Epoch seconds."""
    _running: list[Running] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.live = self.live or self.orders.live.revision()
        self.versions |= {GREEN.tag: GREEN, BLUE.tag: BLUE}

    @property
    def orders(self) -> Service:
        """The service that the drill is about."""
        return self.place.orders

    @property
    def looks_ahead(self) -> bool:
        """Whether `bluegreen deploy` looks before it releases: in the article's set-up nobody does.

        There it would object to the hook, which asks the live version.
        """
        return self.place.variant == "bluegreen"

    @property
    def good(self) -> Version:
        """The good version that is not live."""
        return GREEN if self.orders.tag_of(self.orders.live.revision()) == BLUE.tag else BLUE

    def revision(self, deployment_id: str) -> str:
        """Return `family:revision` of what a deployment releases."""
        return releases.read_one(self.place.stage.client, self.orders.target, deployment_id).task_definition

    def command(self, service: Service | None = None) -> CommandLine:
        """Return the command line of the service, or of another."""
        return CommandLine(self.place.stage, self.tell, (service or self.orders).target)

    def start(
        self, verb: str, *words: str, service: Service | None = None, more: Mapping[str, str] | None = None
    ) -> Running:
        """Start `bluegreen` with a verb, for the service or another."""
        if verb == "deploy" and not self.looks_ahead:
            words = tuple(dict.fromkeys((*words, SKIP)))
        self._running.append(self.command(service).start(verb, *words, more=more))
        return self._running[-1]

    def end_commands(self) -> None:
        """Kill what a drill that broke off has left running."""
        for running in self._running:
            if running.process.exit_code() is None:
                running.process.kill()
            running.process.wait()

    def client(self, name: str) -> Any:
        """Return a client of the account."""
        return self.place.stage.client(name)

    def mark(self, deed: str) -> None:
        """Take note of what the drill does now."""
        self.tell.say(deed)
        self.marks.append(Event(time.time(), deed, ""))

    def promise(self, text: str, kept: object, seen: object = "") -> None:
        """State what must be true, and whether it is."""
        self.promises.append(Promise(text, bool(kept), str(seen)))
        self.tell.promise(text, bool(kept), str(seen))

    def push(self, version: Version, service: Service | None = None) -> None:
        """Put a version into the registry."""
        self.versions[version.tag] = version
        cast.push(self.place.stage, version, (service or self.orders).settings.repository)

    def deploy(self, version: Version, *words: str, more: Mapping[str, str] | None = None) -> Running:
        """Push a version and start `bluegreen deploy` of it."""
        self.push(version)
        self.mark(f"deploy {version.tag}")
        return self.start("deploy", "--image-tag", version.tag, *words, more=more)

    def started(self, version: Version, *words: str, more: Mapping[str, str] | None = None) -> tuple[Running, str]:
        """Start `bluegreen deploy`, wait until its deployment is there, and return both."""
        known = releases.ids(self.place.stage.client, self.orders.target)
        running = self.deploy(version, *words, more=more)
        return running, releases.wait_for_new(self.place.stage.client, self.orders.target, known, LIMIT)

    def released(self, version: Version, *words: str) -> Outcome:
        """Release a good version, promise that it succeeds, and that it is live."""
        return self.succeeded(self.deploy(version, *words).wait(), version)

    def succeeded(self, outcome: Outcome, version: Version) -> Outcome:
        """Promise that the release of a version succeeded."""
        self.live = self.orders.live.revision()
        self.promise(f"{version.color} was released", outcome.code == 0, f"exit code {outcome.code}")
        self.promise(
            "what is live is that version", self.orders.tag_of(self.live) == version.tag, f"{self.live}: {version.tag}"
        )
        return outcome

    def rejected(self, outcome: Outcome, *words: str) -> Outcome:
        """Promise that the release failed and was taken back, and that the reason names the words."""
        self.promise("the release failed and was taken back", outcome.code == 1, f"exit code {outcome.code}")
        return self.said(outcome, *words)

    def refused(self, outcome: Outcome, *words: str) -> Outcome:
        """Promise that nothing was started, and that the reason names the words."""
        self.promise("nothing was started", outcome.code == 2, f"exit code {outcome.code}")
        return self.said(outcome, *words)

    def said(self, outcome: Outcome, *words: str) -> Outcome:
        """Promise that what was printed names the words, and keep the reason."""
        missing = [word for word in words if word not in outcome.text]
        self.reason = self.reason or _reason(outcome)
        text = f"the reason is told: {', '.join(words)}"
        self.promise(text, not missing, f"without {', '.join(missing)}" if missing else "all of it")
        return outcome

    def stop(self, deployment_id: str, *words: str) -> Outcome:
        """Stop a deployment by hand, as `bluegreen stop` does."""
        self.mark(f"stop {deployment_id}")
        return self.start("stop", deployment_id, "--yes", *words).wait()

    def status(self, deployment_id: str) -> dict[str, Any]:
        """Return a deployment's `deploymentInfo`."""
        return self.client("codedeploy").get_deployment(deploymentId=deployment_id)["deploymentInfo"]

    def until_event(self, deployment_id: str, name: str, status: str = "InProgress") -> None:
        """Wait until a lifecycle event has the status."""
        until(lambda: self.event(deployment_id, name) == status, LIMIT, f"{name} {status}")

    def event(self, deployment_id: str, name: str) -> str:
        """Return the status of a lifecycle event; nothing where the deployment has not begun."""
        codedeploy, target_id = self.client("codedeploy"), f"{self.orders.target.cluster}:{self.orders.target.service}"
        try:
            found = codedeploy.get_deployment_target(deploymentId=deployment_id, targetId=target_id)
        except codedeploy.exceptions.DeploymentNotStartedException:
            return ""
        target = found["deploymentTarget"]
        events = {one["lifecycleEventName"]: one["status"] for one in target["ecsTarget"]["lifecycleEvents"]}
        return events.get(name, "")

    def until_status(self, deployment_id: str, status: str) -> None:
        """Wait until a deployment has the status."""
        releases.wait_for(self.place.stage.client, deployment_id, status, LIMIT)


def _reason(outcome: Outcome) -> str:
    """Return the reason as it was printed: from the line that begins with it, or what was printed at last."""
    lines = [line.rstrip() for line in outcome.lines if line.strip()]
    start = next((number for number, line in enumerate(lines) if line.strip().startswith("reason:")), len(lines) - 3)
    return "\n".join(line.strip() for line in lines[max(0, start) :][:REASON_LINES])
