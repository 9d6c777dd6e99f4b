"""What a container is told, and what is fetched for it."""

from __future__ import annotations

import json
from typing import Any

from bluegreen.infra.stack_json import StackJson

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"


def container(stack: StackJson) -> dict[str, Any]:
    (found,) = json.loads(stack.one("aws_ecs_task_definition")["container_definitions"])
    return found


def test_variables_come_beside_the_stack_s_own_in_the_order_that_ecs_answers_with(full: StackJson) -> None:
    assert container(full)["environment"] == [
        {"name": "A_FIRST", "value": "1"},
        {"name": "LOG", "value": "debug"},
        {"name": "SHUTDOWN_SECONDS", "value": "28"},
    ]


def test_secrets_are_named_and_their_values_nowhere(full: StackJson) -> None:
    found = {secret["name"]: secret["valueFrom"] for secret in container(full)["secrets"]}
    assert found["DB_PASSWORD"] == f"{SECRET}:password::"
    assert found["DB_USER"] == f"{SECRET}:user::"
    assert found["API_KEY"].endswith(":parameter/shop/api-key")


def test_the_execution_role_reads_these_secrets_and_no_other(full: StackJson) -> None:
    statements = json.loads(full.one("aws_iam_role_policy", "task_execution")["policy"])["Statement"]
    granted = {action: statement["Resource"] for statement in statements for action in statement["Action"]}
    assert granted["secretsmanager:GetSecretValue"] == [SECRET]
    (parameter,) = granted["ssm:GetParameters"]
    assert parameter.endswith(":parameter/shop/api-key")
    assert granted["kms:Decrypt"] == ["arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]


def test_without_secrets_nothing_may_be_read(sample: StackJson) -> None:
    assert "secrets" not in container(sample)
    policy = sample.one("aws_iam_role_policy", "task_execution")["policy"]
    assert not any(action in policy for action in ("GetSecretValue", "GetParameters", "kms:"))
