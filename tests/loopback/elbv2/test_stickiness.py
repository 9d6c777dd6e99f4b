"""Visitors with cookies."""

from __future__ import annotations

import http.client
from http.cookies import SimpleCookie
from typing import Any

import pytest
from botocore.exceptions import ClientError

PORT = 8000
STICKY = [{"Key": "stickiness.enabled", "Value": "true"}, {"Key": "stickiness.type", "Value": "lb_cookie"}]


def actions(stage: Any, blue: int, green: int, seconds: int | None = 60) -> list[dict[str, Any]]:
    groups = [{"TargetGroupArn": stage.blue, "Weight": blue}, {"TargetGroupArn": stage.green, "Weight": green}]
    config: dict[str, Any] = {"TargetGroups": groups}
    if seconds:
        config["TargetGroupStickinessConfig"] = {"Enabled": True, "DurationSeconds": seconds}
    return [{"Type": "forward", "ForwardConfig": config}]


def listen(elb: Any, stage: Any, wanted: list[dict[str, Any]]) -> str:
    made = elb.create_listener(LoadBalancerArn=stage.arn, Protocol="HTTP", Port=PORT, DefaultActions=wanted)
    return made["Listeners"][0]["ListenerArn"]


def healthy(elb: Any, *groups: str) -> bool:
    found = [elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"] for group in groups]
    return all(one["TargetHealth"]["State"] == "healthy" for targets in found for one in targets)


class Visitor:
    """Asks and keeps the cookies that it gets."""

    def __init__(self, stage: Any) -> None:
        self._stage = stage
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str = "/") -> str:
        connection = http.client.HTTPConnection(self._stage.address, PORT, timeout=10)
        cookie = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(line)
        return answer.read().decode() if answer.status == 200 else str(answer.status)


def test_a_visitor_stays_with_the_group_whatever_the_weights(elb, stage, target, eventually) -> None:
    blue, green = target("blue"), target("green")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    elb.register_targets(TargetGroupArn=stage.green, Targets=[{"Id": green.address}])
    listener = listen(elb, stage, actions(stage, 50, 50))
    eventually(lambda: healthy(elb, stage.blue, stage.green))
    visitors = [Visitor(stage) for _ in range(4)]

    first = [visitor.get() for visitor in visitors]
    assert sorted(first) == ["blue", "blue", "green", "green"]
    assert [[visitor.get() for _ in range(10)] for visitor in visitors] == [[name] * 10 for name in first]
    assert visitors[0].cookies.keys() == {"AWSALBTG", "AWSALBTGCORS"}
    assert visitors[0].cookies["AWSALBTG"]["max-age"] == "60"

    elb.modify_listener(ListenerArn=listener, DefaultActions=actions(stage, 0, 100))
    assert [visitor.get() for visitor in visitors] == first
    assert Visitor(stage).get() == "green"

    elb.modify_listener(ListenerArn=listener, DefaultActions=actions(stage, 0, 100, seconds=None))
    assert {visitor.get() for visitor in visitors} == {"green"}


def test_a_target_behind_a_sticky_action_learns_who_asked_and_is_counted(
    elb, stage, target, eventually, client
) -> None:
    blue = target("blue")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    listen(elb, stage, actions(stage, 1, 0))
    eventually(lambda: healthy(elb, stage.blue))

    assert Visitor(stage).get("/header/X-Forwarded-For") == "127.0.0.1"
    assert Visitor(stage).get("/header/X-Forwarded-Port") == str(PORT)

    def counted() -> bool:
        names = {
            pair["Value"]
            for metric in client("cloudwatch").list_metrics(MetricName="RequestCount")["Metrics"]
            for pair in metric["Dimensions"]
        }
        return stage.blue.rsplit(":", 1)[1] in names

    eventually(counted)


def test_a_visitor_stays_with_the_target_while_it_is_there(elb, stage, target, eventually) -> None:
    elb.modify_target_group_attributes(TargetGroupArn=stage.blue, Attributes=STICKY)
    both = {name: target(name) for name in ("one", "two")}
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": one.address} for one in both.values()])
    listen(elb, stage, [{"Type": "forward", "TargetGroupArn": stage.blue}])
    eventually(lambda: healthy(elb, stage.blue))
    visitor = Visitor(stage)

    first = visitor.get()
    assert {visitor.get() for _ in range(20)} == {first}
    assert "AWSALB" in visitor.cookies
    assert {Visitor(stage).get() for _ in range(60)} == {"one", "two"}

    elb.deregister_targets(TargetGroupArn=stage.blue, Targets=[{"Id": both[first].address}])
    assert {visitor.get() for _ in range(20)} == both.keys() - {first}


def test_a_sticky_group_among_several_needs_a_sticky_action(elb, stage) -> None:
    elb.modify_target_group_attributes(TargetGroupArn=stage.blue, Attributes=STICKY)

    with pytest.raises(ClientError, match="InvalidConfigurationRequest"):
        listen(elb, stage, actions(stage, 1, 1, seconds=None))
    listen(elb, stage, actions(stage, 1, 1))


def test_a_cookie_of_the_application_is_refused_by_name(elb, stage) -> None:
    wanted = {"stickiness.enabled": "true", "stickiness.type": "app_cookie", "stickiness.app_cookie.cookie_name": "S"}
    attributes = [{"Key": key, "Value": value} for key, value in wanted.items()]

    with pytest.raises(ClientError, match=r"OperationNotPermitted.*not app_cookie"):
        elb.modify_target_group_attributes(TargetGroupArn=stage.blue, Attributes=attributes)
    elb.deregister_targets(TargetGroupArn=stage.blue, Targets=[{"Id": "127.0.0.2"}])  # nothing of it is left


@pytest.mark.parametrize("seconds", [-1, 604_801])
def test_a_visitor_stays_a_week_at_most(elb, stage, seconds: int) -> None:
    with pytest.raises(ClientError, match="ValidationError"):
        listen(elb, stage, actions(stage, 1, 1, seconds))
