"""What moto keeps of load balancers, as the data plane wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from moto.elbv2.models import FakeListener, FakeLoadBalancer, FakeTargetGroup

from bluegreen.loopback.data_plane import views
from bluegreen.loopback.data_plane.unsupported import UnsupportedError

from . import idle_timeout
from .actions import group_stickiness, target_groups
from .stickiness import target_stickiness
from .targets import Targets

DEFAULT_PRIORITY = "default"
# Where a condition of each kind keeps its values, besides the older `Values`.
CONFIGS = {
    "path-pattern": "PathPatternConfig",
    "host-header": "HostHeaderConfig",
    "http-header": "HttpHeaderConfig",
    "http-request-method": "HttpRequestMethodConfig",
    "source-ip": "SourceIpConfig",
    "query-string": "QueryStringConfig",
}


def network(
    balancers: Iterable[FakeLoadBalancer], groups: Mapping[str, FakeTargetGroup], targets: Mapping[str, Targets]
) -> views.Network:
    """Return the application load balancers and who serves behind them.

    Raises:
        UnsupportedError: something that the data plane does not do, by name.
    """
    return views.Network(
        load_balancers=tuple(_load_balancer(one) for one in balancers if one.type == "application"),
        targets={arn: tuple(f"{key.id}:{key.port}" for key in group.serving()) for arn, group in targets.items()},
        sticky={arn: seconds for arn, group in groups.items() if (seconds := target_stickiness(group)) is not None},
    )


def _load_balancer(balancer: FakeLoadBalancer) -> views.LoadBalancer:
    return views.LoadBalancer(
        name=metric_name(balancer.arn),
        address=balancer.dns_name,
        listeners=tuple(_listener(listener) for listener in balancer.listeners.values()),
        idle_timeout=idle_timeout.seconds(balancer.attrs),
    )


def metric_name(arn: str) -> str:
    """Return the name in metrics of a load balancer or target group: `app/<name>/<id>`, `targetgroup/<name>/<id>`."""
    resource = arn.rsplit(":", 1)[-1]
    return resource.removeprefix("loadbalancer/")


def _listener(listener: FakeListener) -> views.Listener:
    if listener.protocol != "HTTP":
        raise UnsupportedError(f"the loopback serves HTTP listeners only, not {listener.protocol}")
    return views.Listener(
        arn=listener.arn,
        port=int(listener.port),
        default=_action([action.data for action in listener.default_actions]),
        rules=tuple(
            views.Rule(
                arn=rule.arn,
                priority=int(rule.priority),
                conditions=tuple(_condition(condition) for condition in rule.conditions),
                action=_action([action.data for action in rule.actions]),
            )
            for rule in listener.rules.values()
            if rule.priority != DEFAULT_PRIORITY
        ),
    )


def _action(actions: list[dict[str, Any]]) -> views.Action:
    if len(actions) != 1:
        raise UnsupportedError(f"the loopback serves exactly one action, not {len(actions)}")
    action = actions[0]
    match action["Type"]:
        case "forward":
            shares = tuple(views.Share(target_group=arn, weight=weight) for arn, weight in target_groups(action))
            return views.Forward(shares=shares, sticky_seconds=group_stickiness(action))
        case "fixed-response":
            config = action["FixedResponseConfig"]
            return views.FixedResponse(
                status=int(config["StatusCode"]),
                content_type=config.get("ContentType", "text/plain"),
                body=config.get("MessageBody", ""),
            )
        case "redirect":
            return _redirect(action["RedirectConfig"])
    raise UnsupportedError(f"the loopback has no action {action['Type']}")


def _redirect(config: Mapping[str, str]) -> views.Redirect:
    protocol = config.get("Protocol", "#{protocol}").lower()
    host, port = config.get("Host", "#{host}"), config.get("Port", "#{port}")
    path, query = config.get("Path", "/#{path}"), config.get("Query", "#{query}")
    status = 301 if config["StatusCode"] == "HTTP_301" else 302
    return views.Redirect(status=status, location=f"{protocol}://{host}:{port}{path}" + (f"?{query}" if query else ""))


def _condition(condition: Mapping[str, Any]) -> views.Condition:
    kind = condition["Field"]
    config = condition.get(CONFIGS.get(kind, ""), {})
    values = config.get("Values") or condition.get("Values") or []
    if kind == "query-string":
        values = [f"{pair.get('Key') or '*'}={pair['Value']}" for pair in values]
    return views.Condition(kind=kind, values=tuple(values), name=config.get("HttpHeaderName", ""))
