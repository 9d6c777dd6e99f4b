import hashlib
from dataclasses import replace

import pytest
import yaml

from bluegreen.release import appspec_content
from bluegreen.release.appspec import Format, write
from bluegreen.release_target import ReleaseTarget

ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:5"


def test_the_appspec_names_revision_container_port_and_platform(target: ReleaseTarget) -> None:
    document = appspec_content.document(target, ARN)
    properties = document["Resources"][0]["TargetService"]["Properties"]
    assert document["version"] == 0.0
    assert properties["TaskDefinition"] == ARN
    assert properties["LoadBalancerInfo"] == {"ContainerName": "rust-api", "ContainerPort": 3000}
    assert properties["PlatformVersion"] == "LATEST"


def test_the_network_travels_whole_or_codedeploy_refuses_it(target: ReleaseTarget) -> None:
    document = appspec_content.document(target, ARN)
    network = document["Resources"][0]["TargetService"]["Properties"]["NetworkConfiguration"]
    assert network == {
        "AwsvpcConfiguration": {
            "Subnets": ["subnet-1", "subnet-2"],
            "SecurityGroups": ["sg-1"],
            "AssignPublicIp": "DISABLED",
        }
    }


def test_every_lifecycle_event_that_the_target_names_calls_the_hook(target: ReleaseTarget) -> None:
    both = replace(target, hooks=("AfterAllowTraffic", "BeforeAllowTraffic"))
    assert appspec_content.document(both, ARN)["Hooks"] == [
        {"BeforeAllowTraffic": target.hook_function},
        {"AfterAllowTraffic": target.hook_function},
    ]


def test_the_sha256_is_of_exactly_the_text_that_is_sent(target: ReleaseTarget) -> None:
    text = appspec_content.content(appspec_content.document(target, ARN))
    location = appspec_content.revision_location(text)
    assert location == {
        "revisionType": "AppSpecContent",
        "appSpecContent": {"content": text, "sha256": hashlib.sha256(text.encode()).hexdigest()},
    }


@pytest.mark.parametrize("form", list(Format))
def test_both_formats_say_the_same(target: ReleaseTarget, form: Format) -> None:
    document = appspec_content.document(target, ARN)
    assert yaml.safe_load(write(document, form)) == document


@pytest.mark.parametrize("form", list(Format))
def test_the_revision_is_read_back_out_of_an_appspec(target: ReleaseTarget, form: Format) -> None:
    assert appspec_content.task_definition_of(write(appspec_content.document(target, ARN), form)) == ARN


def test_the_keys_of_another_clients_appspec_may_have_any_case() -> None:
    text = "resources:\n- TargetService:\n    properties:\n      taskDefinition: a:1\n"
    assert appspec_content.task_definition_of(text) == "a:1"


@pytest.mark.parametrize("text", ["", "{", "[]", "resources: []", "resources: [{a: {}}]", "resources: [1]"])
def test_an_appspec_that_names_no_revision_gives_none(text: str) -> None:
    assert appspec_content.task_definition_of(text) is None


def test_hooks_are_read_out_of_anybodys_appspec() -> None:
    text = "version: 0.0\nhooks:\n  - beforeAllowTraffic: one\n  - AfterAllowTraffic: arn:two\n  - Novel: three\n"
    found = appspec_content.hooks_of(text)
    assert found == {"BeforeAllowTraffic": "one", "AfterAllowTraffic": "arn:two", "novel": "three"}
    assert [appspec_content.hooks_of(one) for one in ("", "[]", "hooks: 3", "{", "hooks:\n")] == [{}] * 5


def test_each_lifecycle_event_may_have_a_function_of_its_own(target: ReleaseTarget) -> None:
    both = replace(target, hooks=("AfterAllowTestTraffic", "BeforeAllowTraffic"), hook_functions=("smoke", "check"))
    assert appspec_content.document(both, ARN)["Hooks"] == [
        {"AfterAllowTestTraffic": "smoke"},
        {"BeforeAllowTraffic": "check"},
    ]


def test_tasks_on_ec2_keep_the_network_that_they_have(target: ReleaseTarget) -> None:
    document = appspec_content.document(replace(target, subnets=(), platform_version=""), ARN)
    properties = document["Resources"][0]["TargetService"]["Properties"]
    assert properties.keys() == {"TaskDefinition", "LoadBalancerInfo"}


def test_without_a_hook_none_is_called(target: ReleaseTarget) -> None:
    assert appspec_content.document(replace(target, hook_function="", hooks=()), ARN)["Hooks"] == []
