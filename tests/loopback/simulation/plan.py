"""What one seed stands for: a configuration, the releases of a history, and what happens meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from .simulated_account import Function

SHIFT = "BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic"


@dataclass(frozen=True, kw_only=True)
class Routing:
    """How traffic shifts: `percentage` first (canary) or each time (linear), `minutes` between."""

    type: str = "AllAtOnce"
    percentage: int = 100
    minutes: int = 0
    predefined: str | None = None

    def reached(self, seconds: float) -> int:
        """Return the replacement's largest share (percent) `seconds` after the shift began."""
        if self.type == "AllAtOnce":
            return 100
        steps = int((seconds + 0.001) // (self.minutes * 60))
        if self.type == "TimeBasedCanary":
            return 100 if steps else self.percentage
        return min(100, self.percentage * (steps + 1))

    @property
    def waits(self) -> int:
        """How many intervals the whole shift has."""
        if self.type == "TimeBasedLinear":
            return -(-100 // self.percentage) - 1
        return int(self.type == "TimeBasedCanary")


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release, `gap` seconds after the one before; its tasks start `starts_after` seconds after their creation."""

    gap: float = 60.0
    hooks: tuple[tuple[str, Function], ...] = ()
    starts_after: float = 30.0
    healthy: bool = True
    stored: bool = False
    alarms_off: bool = False

    @property
    def sound(self) -> bool:
        """Whether it succeeds where nothing disturbs it."""
        answers = all(one.status == "Succeeded" and one.after < 3600 for _, one in self.hooks)
        return answers and self.healthy and self.starts_after < 3600


@dataclass(frozen=True, kw_only=True)
class Moment:
    """`seconds` after the release was created, or after its lifecycle `event` began; or during the next such `call`."""

    release: int
    seconds: float
    event: str | None = None
    call: str | None = None

    def __str__(self) -> str:
        after = f"{self.seconds:.1f} s after {self.event or 'the start'} of release {self.release}"
        return f"in the first {self.call} from {after} on" if self.call else after


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happens, once, unless its moment never comes."""

    kind: str
    moment: Moment
    detail: tuple[object, ...] = ()

    def __str__(self) -> str:
        detail = " ".join(str(one) for one in self.detail)
        return f"{self.kind} {detail}".rstrip() + f", {self.moment}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`ready` and `termination` are minutes; `rules` forward to the original's group as the listener does."""

    seed: int
    routing: Routing
    test_on: str | None
    rules: int
    ready: int | None
    termination: int
    alarms: tuple[tuple[str, str], ...]
    ignore_unreadable: bool
    rollback: tuple[str, ...]
    releases: tuple[Release, ...]
    happenings: tuple[Happening, ...]

    def __str__(self) -> str:
        routing = self.routing
        lines = [
            f"{routing.type} {routing.percentage} % {routing.minutes} min ({routing.predefined or 'custom'}), "
            f"test listener {self.test_on and 'on ' + self.test_on}, {self.rules} rules, ready wait {self.ready} min, "
            f"termination wait {self.termination} min",
            f"alarms {dict(self.alarms)}{' (unreadable is fine)' if self.ignore_unreadable else ''}, "
            f"rollback on {', '.join(self.rollback) or 'nothing'}",
        ]
        lines += [f"release {number}: {_words(one)}" for number, one in enumerate(self.releases)]
        return "\n".join(lines + [f"happens: {one}" for one in self.happenings])


def _words(release: Release) -> str:
    hooks = "; ".join(f"{event} {_answers(one)}" for event, one in release.hooks) or "no hooks"
    tasks = f"tasks start after {release.starts_after:.0f} s{'' if release.healthy else ', never healthy'}"
    extras = f"{', revision in S3' if release.stored else ''}{', alarms off' if release.alarms_off else ''}"
    return f"{release.gap:.0f} s later, {hooks}; {tasks}{extras}"


def _answers(function: Function) -> str:
    answers = function.answers()
    return f"{' then '.join(answers)} after {function.after:.1f} s" if answers else "silent"
