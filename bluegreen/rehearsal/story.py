"""The article as a story in acts; each act ends with the promises it must keep."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from . import cast, gate, inventory, releases
from .approvals import approvals
from .cast import BLUE, BROKEN, GREEN, Version
from .command_line import CommandLine, Outcome
from .figures import Approval, Figures, add_up
from .live import Live
from .narrator import Narrator
from .releases import Release
from .stage import Stage, StageError
from .terraform import Terraform
from .visitors import Visitors
from .visits import Visits

GATE_LIMIT = 60.0


@dataclass(frozen=True)
class Ending:
    """What is told at the end."""

    figures: Figures
    releases: tuple[tuple[Version, Release], ...]
    visits: Visits
    approvals: tuple[Approval, ...]
    started: float
    """Epoch seconds at which the visitors began."""


@dataclass
class Story:
    """Plays the acts in order on a stage; `rate` is how many requests visitors send a second."""

    stage: Stage
    tell: Narrator
    rate: float
    _released: dict[str, Version] = field(default_factory=dict)

    def play(self) -> Ending:
        """Play from the empty account to the empty account.

        Raises:
            StageError: an act cannot go on.
        """
        before = inventory.take(self.stage.client)
        foundation = Terraform(self.stage, "rehearsal-foundation", self.tell.say)
        service = Terraform(self.stage, self.stage.settings.name, self.tell.say)
        self._apply(foundation, service)
        live = Live.of(self.stage, self.stage.settings)
        initial = self._open_the_door(live)
        ending = self._release_under_visitors(live, initial)
        self._judge(ending.figures)
        self._plan_again(service)
        self._destroy(foundation, service, before)
        return ending

    def _apply(self, foundation: Terraform, service: Terraform) -> None:
        self.tell.act("1. CDKTF synthesizes, Terraform applies")
        self._synthesize()
        foundation.init()
        self.tell.say(f"foundation: {foundation.apply()} resources applied")
        for version in (GREEN, BLUE, BROKEN):
            cast.push(self.stage, version, self.stage.settings)
            self.tell.say(f"pushed {self.stage.settings.repository}:{version.tag}")
        service.init()
        self.tell.say("service stack: its provider waits a minute for a load balancer, here as on AWS")
        count = service.apply()
        self.tell.promise("Terraform applied the whole architecture", count > 0, f"{count} resources added")

    def _synthesize(self) -> None:
        said: list[str] = []
        started = time.monotonic()
        if self.stage.run([sys.executable, "main.py"], said.append) != 0:
            raise StageError(f"synthesis failed: {' '.join(said[-5:])}")
        self.tell.say(f"python main.py: synthesized in {time.monotonic() - started:.1f} s")

    def _open_the_door(self, live: Live) -> Approval:
        self.tell.act("2. Green answers through the HTTP API")
        self.tell.say(f"GET {live.url}/one")
        body = live.get("/one", expected=GREEN.key)
        self.tell.promise("the public URL answers from Green", GREEN.key in body, body)
        return Approval(live.revision(), GREEN.key)

    def _release_under_visitors(self, live: Live, initial: Approval) -> Ending:
        visitors = Visitors(f"{live.url}/one", rate=self.rate)
        visitors.start()
        self.tell.say(f"visitors start: {self.rate:.0f} requests a second until the last release has ended")
        try:
            self._release_blue(live)
            self._check_from_pytest(live)
            self._release_broken(live)
            self._move_the_listener(live)
            self._release_green(live)
        finally:
            due = visitors.due
            visits = visitors.stop()
        self.tell.act("8. What visitors saw")
        self.tell.promise("visitors were there throughout", len(visits) >= due * 0.95, f"{len(visits)} requests")
        read = [
            (version, releases.read_one(self.stage.client, live.target, id_)) for id_, version in self._released.items()
        ]
        approved = approvals(initial, read)
        return Ending(add_up(visits, approved), tuple(read), visits, approved, visitors.started)

    def _release_blue(self, live: Live) -> None:
        self.tell.act("3. Release Blue")
        outcome = self._deploy(live, BLUE)
        self.tell.promise("Blue was released", outcome.code == 0, f"exit code {outcome.code}")
        proof = outcome.line_with("hook verdict", "proved", live.revision())
        seen = proof.partition("hook verdict")[2].strip()
        self.tell.promise("the hook proved which revision it tested", bool(seen), seen or "no verdict line says so")
        body = live.get("/one", expected=BLUE.key)
        self.tell.promise("the public URL answers from Blue", BLUE.key in body, body)

    def _check_from_pytest(self, live: Live) -> None:
        self.tell.act("4. The hook's checks from pytest, against the running service")
        checks = cast.check_list(self.stage.folder, {"/one": BLUE.key})
        options = ["--route-check-url", live.url, "--route-check-list", str(checks)]
        outcome = self._command(live).pytest(*options, "--route-check-task-definition", live.revision())
        self.tell.promise("pytest runs the hook's own checks", outcome.code == 0, f"exit code {outcome.code}")

    def _release_broken(self, live: Live) -> None:
        self.tell.act("5. A version whose /one answers 500")
        before = live.revision()
        outcome = self._deploy(live, BROKEN)
        reason = outcome.line_with("/one", "500")
        self.tell.promise("the release was rejected", outcome.code == 1, f"exit code {outcome.code}")
        self.tell.promise("with its reason", bool(reason), reason or "no line names /one and 500")
        self.tell.promise("Blue is still live", live.revision() == before, live.revision())

    def _move_the_listener(self, live: Live) -> None:
        self.tell.act("6. Somebody moves the test listener back to the live version during a release")
        before = live.revision()
        known = releases.ids(self.stage.client, live.target)
        with gate.closed(self.stage.client, live.target):
            running = self._command(live).deploy(GREEN)
            deployment_id = releases.wait_for_new(self.stage.client, live.target, known, GATE_LIMIT)
            self._released[deployment_id] = GREEN
            releases.wait_for(self.stage.client, deployment_id, "Ready", GATE_LIMIT)
            group = gate.move_test_listener_to_live(self.stage.client, live.target)
            self.tell.say(f"while it waits at the gate, the test listener is pointed at {group}, the live version")
            self._command(live).go_on(deployment_id)
            outcome = running.wait()
        tested = releases.read_one(self.stage.client, live.target, deployment_id).task_definition
        reason = outcome.line_with(before, tested, "answered")
        self.tell.promise("the identity proof rejected the release", outcome.code == 1, f"exit code {outcome.code}")
        self.tell.promise("both revisions are named", bool(reason), reason or f"no line names {before} and {tested}")
        self.tell.promise("Blue is still live", live.revision() == before, live.revision())

    def _release_green(self, live: Live) -> None:
        self.tell.act("7. Green again: two rejected releases have left nothing in the way")
        outcome = self._deploy(live, GREEN)
        body = live.get("/one", expected=GREEN.key)
        self.tell.promise("Green was released", outcome.code == 0 and GREEN.key in body, body)

    def _judge(self, figures: Figures) -> None:
        for example in figures.examples:
            self.tell.say(example)
        visits = f"of {figures.visits} requests"
        self.tell.promise("no request was dropped", figures.dropped == 0, f"{figures.dropped} {visits}")
        self.tell.promise("no wrong answer", figures.wrong == 0, f"{figures.wrong} {visits} from a revision not passed")

    def _plan_again(self, service: Terraform) -> None:
        self.tell.act("9. Terraform after four releases")
        changes = service.plan()
        self.tell.promise("the plan is clean", not changes, ", ".join(changes) or "no changes")

    def _destroy(self, foundation: Terraform, service: Terraform, before: frozenset[str]) -> None:
        self.tell.act("10. Destroy")
        count = service.destroy() + foundation.destroy()
        self.tell.say(f"{count} resources destroyed")
        left = inventory.take(self.stage.client) - before
        self.tell.promise(
            "the account holds nothing that the stacks made", not left, ", ".join(sorted(left)) or "empty"
        )
        kept = inventory.revisions(self.stage.client)
        self.tell.say(f"task definition revisions stay, as on AWS: {', '.join(kept) or 'none'}")

    def _command(self, live: Live) -> CommandLine:
        return CommandLine(self.stage, self.tell, live.target)

    def _deploy(self, live: Live, version: Version) -> Outcome:
        known = releases.ids(self.stage.client, live.target)
        outcome = self._command(live).deploy(version).wait()
        started = [one for one in releases.read(self.stage.client, live.target) if one.deployment_id not in known]
        self._released |= {release.deployment_id: version for release in started}
        return outcome
