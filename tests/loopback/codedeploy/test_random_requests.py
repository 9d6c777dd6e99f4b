"""Whatever comes, of whatever shape, it is an answer or AWS's error; and afterwards a release works."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from tests.loopback.simulation.simulated_account import SimulatedAccount

from .front import ACCOUNT, REGION, Front, front
from .service_model import MODEL
from .story import Story, alarms, appspec, group_request, inline, rollback_on, waits

NAMES = ["a", "b", "g", "h", "c", "s", "nowhere", "blue", "green", "x", ""]
APPSPEC = json.loads(appspec("v2", {"BeforeInstall": "f"})) | {"version": 0.0}
NETWORK = {"AwsvpcConfiguration": {"Subnets": ["x"], "SecurityGroups": ["y"], "AssignPublicIp": "DISABLED"}}
APPSPEC["Resources"][0]["TargetService"]["Properties"] |= {
    "NetworkConfiguration": NETWORK,
    "CapacityProviderStrategy": [{"CapacityProvider": "FARGATE", "Base": 1, "Weight": 1}],
    "PlatformVersion": "LATEST",
}
OF_GROUP = {"applicationName": "a", "deploymentGroupName": "g"}
SETTINGS = group_request(
    alarmConfiguration=alarms("x", ignorePollAlarmFailure=True),
    autoRollbackConfiguration=rollback_on("FAILURE"),
    blueGreenDeploymentConfiguration=waits(termination=1, ready=1),
    triggerConfigurations=[{"triggerName": "t", "triggerTargetArn": "arn:x", "triggerEvents": ["DeploymentStart"]}],
    deploymentConfigName="CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
)
ROUTING = {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 5}}
REVISION = inline(appspec("v3"))
S3 = {"revisionType": "S3", "s3Location": {"bucket": "b", "key": "k", "bundleType": "zip", "version": "v", "eTag": "e"}}
ARNS = [
    f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:application:a",
    f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:deploymentgroup:a/g",
    "arn:production",
    "arn:test",
    "arn:aws:iam::123456789012:role/r",
]

OF_DEPLOYMENT = {"deploymentId": ""}  # filled with the last one's
TAGS = [{"Key": "k", "Value": "v"}, {"Key": "l"}]
RIGHT: dict[str, dict[str, Any]] = {
    "BatchGetApplicationRevisions": {"applicationName": "a", "revisions": [REVISION, S3]},
    "BatchGetApplications": {"applicationNames": ["a"]},
    "BatchGetDeploymentGroups": {"applicationName": "a", "deploymentGroupNames": ["g", "h"]},
    "BatchGetDeploymentInstances": {**OF_DEPLOYMENT, "instanceIds": ["x"]},
    "BatchGetDeploymentTargets": {**OF_DEPLOYMENT, "targetIds": ["c:s"]},
    "ContinueDeployment": {**OF_DEPLOYMENT, "deploymentWaitType": "READY_WAIT"},
    "CreateApplication": {"applicationName": "b", "computePlatform": "ECS", "tags": TAGS},
    "CreateDeployment": {**OF_GROUP, "revision": REVISION, "description": "d", "fileExistsBehavior": "RETAIN"},
    "CreateDeploymentConfig": {
        "deploymentConfigName": "x",
        "computePlatform": "ECS",
        "trafficRoutingConfig": ROUTING,
    },
    "CreateDeploymentGroup": SETTINGS | {"deploymentGroupName": "h", "tags": TAGS},
    "GetApplicationRevision": {"applicationName": "a", "revision": S3},
    "GetDeployment": OF_DEPLOYMENT,
    "GetDeploymentGroup": OF_GROUP,
    "GetDeploymentTarget": {**OF_DEPLOYMENT, "targetId": "c:s"},
    "ListApplicationRevisions": {"applicationName": "a", "s3Bucket": "b", "s3KeyPrefix": "k", "deployed": "include"},
    "ListDeploymentTargets": {**OF_DEPLOYMENT, "targetFilters": {"TargetStatus": ["Failed"]}},
    "ListDeployments": {**OF_GROUP, "includeOnlyStatuses": ["Failed"], "createTimeRange": {"start": 1, "end": 2}},
    "RegisterApplicationRevision": {"applicationName": "a", "revision": S3, "description": "d"},
    "SkipWaitTimeForInstanceTermination": OF_DEPLOYMENT,
    "StopDeployment": {**OF_DEPLOYMENT, "autoRollbackEnabled": True},
    "TagResource": {"ResourceArn": f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:deploymentgroup:a/g", "Tags": TAGS},
    "UntagResource": {"ResourceArn": f"arn:aws:codedeploy:{REGION}:{ACCOUNT}:application:a", "TagKeys": ["k"]},
    "UpdateApplication": {"applicationName": "a", "newApplicationName": "b"},
    "UpdateDeploymentGroup": SETTINGS | {"currentDeploymentGroupName": "g", "newDeploymentGroupName": "h"},
}

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


values = st.sampled_from([*NAMES, *ARNS, "AllAtOnce", "STOP_DEPLOYMENT", "TimeBasedLinear", -1, 0, 1, 100, 2881, True])


@st.composite
def spoiled(draw: st.DrawFn, document: Any, most: int) -> Any:
    """The document, with up to `most` places in which something else is, or nothing."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(0, most))):
        place: Any = document
        while place:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 3)):
                place = place[key]
                continue
            if draw(st.booleans()):
                place[key] = draw(values | junk)
            else:
                del place[key]
            break
    return document


@st.composite
def appspecs(draw: st.DrawFn) -> str:
    """An AppSpec in which one thing or another is not as it should be."""
    document = draw(spoiled(APPSPEC, most=2))
    return yaml.safe_dump(document) if draw(st.booleans()) else json.dumps(document)


def of(shape: Shape) -> st.SearchStrategy[Any]:
    """Something of the shape, and now and then something else."""
    return st.one_of(*[right(shape)] * 12, junk)


def right(shape: Shape) -> st.SearchStrategy[Any]:
    """Something of the shape."""
    if isinstance(shape, StructureShape):
        return st.fixed_dictionaries({}, optional={name: of(member) for name, member in shape.members.items()})
    if isinstance(shape, ListShape):
        return st.lists(of(shape.member), max_size=3)
    if isinstance(shape, MapShape):
        return st.dictionaries(of(shape.key).filter(lambda key: isinstance(key, str)), of(shape.value), max_size=2)
    if isinstance(shape, StringShape):
        return strings(shape)
    numbers = st.integers(-1, 3000) | st.integers()
    return {"boolean": st.booleans(), "timestamp": st.floats() | numbers, "double": st.floats()}.get(
        shape.type_name, numbers
    )


def strings(shape: StringShape) -> st.SearchStrategy[str]:
    if shape.enum:
        return st.sampled_from(shape.enum)
    if shape.name == "RawStringContent":
        return appspecs()
    return st.sampled_from(
        [*NAMES, *ARNS, "CodeDeployDefault.ECSAllAtOnce", "CodeDeployDefault.ECSCanary10Percent5Minutes"]
    )


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Any]:
    """An operation and its members: a right request with some faults, or anything."""
    name = draw(st.sampled_from(sorted(MODEL.operation_names)))
    if name in RIGHT and draw(st.integers(0, 3)):
        return name, draw(spoiled(RIGHT[name], most=2))
    shape = MODEL.operation_model(name).input_shape
    return name, draw(of(shape)) if shape else draw(junk)


def _ask(to: Front, name: str, members: Any) -> None:
    """Call the operation, with the id of the last deployment where the request has one."""
    if isinstance(members, dict) and members.get("deploymentId") in NAMES:
        members = {**members, "deploymentId": to.story.id}
    event(f"{name} {to.ask(name, members)}")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(calls(), min_size=1, max_size=12))
def test_whatever_is_asked_is_answered_and_a_release_still_works(asked: list[tuple[str, Any]]) -> None:
    with front() as to:
        story = to.story.group().deploy({"BeforeInstall": "f"})
        for name, members in asked:
            _ask(to, name, members)
            story.tick(5)
        _end_all(story)
        _release(story)


@settings(max_examples=150, deadline=None)
@example("version: 0.0\nResources: &r\n  - *r\n")
@example("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]")
@example("version: 0.0\nResources: [{s: {Type: 2026-01-01, Properties: !!python/object:os.system {}}}]")
@example("version: 2026-99-99")
@example("[" * 10_000)
@example("? [1]\n: 2")
@given(appspecs() | st.text(max_size=60))
def test_no_appspec_breaks_the_engine(content: str) -> None:
    with front() as to:
        to.story.group()
        to.ask("CreateDeployment", {**OF_GROUP, "revision": inline(content)})
        _end_all(to.story)
        _release(to.story)


def _end_all(story: Story) -> None:
    for deployment in list(story.backend.ledger.deployments.values()):
        story.say("stop_deployment", deploymentId=deployment.id)
    for _ in range(2000):
        if story.backend.engine.idle:
            break
        story.tick(30)
    assert story.backend.engine.idle
    ended = story.backend.ledger.deployments.values()
    assert not [one.error for one in ended if one.error and one.error["code"] == "INTERNAL_ERROR"]


def _release(story: Story) -> None:
    for name in story.api("list_applications")["applications"]:
        story.api("delete_application", applicationName=name)
    story.account = SimulatedAccount(clock=story.clock)
    story.backend.act_in(story.account)
    story.group().deploy()
    while not story.deployment.status.terminal:
        story.tick(15)
    assert story.info()["status"] == "Succeeded"
