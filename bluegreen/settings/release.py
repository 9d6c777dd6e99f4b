"""Settings of the release control."""

from __future__ import annotations

from dataclasses import dataclass

from . import traffic_shift
from .allowed import Allowed, between, one_of, setting

HOOKS = ("AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic")
HOOKS_TOO_EARLY = ("BeforeInstall", "AfterInstall")


def _hooks() -> Allowed:
    reason = f"not {' or '.join(HOOKS_TOO_EARLY)}: the test listener still answers from the live version then"
    words = f"one or more of {', '.join(HOOKS)} ({reason})"
    schema = {"minItems": 1, "items": {"enum": list(HOOKS)}}
    return Allowed(words=words, accepts=lambda hooks: bool(hooks) and set(hooks) <= set(HOOKS), schema=schema)


@dataclass(frozen=True, kw_only=True)
class ReleaseSettings:
    """The CodeDeploy deployment group."""

    config: str = setting(
        traffic_shift.PREDEFINED[0],
        "How production traffic is shifted; a configuration of its own is made for other values than AWS's.",
        traffic_shift.configs(),
    )
    hooks: tuple[str, ...] = setting(("BeforeAllowTraffic",), "Lifecycle events that call the hook.", _hooks())
    ready_wait: int = setting(0, "Minutes to wait for `continue` before the shift; 0: no gate.", between(0, 2880))
    termination_wait: int = setting(0, "Minutes that the old tasks stay after a release.", between(0, 2880))


@dataclass(frozen=True, kw_only=True)
class HookSettings:
    """The Lambda function that checks a release."""

    memory: int = setting(256, "Memory of the function in MB.", between(128, 10240))
    timeout: int = setting(30, "Seconds within which the hook has reported its verdict.", between(10, 900))
    identity_proof: str = setting(
        "required", "Whether answers must carry the revision under deployment.", one_of("required", "off")
    )
    listener: str = setting(
        "test",
        "Listener that the hook asks; production, which answers from the live version, only in a rehearsal.",
        one_of("test", "production"),
    )
