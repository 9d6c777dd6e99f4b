"""What the list operations find, in which order, and in how many pages."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from .conftest import Stage


def short(arns: list[str]) -> list[str]:
    return [arn.rsplit("/", 1)[-1] for arn in arns]


def test_task_definitions_are_listed_by_family_and_revision_either_way(stage: Stage) -> None:
    for _ in range(11):
        stage.register()
    family = stage.cluster
    expected = [f"{family}:{number}" for number in range(1, 12)]
    listed = stage.ecs.list_task_definitions(familyPrefix=family)["taskDefinitionArns"]
    assert short(listed) == expected
    listed = stage.ecs.list_task_definitions(familyPrefix=family, sort="DESC")["taskDefinitionArns"]
    assert short(listed) == expected[::-1]
    (newest,) = stage.ecs.list_task_definitions(familyPrefix=family, sort="DESC", maxResults=1)["taskDefinitionArns"]
    assert short([newest]) == expected[-1:]


def test_task_definitions_are_listed_by_their_status(stage: Stage) -> None:
    first, second = stage.register(), stage.register()
    stage.ecs.deregister_task_definition(taskDefinition=first)
    lists = {
        status: stage.ecs.list_task_definitions(familyPrefix=stage.cluster, status=status)["taskDefinitionArns"]
        for status in ("ACTIVE", "INACTIVE")
    }
    assert lists == {"ACTIVE": [second], "INACTIVE": [first]}


def test_a_paginator_finds_every_task_definition_once(stage: Stage) -> None:
    for _ in range(7):
        stage.register()
    paginator = stage.ecs.get_paginator("list_task_definitions")
    pages = list(paginator.paginate(familyPrefix=stage.cluster, PaginationConfig={"PageSize": 3}))
    assert [len(page["taskDefinitionArns"]) for page in pages] == [3, 3, 1]
    found = short([arn for page in pages for arn in page["taskDefinitionArns"]])
    assert found == [f"{stage.cluster}:{number}" for number in range(1, 8)]


def test_services_come_ten_to_a_page(stage: Stage) -> None:
    definition = stage.register()
    for number in range(11):
        stage.create_service(definition, serviceName=f"s{number:02}", desiredCount=0)
    first = stage.ecs.list_services(cluster=stage.cluster)
    assert len(first["serviceArns"]) == 10
    rest = stage.ecs.list_services(cluster=stage.cluster, nextToken=first["nextToken"])
    assert short(rest["serviceArns"]) == ["s10"]
    assert "nextToken" not in rest


def test_tasks_are_listed_by_what_they_are_filtered_by(stage: Stage) -> None:
    stage.create_service(stage.register(), desiredCount=2)
    tasks = stage.until_steady()
    started_by = tasks[0]["startedBy"]

    def found(**which: str) -> int:
        return len(stage.ecs.list_tasks(cluster=stage.cluster, **which)["taskArns"])

    assert found() == found(family=stage.cluster) == found(startedBy=started_by) == found(serviceName="api") == 2
    assert found(launchType="FARGATE") == found(desiredStatus="RUNNING") == 2
    assert found(family="other") == found(startedBy="other") == found(desiredStatus="STOPPED") == 0
    page = stage.ecs.list_tasks(cluster=stage.cluster, maxResults=1)
    rest = stage.ecs.list_tasks(cluster=stage.cluster, nextToken=page["nextToken"])
    assert sorted(page["taskArns"] + rest["taskArns"]) == sorted(task["taskArn"] for task in tasks)


@pytest.mark.parametrize("request_", [{"nextToken": "nonsense"}, {"maxResults": 101}, {"maxResults": -1}])
def test_an_absurd_page_is_refused(stage: Stage, request_: dict[str, object]) -> None:
    with pytest.raises(ClientError, match="InvalidParameterException"):
        stage.ecs.list_task_definitions(**request_)


def test_every_family_is_listed_once(stage: Stage) -> None:
    stage.register()
    stage.register()
    assert stage.ecs.list_task_definition_families(familyPrefix=stage.cluster)["families"] == [stage.cluster]
