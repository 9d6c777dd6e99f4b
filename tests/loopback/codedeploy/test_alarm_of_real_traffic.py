"""A release that serves errors, stopped by an alarm that counted them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

from .live_stage import PORT, LiveStage
from .story import alarms, appspec, rollback_on

# Healthy for the load balancer, broken for everybody else.
BROKEN = """
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if "ELB-HealthChecker" in self.headers["User-Agent"] else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass

http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
"""


def alarm_on_errors(live: LiveStage) -> None:
    """Alarm on a single answer 5xx of a target in green."""
    names = {"LoadBalancer": live.balancer["LoadBalancerArn"].split("loadbalancer/")[1]}
    names["TargetGroup"] = live.target_groups["green"].rsplit(":", 1)[1]
    live.client("cloudwatch").put_metric_alarm(
        AlarmName="errors",
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_Target_5XX_Count",
        Dimensions=[{"Name": name, "Value": value} for name, value in names.items()],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )


def test_a_canary_that_answers_500_is_stopped_and_rolled_back(live: LiveStage, eventually: Callable[..., None]) -> None:
    live.start(
        deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes",
        alarmConfiguration=alarms("errors"),
        autoRollbackConfiguration=rollback_on("STOP_ON_ALARM"),
    )
    alarm_on_errors(live)
    eventually(lambda: live.answer(8000) == "1")
    broken = live.version("broken", [sys.executable, "-c", BROKEN, "{address}", str(PORT)])
    release = live.deploy(appspec(broken))
    seen: Counter[str] = Counter()

    def stopped() -> bool:
        seen[live.answer(8000)] += 1
        return live.info(release)["status"] == "Stopped"

    eventually(stopped, seconds=40.0)

    info = live.info(release)
    assert info["errorInformation"]["code"] == "ALARM_ACTIVE"
    assert info["errorInformation"]["message"].endswith("Activated alarms: <errors>")
    assert seen["500"] < seen["1"]
    assert set(seen) == {"1", "500"}
    eventually(lambda: live.info(info["rollbackInfo"]["rollbackDeploymentId"])["status"] == "Succeeded")
    assert {live.answer(8000) for _ in range(20)} == {"1"}
    history = live.client("cloudwatch").describe_alarm_history(AlarmName="errors")["AlarmHistoryItems"]
    assert "was greater than the threshold (0.0)" in " ".join(entry["HistoryData"] for entry in history)
