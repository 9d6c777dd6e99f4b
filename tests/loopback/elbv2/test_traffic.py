"""Requests through real listeners."""

from __future__ import annotations

import http.client
import os
import signal
import threading
from collections import Counter
from itertools import count
from typing import Any

from bluegreen.loopback.data_plane import plane

LISTENER_PORT = 8000


def weighted(*shares: tuple[str, int]) -> list[dict[str, Any]]:
    groups = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in shares]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]


def listen(elb: Any, stage: Any, actions: list[dict[str, Any]], port: int = LISTENER_PORT) -> str:
    listener = elb.create_listener(LoadBalancerArn=stage.arn, Protocol="HTTP", Port=port, DefaultActions=actions)
    return listener["Listeners"][0]["ListenerArn"]


def get(connection: http.client.HTTPConnection, path: str = "/") -> tuple[int, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def states(elb: Any, group: str) -> list[str]:
    found = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    return [one["TargetHealth"]["State"] for one in found]


def test_weights_move_under_a_client_that_keeps_its_connection(elb, stage, target, eventually) -> None:
    blue, green = target("blue"), target("green")
    listener = listen(elb, stage, weighted((stage.blue, 100), (stage.green, 0)))
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address, "Port": 3000}])
    elb.register_targets(TargetGroupArn=stage.green, Targets=[{"Id": green.address, "Port": 3000}])
    eventually(lambda: states(elb, stage.blue) == states(elb, stage.green) == ["healthy"])
    connection = http.client.HTTPConnection(stage.address, LISTENER_PORT)
    connection.connect()
    socket = connection.sock

    seen = []
    for shares in (100, 0), (50, 50), (0, 100):
        weights = zip((stage.blue, stage.green), shares, strict=True)
        elb.modify_listener(ListenerArn=listener, DefaultActions=weighted(*weights))
        seen.append(Counter(get(connection) for _ in range(100)))

    assert seen == [{(200, "blue"): 100}, {(200, "blue"): 50, (200, "green"): 50}, {(200, "green"): 100}]
    assert connection.sock is socket


def test_no_request_fails_while_the_weights_move_back_and_forth(elb, stage, target, eventually) -> None:
    blue, green = target("blue"), target("green")
    listener = listen(elb, stage, weighted((stage.blue, 100), (stage.green, 0)))
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address, "Port": 3000}])
    elb.register_targets(TargetGroupArn=stage.green, Targets=[{"Id": green.address, "Port": 3000}])
    eventually(lambda: states(elb, stage.blue) == states(elb, stage.green) == ["healthy"])
    over, answers = threading.Event(), Counter[int]()

    def visit(*, keep_alive: bool) -> None:
        connection = http.client.HTTPConnection(stage.address, LISTENER_PORT, timeout=10)
        while not over.is_set():
            answers[get(connection)[0]] += 1
            if not keep_alive:
                connection.close()

    visitors = [threading.Thread(target=visit, kwargs={"keep_alive": keep}) for keep in (True, False)]
    for visitor in visitors:
        visitor.start()
    turns = count()
    while (turn := next(turns)) < 40 or answers.total() <= 100:
        shares = (stage.blue, 100 * (turn % 2)), (stage.green, 100 - 100 * (turn % 2))
        elb.modify_listener(ListenerArn=listener, DefaultActions=weighted(*shares))
    over.set()
    for visitor in visitors:
        visitor.join()

    assert set(answers) == {200}


def test_a_group_without_targets_answers_503_even_beside_a_good_one(elb, stage, target, eventually) -> None:
    blue = target("blue")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    listen(elb, stage, weighted((stage.blue, 50), (stage.green, 50)))
    eventually(lambda: states(elb, stage.blue) == ["healthy"])
    connection = http.client.HTTPConnection(stage.address, LISTENER_PORT)

    answers = [get(connection) for _ in range(10)]

    assert Counter(status for status, _ in answers) == {200: 5, 503: 5}
    assert "503 Service Temporarily Unavailable" in next(body for status, body in answers if status == 503)


def test_a_target_that_refuses_connections_is_a_502_and_served_as_long_as_all_are_unhealthy(
    elb, stage, eventually, loopback
) -> None:
    listen(elb, stage, weighted((stage.blue, 1)))
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": "127.0.0.2", "Port": 9}])
    eventually(lambda: states(elb, stage.blue) == ["unhealthy"])
    connection = http.client.HTTPConnection(stage.address, LISTENER_PORT)

    connection.request("GET", "/")
    answer = connection.getresponse()

    assert (answer.status, answer.headers["Server"]) == (502, "awselb/2.0")
    assert b"502 Bad Gateway" in answer.read()


def test_an_unhealthy_target_gets_no_requests_while_another_is_healthy(elb, stage, target, eventually) -> None:
    good, bad = target("good"), target("bad")
    targets = [{"Id": good.address}, {"Id": bad.address}]
    elb.register_targets(TargetGroupArn=stage.blue, Targets=targets)
    listen(elb, stage, weighted((stage.blue, 1)))
    eventually(lambda: states(elb, stage.blue) == ["healthy", "healthy"])
    bad.healthy = False
    eventually(lambda: states(elb, stage.blue) == ["healthy", "unhealthy"])
    connection = http.client.HTTPConnection(stage.address, LISTENER_PORT)

    eventually(lambda: Counter(get(connection) for _ in range(10)) == {(200, "good"): 10})


def test_a_deregistered_target_finishes_what_it_has_begun_and_gets_nothing_new(elb, stage, target, eventually) -> None:
    old, new = target("old"), target("new")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": old.address}])
    listen(elb, stage, weighted((stage.blue, 1)))
    eventually(lambda: states(elb, stage.blue) == ["healthy"])
    answers: list[tuple[int, str]] = []
    request = threading.Thread(
        target=lambda: answers.append(get(http.client.HTTPConnection(stage.address, LISTENER_PORT), "/slow"))
    )
    request.start()
    assert old.held.wait(10)

    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": new.address}])
    elb.deregister_targets(TargetGroupArn=stage.blue, Targets=[{"Id": old.address}])
    after = {get(http.client.HTTPConnection(stage.address, LISTENER_PORT)) for _ in range(10)}
    state = states(elb, stage.blue)
    old.hold.set()
    request.join()

    assert after == {(200, "new")}
    assert state[0] == "draining"
    assert answers == [(200, "old")]


def test_a_rule_takes_its_paths_and_the_rest_goes_to_the_default(elb, stage, target, eventually) -> None:
    blue = target("blue")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    listener = listen(elb, stage, weighted((stage.blue, 1)))
    gone = {"StatusCode": "410", "ContentType": "application/json", "MessageBody": '{"gone":true}'}
    elb.create_rule(
        ListenerArn=listener,
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["/old/*"]}],
        Actions=[{"Type": "fixed-response", "FixedResponseConfig": gone}],
    )
    eventually(lambda: states(elb, stage.blue) == ["healthy"])
    connection = http.client.HTTPConnection(stage.address, LISTENER_PORT)

    assert get(connection, "/old/one") == (410, '{"gone":true}')
    assert get(connection, "/one") == (200, "blue")


def test_two_listeners_send_the_same_address_to_different_groups(elb, stage, target, eventually) -> None:
    blue, green = target("blue"), target("green")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    elb.register_targets(TargetGroupArn=stage.green, Targets=[{"Id": green.address}])
    listen(elb, stage, weighted((stage.blue, 1)), 8000)
    listen(elb, stage, weighted((stage.green, 1)), 8080)
    eventually(lambda: states(elb, stage.blue) == states(elb, stage.green) == ["healthy"])

    answers = [get(http.client.HTTPConnection(stage.address, port)) for port in (8000, 8080)]

    assert answers == [(200, "blue"), (200, "green")]


def test_a_proxy_that_dies_is_reported_and_started_anew(elb, stage, target, eventually, caplog) -> None:
    blue = target("blue")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    listen(elb, stage, weighted((stage.blue, 1)))
    eventually(lambda: states(elb, stage.blue) == ["healthy"])

    process = plane.get().listeners.proxy.process
    assert process
    os.kill(process.pid, signal.SIGKILL)
    eventually(lambda: "the proxy `listeners` ended with code -9" in caplog.text)

    def answers() -> bool:
        try:
            return get(http.client.HTTPConnection(stage.address, LISTENER_PORT)) == (200, "blue")
        except OSError:
            return False

    eventually(answers)
