"""The task definition that every release starts from."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.infra.stack_json import Resource

The = Callable[..., Resource]


@pytest.fixture
def container(the: The) -> dict[str, Any]:
    (container,) = json.loads(the("aws_ecs_task_definition")["container_definitions"])
    return container


def test_the_task_has_the_article_s_size_and_platform(the: The) -> None:
    task = the("aws_ecs_task_definition")
    assert (task["family"], task["cpu"], task["memory"]) == ("rust-blue-green", "256", "512")
    assert task["requires_compatibilities"] == ["FARGATE"]
    assert task["network_mode"] == "awsvpc"
    assert task["runtime_platform"] == {"cpu_architecture": "ARM64", "operating_system_family": "LINUX"}


def test_the_container_is_the_article_s(container: dict[str, Any]) -> None:
    assert container["name"] == "rust-api"
    assert (container["cpu"], container["memoryReservation"], container["essential"]) == (256, 512, True)
    assert container["portMappings"] == [
        {"name": "web", "containerPort": 3000, "hostPort": 3000, "protocol": "tcp", "appProtocol": "http"}
    ]
    assert container["logConfiguration"]["options"]["awslogs-stream-prefix"] == "rust-api"


def test_the_image_is_the_tag_in_the_repository(container: dict[str, Any]) -> None:
    assert container["image"] == "${data.aws_ecr_repository.repository.repository_url}:print-green"


def test_the_container_is_confined(container: dict[str, Any]) -> None:
    assert container["readonlyRootFilesystem"] is True
    assert container["user"] == "65532:65532"
    assert container["stopTimeout"] == 30


def test_the_color_comes_from_the_image_and_not_from_the_template(container: dict[str, Any]) -> None:
    assert [variable["name"] for variable in container["environment"]] == ["SHUTDOWN_SECONDS"]


def test_the_api_has_done_with_its_requests_before_it_is_killed(container: dict[str, Any]) -> None:
    (variable,) = container["environment"]
    assert variable == {"name": "SHUTDOWN_SECONDS", "value": str(container["stopTimeout"] - 2)}


def test_a_new_template_leaves_the_old_revision_for_a_roll_back(the: The) -> None:
    assert the("aws_ecs_task_definition")["skip_destroy"] is True
