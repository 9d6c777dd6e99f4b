"""What a load balancer does to a request, as both ends see it."""

from __future__ import annotations

import http.client
import re
import threading
import time
from typing import Any

import pytest

from .conftest import PORT as TARGET_PORT

PORT = 8000
ID = r"1-[0-9a-f]{8}-[0-9a-f]{24}"


@pytest.fixture
def blue(elb, stage, target, eventually) -> Any:
    """A healthy target behind a listener."""
    one = target("blue")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": one.address}])
    action = {"Type": "forward", "TargetGroupArn": stage.blue}
    elb.create_listener(LoadBalancerArn=stage.arn, Protocol="HTTP", Port=PORT, DefaultActions=[action])
    eventually(lambda: state(elb, stage) == "healthy")
    return one


def state(elb: Any, stage: Any) -> str:
    found = elb.describe_target_health(TargetGroupArn=stage.blue)["TargetHealthDescriptions"]
    return found[0]["TargetHealth"]["State"] if found else ""


def get(stage: Any, path: str = "/", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(stage.address, PORT, timeout=15)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def seen(stage: Any, header: str, **headers: str) -> str:
    """Return what the target got as `header`."""
    return get(stage, f"/header/{header}", **headers)[1]


def test_a_target_sees_each_request_with_an_id_of_its_own(blue, stage) -> None:
    ids = {seen(stage, "X-Amzn-Trace-Id") for _ in range(20)}

    assert len(ids) == 20
    assert all(re.fullmatch(f"Root={ID}", one) for one in ids)
    written = {int(one.split("-")[1], 16) for one in ids}
    assert all(abs(time.time() - when) < 86_400 for when in written)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Root=1-67891233-abcdef012345678912345678", rf"Self={ID};Root=1-67891233-abcdef012345678912345678"),
        ("Root=1-1-2;Sampled=1", rf"Self={ID};Root=1-1-2;Sampled=1"),
        ("Self=1-1-2;Root=1-1-3", rf"Self={ID};Root=1-1-3"),
        ("Lineage=a", rf"Root={ID};Lineage=a"),
    ],
)
def test_an_id_that_a_request_brings_is_kept_and_extended(blue, stage, sent: str, expected: str) -> None:
    assert re.fullmatch(expected, seen(stage, "X-Amzn-Trace-Id", X_Amzn_Trace_Id=sent))


def test_a_target_learns_the_whole_way_of_a_request(blue, stage) -> None:
    assert seen(stage, "X-Forwarded-For") == "127.0.0.1"
    assert seen(stage, "X-Forwarded-For", X_Forwarded_For="198.51.100.7") == "198.51.100.7, 127.0.0.1"


def test_a_client_cannot_say_by_which_port_and_protocol_it_came(blue, stage) -> None:
    said = {"X_Forwarded_Port": "443", "X_Forwarded_Proto": "https"}

    assert seen(stage, "X-Forwarded-Port", **said) == str(PORT)
    assert seen(stage, "X-Forwarded-Proto", **said) == "http"


def test_a_target_sees_the_host_that_was_asked_for_and_no_header_that_an_alb_does_not_add(blue, stage) -> None:
    assert seen(stage, "Host", Host="api.example.com") == "api.example.com"
    assert (seen(stage, "Via"), seen(stage, "X-Forwarded-Host")) == ("", "")


def test_a_target_that_does_not_answer_within_the_idle_timeout_is_a_504(blue, stage, elb) -> None:
    attributes = [{"Key": "idle_timeout.timeout_seconds", "Value": "1"}]
    elb.modify_load_balancer_attributes(LoadBalancerArn=stage.arn, Attributes=attributes)

    status, page = get(stage, "/slow")
    blue.hold.set()

    assert status == 504
    assert "504 Gateway Time-out" in page


def test_a_request_that_outlasts_the_deregistration_delay_is_cut_with_a_502(blue, stage, elb, eventually) -> None:
    attributes = [{"Key": "deregistration_delay.timeout_seconds", "Value": "5"}]
    elb.modify_target_group_attributes(TargetGroupArn=stage.blue, Attributes=attributes)
    assert get(stage)[0] == 200  # a connection that the proxy keeps
    answers: list[tuple[int, str]] = []
    request = threading.Thread(target=lambda: answers.append(get(stage, "/slow")))
    request.start()
    assert blue.held.wait(10)

    elb.deregister_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    assert (state(elb, stage), answers) == ("draining", [])
    request.join(10)

    assert [(status, "502 Bad Gateway" in page) for status, page in answers] == [(502, True)]
    blue.hold.set()


def test_a_request_at_a_target_that_is_registered_again_is_not_cut(blue, stage, elb, eventually) -> None:
    attributes = [{"Key": "deregistration_delay.timeout_seconds", "Value": "5"}]
    elb.modify_target_group_attributes(TargetGroupArn=stage.blue, Attributes=attributes)
    answers: list[tuple[int, str]] = []
    request = threading.Thread(target=lambda: answers.append(get(stage, "/slow")))
    request.start()
    assert blue.held.wait(10)

    elb.deregister_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address, "Port": TARGET_PORT}])
    request.join(1.0)
    blue.hold.set()
    request.join(10)

    assert answers == [(200, "blue")]
