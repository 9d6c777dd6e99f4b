"""Secrets that ECS fetches for a container before it starts."""

from __future__ import annotations

import json

import pytest

from .conftest import Stage, ask


def test_a_task_has_the_values_of_parameters_and_secrets_and_keys_within_them(stage: Stage) -> None:
    stage.client("ssm").put_parameter(Name="/shop/key", Value="k-1", Type="SecureString")
    secret = json.dumps({"user": "u-1", "password": "p-1"})
    arn = stage.client("secretsmanager").create_secret(Name="shop/db", SecretString=secret)["ARN"]
    wanted = {"KEY": "/shop/key", "USER_NAME": f"{arn}:user::", "PASSWORD": f"{arn}:password:AWSCURRENT:", "ALL": arn}
    stage.create_service(stage.register(secrets=[{"name": name, "valueFrom": of} for name, of in wanted.items()]))

    (task,) = stage.until_steady()
    told = ask(task)

    assert {name: told[name] for name in wanted} == {
        "KEY": "k-1",
        "USER_NAME": "u-1",
        "PASSWORD": "p-1",
        "ALL": secret,
    }


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("/shop/nowhere", "invalid ssm parameters: /shop/nowhere"),
        ("arn:aws:secretsmanager:us-east-1:123456789012:secret:nowhere-AbCdEf", "unable to retrieve secret from asm"),
    ],
)
def test_a_secret_that_is_not_there_stops_the_task_with_the_reason(stage: Stage, of: str, words: str) -> None:
    stage.create_service(stage.register(secrets=[{"name": "KEY", "valueFrom": of}]))

    def reasons() -> list[str]:
        stopped = stage.ecs.list_tasks(cluster=stage.cluster, desiredStatus="STOPPED")["taskArns"]
        if not stopped:
            return []
        tasks = stage.ecs.describe_tasks(cluster=stage.cluster, tasks=stopped)["tasks"]
        return [task["stoppedReason"] for task in tasks]

    stage.eventually(lambda: any("ResourceInitializationError" in one and words in one for one in reasons()))
