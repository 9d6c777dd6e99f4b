"""A topic that hears of releases."""

from __future__ import annotations

import json

from bluegreen.infra.stack_json import StackJson


def test_without_a_topic_nobody_is_told(production: StackJson) -> None:
    assert "trigger_configuration" not in production.one("aws_codedeploy_deployment_group")
    assert "sns:Publish" not in production.one("aws_iam_role_policy", "deployment-role")["policy"]


def test_codedeploy_tells_the_topic_of_the_events_chosen(full: StackJson) -> None:
    (trigger,) = full.one("aws_codedeploy_deployment_group")["trigger_configuration"]
    assert trigger["trigger_target_arn"] == "arn:aws:sns:us-east-1:123456789012:releases"
    assert trigger["trigger_events"] == ["DeploymentFailure", "DeploymentStop", "DeploymentRollback"]


def test_its_role_publishes_to_that_topic_alone_and_uses_its_key_alone(full: StackJson) -> None:
    statements = json.loads(full.one("aws_iam_role_policy", "deployment-role")["policy"])["Statement"]
    granted = {action: statement["Resource"] for statement in statements for action in statement["Action"]}
    assert granted["sns:Publish"] == ["arn:aws:sns:us-east-1:123456789012:releases"]
    assert granted["kms:GenerateDataKey"] == granted["kms:Decrypt"]
    assert granted["kms:Decrypt"] == ["arn:aws:kms:us-east-1:123456789012:key/0987dcba-09fe-87dc-65ba-ab0987654321"]
