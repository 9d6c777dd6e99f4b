"""AppSpecs as AWS's own clients and pages print them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.loopback.codedeploy.appspec import AppSpecError, parse

YAML = """
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: arn:aws:ecs:us-east-1:123456789012:task-definition/f:3
        LoadBalancerInfo:
          ContainerName: app
          ContainerPort: "80"
        NetworkConfiguration:
          awsvpcConfiguration:
            subnets: [subnet-a]
            securityGroups: [sg-a]
            assignPublicIp: DISABLED
        CapacityProviderStrategy:
          - {Base: 1, CapacityProvider: FARGATE, Weight: 2}
Hooks:
  - BeforeInstall: first
  - AfterAllowTraffic: arn:aws:lambda:us-east-1:123456789012:function:last
"""


def test_yaml() -> None:
    spec = parse(YAML)
    assert (spec.container_name, spec.container_port) == ("app", 80)
    assert spec.network == {"subnets": ["subnet-a"], "securityGroups": ["sg-a"], "assignPublicIp": "DISABLED"}
    assert spec.capacity_providers == ({"capacityProvider": "FARGATE", "base": 1, "weight": 2},)
    assert spec.hooks == {
        "BeforeInstall": "first",
        "AfterAllowTraffic": "arn:aws:lambda:us-east-1:123456789012:function:last",
    }


def test_keys_are_matched_without_regard_to_case() -> None:
    text = (
        YAML.replace("Resources:", "resources:").replace("Hooks:", "hooks:").replace("TaskDefinition", "taskdefinition")
    )
    assert parse(text) == parse(YAML)


def _doubled(lines: int, form: str) -> list[str]:
    """Return lines of YAML, each of which stands for the one before twice."""
    twice = (form.format(f"*a{line - 1}", f"*a{line - 1}") for line in range(1, lines))
    return ["a0: &a0 {k: v}", *(f"a{line}: &a{line} {text}" for line, text in enumerate(twice, 1))]


@pytest.mark.parametrize("version", [0.0, 0, "0.0"])
def test_json_with_any_spelling_of_the_version_and_no_hooks(version: object) -> None:
    properties = {"TaskDefinition": "f:3", "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 80}}
    resources = [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}]
    spec = parse(json.dumps({"version": version, "Resources": resources}))
    assert spec.hooks == {}
    assert spec.network is None


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("version: 0.0", "version: 1.0", "version must be 0.0"),
        ("version: 0.0", "", "no version"),
        ("AWS::ECS::Service", "AWS::Lambda::Function", "AWS::ECS::Service"),
        ("ContainerName: app", "Nothing: here", "no ContainerName"),
        ('"80"', "eighty", "ContainerPort"),
        ('"80"', "true", "ContainerPort"),
        ('"80"', "65536", "ContainerPort"),
        ("assignPublicIp: DISABLED", "", "no AssignPublicIp"),
        ("BeforeInstall", "BeforeLunch", "allowed are BeforeInstall"),
        ("AfterAllowTraffic", "BeforeInstall", "twice"),
        ("first", "[1]", "name or ARN"),
        ("TaskDefinition: arn:aws:ecs:us-east-1:123456789012:task-definition/f:3", "TaskDefinition: 3", "a text"),
        (
            "NetworkConfiguration:",
            "PlatformVersion: 1.4\n        NetworkConfiguration:",
            "PlatformVersion of Properties",
        ),
        ("[subnet-a]", "subnet-a", "Subnets of AwsvpcConfiguration must be a list of texts"),
        ("[sg-a]", "[1]", "SecurityGroups of AwsvpcConfiguration must be a list of texts"),
        ("assignPublicIp: DISABLED", "assignPublicIp: false", "AssignPublicIp of AwsvpcConfiguration must be a text"),
        ("Weight: 2", "Weight: heavy", "weight of an entry of CapacityProviderStrategy must be a number"),
        ("Base: 1", "Base: -1", "base of an entry of CapacityProviderStrategy must be a number"),
        ("  - TargetService", "  TargetService", "Resources must be a list"),
    ],
)
def test_a_mistake_is_named(before: str, after: str, words: str) -> None:
    with pytest.raises(AppSpecError, match=words):
        parse(YAML.replace(before, after))


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_is_more_than_a_mistake(text: str) -> None:
    with pytest.raises(AppSpecError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n".join([*_doubled(64, "[{}, {}]"), "version: *a63"]), "more than 10000 nodes"),
        ("\n".join([*_doubled(64, "{{<<: [{}, {}]}}"), "version: 0.0"]), "more than 10000 nodes"),
        ("version: &a [*a]", "more than 10000 nodes"),
        ("version: 0.0\n" + "# and so on\n" * 20_000, "more than 131072 characters"),
        ("[" * 10_000, "more than 100 levels"),
    ],
)
def test_a_short_text_that_stands_for_an_endless_one_is_refused(text: str, words: str) -> None:
    with pytest.raises(AppSpecError, match=words):
        parse(text)


def test_an_alias_is_as_good_as_what_it_stands_for() -> None:
    assert parse(YAML.replace("[subnet-a]", "&a [subnet-a]").replace("[sg-a]", "*a")).network == {
        "subnets": ["subnet-a"],
        "securityGroups": ["subnet-a"],
        "assignPublicIp": "DISABLED",
    }
