"""What the proxies need to know, frozen: the account's load balancers, target groups and HTTP APIs at one moment.

The names of the fields are those that the proxy reads (`proxy_rust/src/network.rs`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Share:
    """A target group's part of a forward action; weights are relative to each other."""

    target_group: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Forward:
    """Requests go to the groups by weight; with `sticky_seconds`, a visitor stays with a group for so long."""

    shares: tuple[Share, ...]
    sticky_seconds: int | None = None
    kind: str = field(default="forward", init=False)


@dataclass(frozen=True, kw_only=True)
class FixedResponse:
    """The load balancer answers by itself."""

    status: int
    content_type: str = "text/plain"
    body: str = ""
    kind: str = field(default="fixed-response", init=False)


@dataclass(frozen=True, kw_only=True)
class Redirect:
    """The client is sent elsewhere; `location` still holds the `#{…}` words of the ELB API."""

    status: int
    location: str
    kind: str = field(default="redirect", init=False)


Action = Forward | FixedResponse | Redirect


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of a rule: any of `values` matches; `name` is the header's, for `http-header`."""

    kind: str
    values: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of a listener: all conditions hold → the action."""

    arn: str
    priority: int
    conditions: tuple[Condition, ...]
    action: Action


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A port of a load balancer; `default` acts when no rule does."""

    arn: str
    port: int
    default: Action
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LoadBalancer:
    """An address and what listens on it; `name` is the one that metrics know it by, `app/<name>/<id>`."""

    name: str
    address: str
    listeners: tuple[Listener, ...]
    idle_timeout: int = 60


@dataclass(frozen=True, kw_only=True)
class ApiRoute:
    """A route of an HTTP API: method `ANY` or a verb, a path such as `/one/{id}`, and the listener behind it.

    `listener` is None for an integration that leads nowhere; `timeout` is in milliseconds. The `$default` route
    has the path `$default`. A route that is `closed` wants proof of who calls, which nobody here can check.
    """

    method: str
    path: str
    listener: str | None
    timeout: int = 30_000
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class HttpApi:
    """An HTTP API: where it answers, and under which stages."""

    address: str
    port: int
    stages: tuple[str, ...]
    routes: tuple[ApiRoute, ...]


@dataclass(frozen=True, kw_only=True)
class Network:
    """Everything that the proxies serve.

    `targets` maps a target group's ARN to the `address:port` of each target that gets requests, `sticky` to the seconds
    for which a visitor stays with a target of it.
    """

    load_balancers: tuple[LoadBalancer, ...] = ()
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sticky: Mapping[str, int] = field(default_factory=dict)
    apis: tuple[HttpApi, ...] = ()

    def __add__(self, other: Network) -> Network:
        return Network(
            load_balancers=self.load_balancers + other.load_balancers,
            targets={**self.targets, **other.targets},
            sticky={**self.sticky, **other.sticky},
            apis=self.apis + other.apis,
        )
