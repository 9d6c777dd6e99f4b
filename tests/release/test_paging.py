"""Whatever AWS lists in pages is read to the last one, also where a page before it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from bluegreen.release import alarms, deployments, hook_function, hook_verdict, image, import_group, past, task_log
from bluegreen.release import trouble as around
from bluegreen.release.doctor import production_traffic
from bluegreen.release.doctor.finding import Level
from bluegreen.release.errors import ReleaseError
from bluegreen.release.evidence import Evidence
from bluegreen.release.hook_function import HookFunction
from bluegreen.release.image import Repository
from bluegreen.release.snapshot import Snapshot
from tests.release.conftest import SAMPLE, START, Recorded

LISTED = {"applicationName": SAMPLE.application, "deploymentGroupName": SAMPLE.deployment_group}
REVISION = "rust-blue-green:2"
Page = dict[str, Any]


class Service:
    """A service of AWS that answers what it is given, in that order; a call with other parameters fails the test."""

    def __init__(self, name: str, token: tuple[str, str] = ("nextToken", "nextToken")) -> None:
        self.client: Any = boto3.client(  # type: ignore[call-overload]
            name, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
        )
        self.stub = Stubber(self.client)
        self.stub.activate()
        self.sent, self.asked = token

    def answers(self, operation: str, answer: Page, wanted: Page) -> None:
        self.stub.add_response(operation, answer, wanted)

    def refuses(self, operation: str, code: str) -> None:
        self.stub.add_client_error(operation, code)

    def pages(self, operation: str, *pages: Page, **wanted: Any) -> None:
        """Answer a list: each page but the last has a token, with which the next one has to be asked for."""
        for number, page in enumerate(pages):
            following = {self.sent: f"page-{number + 1}"} if number + 1 < len(pages) else {}
            with_token = {self.asked: f"page-{number}"} if number else {}
            self.answers(operation, {**page, **following}, {**wanted, **with_token})


Serve = Callable[..., Service]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Make services; at the end all that they had to say was asked for."""
    made: list[Service] = []

    def make(name: str, **token: tuple[str, str]) -> Service:
        made.append(Service(name, **token))
        return made[-1]

    yield make
    for one in made:
        one.stub.assert_no_pending_responses()


def test_the_deployment_that_runs_is_found_behind_an_empty_page(serve: Serve) -> None:
    codedeploy = serve("codedeploy")
    codedeploy.pages("list_deployments", {}, {"deployments": ["d-1"]}, **LISTED, includeOnlyStatuses=ANY)
    assert deployments.active(codedeploy.client, SAMPLE) == "d-1"


def test_the_newest_deployment_is_found_behind_an_empty_page(serve: Serve) -> None:
    codedeploy = serve("codedeploy")
    codedeploy.pages("list_deployments", {"deployments": []}, {"deployments": ["d-2", "d-1"]}, **LISTED)
    assert deployments.newest(codedeploy.client, SAMPLE) == "d-2"


def test_the_one_target_of_a_deployment_is_found_behind_an_empty_page(
    serve: Serve, deployment_info: Recorded, ecs_target: Recorded
) -> None:
    codedeploy = serve("codedeploy")
    codedeploy.answers("get_deployment", {"deploymentInfo": deployment_info()}, {"deploymentId": "d-1"})
    codedeploy.pages("list_deployment_targets", {}, {"targetIds": ["c:s"]}, deploymentId="d-1")
    answer = {"deploymentTargets": [{"deploymentTargetType": "ECSTarget", "ecsTarget": ecs_target()}]}
    codedeploy.answers("batch_get_deployment_targets", answer, {"deploymentId": "d-1", "targetIds": ["c:s"]})
    assert [one.label for one in deployments.read(codedeploy.client, "d-1").task_sets] == ["Blue", "Green"]


def test_a_configuration_that_is_not_there_is_answered_with_those_of_every_page(serve: Serve) -> None:
    codedeploy = serve("codedeploy")
    codedeploy.refuses("get_deployment_config", "DeploymentConfigDoesNotExistException")
    codedeploy.pages(
        "list_deployment_configs", {"deploymentConfigsList": ["one"]}, {"deploymentConfigsList": ["another"]}
    )
    with pytest.raises(ReleaseError, match=r"there are: one, another$"):
        deployments.check_configuration(codedeploy.client, "none")


def test_the_history_goes_on_over_pages_of_the_list_and_of_what_can_be_described_at_once(
    serve: Serve, deployment_info: Recorded
) -> None:
    ids = [f"d-{number}" for number in range(40, 0, -1)]
    codedeploy = serve("codedeploy")
    codedeploy.pages("list_deployments", {"deployments": ids[:20]}, {}, {"deployments": ids[20:]}, **LISTED)
    for some in (ids[:25], ids[25:]):
        infos = [deployment_info(deploymentId=one) for one in reversed(some)]
        codedeploy.answers("batch_get_deployments", {"deploymentsInfo": infos}, {"deploymentIds": some})
    assert [one.deployment_id for one in past.newest_first(codedeploy.client, SAMPLE)] == ids


@pytest.mark.parametrize(
    ("code", "operation", "key", "words", "wanted"),
    [
        ("ApplicationDoesNotExistException", "list_applications", "applications", "there are: one, two$", {}),
        (
            "DeploymentGroupDoesNotExistException",
            "list_deployment_groups",
            "deploymentGroups",
            "it has: one, two$",
            {"applicationName": "shop"},
        ),
    ],
)
def test_a_group_that_is_not_there_is_answered_with_the_names_of_every_page(
    serve: Serve, code: str, operation: str, key: str, words: str, wanted: Page
) -> None:
    codedeploy = serve("codedeploy")
    codedeploy.refuses("get_deployment_group", code)
    codedeploy.pages(operation, {key: ["one"]}, {key: ["two"]}, **wanted)
    with pytest.raises(ReleaseError, match=words):
        import_group.read(codedeploy.client, "shop", "cart")


def test_the_newest_tag_may_be_on_the_last_page(serve: Serve) -> None:
    def pushed(tag: str, day: int) -> Page:
        return {"imageDetails": [{"imageTags": [tag], "imagePushedAt": datetime(2026, 11, day, tzinfo=UTC)}]}

    ecr = serve("ecr")
    repository = Repository(SAMPLE.repository)
    wanted = {"repositoryName": repository.name, "filter": {"tagStatus": "TAGGED"}}
    ecr.pages("describe_images", pushed("old", 1), {"imageDetails": []}, pushed("new", 2), **wanted)
    assert image.newest_tags(ecr.client, repository) == ["new", "old"]


def test_an_alarm_on_the_second_page_is_seen_to_be_red(serve: Serve) -> None:
    def alarm(name: str, state: str) -> Page:
        return {"AlarmName": name, "StateValue": state}

    cloudwatch = serve("cloudwatch", token=("NextToken", "NextToken"))
    first, second = {"MetricAlarms": [alarm("a", "OK")]}, {"CompositeAlarms": [alarm("b", "ALARM")]}
    cloudwatch.pages("describe_alarms", first, second, AlarmNames=["a", "b"], AlarmTypes=ANY)
    found = alarms.read(cloudwatch.client, ("a", "b"))
    assert [(one.name, one.red) for one in found] == [("a", False), ("b", True)]


def test_a_verdict_is_found_behind_empty_pages_of_the_log(serve: Serve, verdict_line: Recorded) -> None:
    logs = serve("logs")
    wanted = {"logGroupName": "group", "filterPattern": '"d-1NNWZG91L"', "startTime": 0}
    logs.pages("filter_log_events", {"events": []}, {}, {"events": [{"message": verdict_line()}]}, **wanted)
    found = hook_verdict.read(logs.client, log_group="group", deployment_id="d-1NNWZG91L", since_ms=0)
    assert [one.verdict for one in found] == ["Succeeded"]


def test_the_log_of_a_silent_hook_is_read_to_its_last_page(serve: Serve) -> None:
    def said(message: str, at: int) -> Page:
        return {"events": [{"message": message, "timestamp": at}]}

    logs = serve("logs")
    logs.pages("filter_log_events", said("second", 2), {}, said("first", 1), logGroupName="group", startTime=0)
    clients: Any = SimpleNamespace(logs=logs.client)
    assert hook_function.log_since(clients, HookFunction("hook", 3.0, "group"), 0) == ["first", "second"]


CONTAINER = {
    "name": "rust-api",
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "group", "awslogs-stream-prefix": "api", "awslogs-region": "us-east-1"},
    },
}


@pytest.mark.parametrize(
    ("pages", "lines"),
    [
        ([([], "b"), ([], "c"), (["last words"], "d")], ("last words",)),
        ([([], "b"), ([], "b")], ()),
        ([([], "")], ()),
    ],
)
def test_the_last_lines_of_a_task_may_be_behind_empty_pages(
    serve: Serve, pages: list[tuple[list[str], str]], lines: tuple[str, ...]
) -> None:
    logs = serve("logs")
    stream = {"logGroupName": "group", "logStreamName": "api/rust-api/1", "limit": ANY, "startFromHead": False}
    before = ""
    for messages, following in pages:
        answer = {"events": [{"message": one} for one in messages]}
        token = {"nextBackwardToken": following} if following else {}
        logs.answers("get_log_events", {**answer, **token}, {**stream, **({"nextToken": before} if before else {})})
        before = following
    clients: Any = SimpleNamespace(logs=logs.client, region="us-east-1")
    found = task_log.read(clients, {"containerDefinitions": [CONTAINER]}, "rust-api", "1")
    assert found.lines == lines


def test_the_task_that_failed_is_found_behind_those_that_were_scaled_in(serve: Serve) -> None:
    def task(number: int, revision: str) -> Page:
        return {
            "taskArn": f"arn:aws:ecs:us-east-1:123456789012:task/sample-cluster/{number}",
            "taskDefinitionArn": f"arn:aws:ecs:us-east-1:123456789012:task-definition/{revision}",
            "createdAt": START + timedelta(seconds=1),
            "stoppedAt": START + timedelta(seconds=2),
            "stopCode": "EssentialContainerExited",
            "stoppedReason": "Essential container in task exited",
            "containers": [{"name": "rust-api", "exitCode": 1}],
        }

    ecs = serve("ecs")
    service = {"cluster": SAMPLE.cluster, "services": [SAMPLE.service]}
    ecs.answers("describe_services", {"services": [{"serviceName": SAMPLE.service, "status": "ACTIVE"}]}, service)
    wanted = {
        "cluster": SAMPLE.cluster,
        "serviceName": SAMPLE.service,
        "desiredStatus": "STOPPED",
        "maxResults": 100,
    }
    for number, revision, token, following in (
        (1, "rust-blue-green:1", {}, {"nextToken": "page-1"}),
        (2, REVISION, {"nextToken": "page-1"}, {}),
    ):
        ecs.answers("list_tasks", {"taskArns": [f"task-{number}"], **following}, {**wanted, **token})
        described = {"cluster": SAMPLE.cluster, "tasks": [f"task-{number}"]}
        ecs.answers("describe_tasks", {"tasks": [task(number, revision)]}, described)
    ecs.answers("describe_task_definition", {"taskDefinition": {"containerDefinitions": []}}, {"taskDefinition": ANY})
    clients: Any = SimpleNamespace(ecs=ecs.client)
    deployment = Snapshot(deployment_id="d-1", status="InProgress", created=START)
    evidence = Evidence()
    found = around.read(clients, SAMPLE, deployment, REVISION, evidence)
    assert (list(evidence.notes), [one.task_id for one in found.tasks]) == ([], ["2"])


def test_a_rule_on_the_second_page_is_seen_to_lead_to_the_live_tasks(serve: Serve) -> None:
    def rules(group: str) -> Page:
        return {"Rules": [{"IsDefault": False, "Actions": [{"Type": "forward", "TargetGroupArn": group}]}]}

    elbv2 = serve("elbv2", token=("NextMarker", "Marker"))
    elbv2.pages("describe_rules", rules("other"), rules("live"), ListenerArn=SAMPLE.production_listener)
    primary = {"status": "PRIMARY", "loadBalancers": [{"targetGroupArn": "live"}]}
    patient: Any = SimpleNamespace(
        clients=SimpleNamespace(elbv2=elbv2.client),
        target=SAMPLE,
        options="--environment sample",
        service=lambda: {"taskSets": [primary]},
        listeners=lambda: {SAMPLE.production_listener: {"DefaultActions": []}},
    )
    assert production_traffic.look(patient).level is Level.OK
