"""Flow logs of the VPC."""

from __future__ import annotations

import json

from bluegreen.infra.stack_json import StackJson


def test_without_the_setting_no_connection_is_logged(sample: StackJson) -> None:
    assert list(sample.resources("aws_flow_log")) == []


def test_connections_are_logged_to_a_group_that_forgets(production: StackJson, full: StackJson) -> None:
    log = production.one("aws_flow_log")
    _, group = production.referred(log["log_destination"])
    assert (log["traffic_type"], full.one("aws_flow_log")["traffic_type"]) == ("ALL", "REJECT")
    assert (group["name"], group["retention_in_days"]) == ("/aws/vpc/production-flow-logs", 731)


def test_their_role_writes_to_that_group_alone(production: StackJson) -> None:
    log = production.one("aws_flow_log")
    group, _ = production.referred(log["log_destination"])
    (statement,) = json.loads(production.one("aws_iam_role_policy", "flow-logs")["policy"])["Statement"]
    assert statement["Resource"] == [f"${{{group}.arn}}", f"${{{group}.arn}}:*"]
    assert "logs:CreateLogGroup" not in statement["Action"]
    trust = json.loads(production.one("aws_iam_role", "flow-logs")["assume_role_policy"])
    assert trust["Statement"][0]["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
