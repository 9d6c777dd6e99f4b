"""What a load balancer reports of the requests it really answered."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bluegreen.loopback.data_plane.access_log import Request
from bluegreen.loopback.elbv2.metrics import counts_of

PORT = 8000
TARGET = "127.16.1.2:3000"


def request(status: int, *, target: str = TARGET, seconds: float | None = 0.25) -> Request:
    return Request(load_balancer="lb", time=0.0, status=status, target=target, seconds=seconds)


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (request(200), {"RequestCount", "HTTPCode_Target_2XX_Count", "TargetResponseTime"}),
        (request(503), {"RequestCount", "HTTPCode_Target_5XX_Count", "TargetResponseTime"}),
        (request(502, seconds=None), {"RequestCount", "HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_502_Count"}),
        (request(503, target="", seconds=None), {"HTTPCode_ELB_5XX_Count", "HTTPCode_ELB_503_Count"}),
        (request(301, target="", seconds=None), {"HTTPCode_ELB_3XX_Count"}),
        (request(200, target="", seconds=None), set()),
    ],
)
def test_each_answer_is_counted_for_whoever_gave_it(one: Request, names: set[str]) -> None:
    assert {name for _, group, name, _ in counts_of(one, "tg") if not group} == names
    assert {name for _, group, name, _ in counts_of(one, "tg") if group} == {
        name for name in names if not name.startswith("HTTPCode_ELB")
    }


class Reader:
    """Reads the metrics of a stage's load balancer."""

    def __init__(self, cloudwatch: Any, stage: Any) -> None:
        self._cloudwatch = cloudwatch
        self._balancer = {"Name": "LoadBalancer", "Value": stage.arn.split("loadbalancer/")[1]}

    def value(self, name: str, statistic: str = "Sum", group: str = "") -> float:
        dimensions = [self._balancer] + ([{"Name": "TargetGroup", "Value": group.rsplit(":", 1)[1]}] if group else [])
        now = datetime.now(UTC)
        points = self._cloudwatch.get_metric_statistics(
            Namespace="AWS/ApplicationELB",
            MetricName=name,
            Dimensions=dimensions,
            StartTime=now - timedelta(minutes=10),
            EndTime=now + timedelta(minutes=1),
            Period=60,
            Statistics=[statistic],
        )["Datapoints"]
        values = [point[statistic] for point in points]
        return sum(values) if statistic == "Sum" else max(values, default=0)


@pytest.fixture
def metrics(client: Callable[[str], Any], stage: Any) -> Reader:
    return Reader(client("cloudwatch"), stage)


def visit(stage: Any, *paths: str) -> Counter[int]:
    connection = http.client.HTTPConnection(stage.address, PORT, timeout=10)
    answers: Counter[int] = Counter()
    for path in paths:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        answers[answer.status] += 1
    return answers


def listen(elb: Any, stage: Any) -> None:
    action = {"Type": "forward", "TargetGroupArn": stage.blue}
    elb.create_listener(LoadBalancerArn=stage.arn, Protocol="HTTP", Port=PORT, DefaultActions=[action])


def test_answers_of_targets_are_counted_by_their_hundreds(elb, stage, target, metrics: Reader, eventually) -> None:
    blue = target("blue")
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": blue.address}])
    listen(elb, stage)

    assert visit(stage, "/", "/", "/", "/status/404", "/status/500", "/status/503") == {200: 3, 404: 1, 500: 1, 503: 1}

    for group in ("", stage.blue):
        eventually(lambda group=group: metrics.value("RequestCount", group=group) == 6)
        assert metrics.value("HTTPCode_Target_2XX_Count", group=group) == 3
        assert metrics.value("HTTPCode_Target_4XX_Count", group=group) == 1
        assert metrics.value("HTTPCode_Target_5XX_Count", group=group) == 2
        assert 0 < metrics.value("TargetResponseTime", "Maximum", group=group) < 1
        assert metrics.value("TargetResponseTime", "SampleCount", group=group) >= 1
    assert metrics.value("HTTPCode_ELB_5XX_Count") == 0


def test_the_load_balancers_own_errors_are_its_own(elb, stage, metrics: Reader, eventually) -> None:
    listen(elb, stage)
    assert visit(stage, "/", "/") == {503: 2}
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": "127.0.0.2", "Port": 9}])
    eventually(lambda: visit(stage, "/") == {502: 1})

    eventually(lambda: metrics.value("HTTPCode_ELB_502_Count") == 1)
    assert metrics.value("HTTPCode_ELB_503_Count") >= 2
    assert metrics.value("HTTPCode_ELB_5XX_Count") == 1 + metrics.value("HTTPCode_ELB_503_Count")
    assert metrics.value("HTTPCode_Target_5XX_Count") == 0
    assert metrics.value("RequestCount", group=stage.blue) == 1


def test_hosts_are_counted_by_their_health(elb, stage, target, metrics: Reader, eventually) -> None:
    good, bad = target("good"), target("bad")
    bad.healthy = False
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": good.address}, {"Id": bad.address}])
    listen(elb, stage)

    eventually(lambda: metrics.value("HealthyHostCount", "Maximum", stage.blue) == 1)
    eventually(lambda: metrics.value("UnHealthyHostCount", "Maximum", stage.blue) == 1)
