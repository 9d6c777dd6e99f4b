"""How calls of the role go wrong: before they take effect, or after it, when only the answer is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy.call_failed import CallFailed

P = ParamSpec("P")
T = TypeVar("T")
SERVICES = {
    "DescribeServices": "AmazonECS",
    "CreateTaskSet": "AmazonECS",
    "UpdateServicePrimaryTaskSet": "AmazonECS",
    "DeleteTaskSet": "AmazonECS",
    "DescribeTargetGroups": "AmazonElasticLoadBalancing",
    "DescribeListeners": "AmazonElasticLoadBalancing",
    "ModifyListener": "AmazonElasticLoadBalancing",
    "DescribeRules": "AmazonElasticLoadBalancing",
    "ModifyRule": "AmazonElasticLoadBalancing",
    "Invoke": "AWSLambda",
    "DescribeAlarms": "AmazonCloudWatch",
    "GetObject": "AmazonS3",
}
CALLS = tuple(SERVICES)
CHANGES = frozenset(
    {"CreateTaskSet", "UpdateServicePrimaryTaskSet", "DeleteTaskSet", "ModifyListener", "ModifyRule", "Invoke"}
)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A call fails from `start` to `end` (epoch seconds).

    `kind` is throttled, broken, denied, or lost: then it takes effect, and its answer does not come.
    """

    call: str
    kind: str
    start: float
    end: float

    def failure(self) -> CallFailed:
        service = SERVICES[self.call]
        if self.kind == "throttled":
            return CallFailed(service, "ThrottlingException", "Rate exceeded")
        if self.kind == "denied":
            return CallFailed(service, "AccessDeniedException", "not authorized", status=403)
        code = "ServiceUnavailable" if self.kind == "broken" else "ReadTimeoutError"
        return CallFailed(service, code, "try again", status=503)


def _nothing(call: str, arguments: tuple[object, ...]) -> None:
    """Nobody watches."""


@dataclass(kw_only=True)
class Failing:
    """An account whose calls can fail.

    By name of a call: `faults` are the errors of its next calls ("<call> answer": after the effect), `meanwhile` is
    what others do while it runs. `told` hears of every change as soon as it is made, and what it was asked with.
    """

    clock: ManualClock
    faults: dict[str, list[CallFailed]] = field(default_factory=dict)
    windows: list[Fault] = field(default_factory=list)
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    told: Callable[[str, tuple[object, ...]], None] = _nothing

    def before(self, call: str) -> None:
        self.calls[call] += 1
        if call in self.meanwhile:
            self.meanwhile.pop(call)()
        self._raise(call, lost=False)

    def after(self, call: str, arguments: tuple[object, ...]) -> None:
        if call in CHANGES:
            self.told(call, arguments)
        self._raise(f"{call} answer", lost=False)
        self._raise(call, lost=True)

    def _raise(self, call: str, *, lost: bool) -> None:
        if not lost and self.faults.get(call):
            raise self.faults[call].pop(0)
        for fault in self.windows:
            if fault.call == call and (fault.kind == "lost") is lost and fault.start <= self.clock.now() < fault.end:
                raise fault.failure()


A = TypeVar("A", bound=Failing)


def call(name: str) -> Callable[[Callable[Concatenate[A, P], T]], Callable[Concatenate[A, P], T]]:
    """Make a method of the account a call of the role, which can fail."""

    def named(method: Callable[Concatenate[A, P], T]) -> Callable[Concatenate[A, P], T]:
        @wraps(method)
        def failing(self: A, /, *arguments: P.args, **named: P.kwargs) -> T:
            self.before(name)
            answer = method(self, *arguments, **named)
            self.after(name, arguments)
            return answer

        return failing

    return named


def throttled(service: str = "AmazonECS") -> CallFailed:
    """A service asks to come back later."""
    return CallFailed(service, "ThrottlingException", "Rate exceeded")


def refused(code: str, message: str) -> CallFailed:
    """ECS refuses."""
    return CallFailed("AmazonECS", code, message, request_id="11111111-2222")
