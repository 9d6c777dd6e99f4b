"""How production traffic is shifted."""

from __future__ import annotations

from bluegreen.infra.stack_json import StackJson

CONFIG = "aws_codedeploy_deployment_config"


def test_a_configuration_that_aws_has_is_not_made(sample: StackJson) -> None:
    assert list(sample.resources(CONFIG)) == []


def test_a_canary_of_one_s_own_has_its_values_in_its_name(production: StackJson) -> None:
    config = production.one(CONFIG)
    assert config["deployment_config_name"] == "production-Canary10Percent10Minutes"
    assert config["compute_platform"] == "ECS"
    assert config["traffic_routing_config"] == {
        "type": "TimeBasedCanary",
        "time_based_canary": {"percentage": 10, "interval": 10},
    }


def test_linear_steps_of_one_s_own(full: StackJson) -> None:
    assert full.one(CONFIG)["traffic_routing_config"] == {
        "type": "TimeBasedLinear",
        "time_based_linear": {"percentage": 25, "interval": 2},
    }


def test_another_configuration_is_made_before_the_one_in_use_goes(production: StackJson) -> None:
    assert production.one(CONFIG)["lifecycle"]["create_before_destroy"] is True
    group = production.one("aws_codedeploy_deployment_group")
    assert production.referred(group["deployment_config_name"])[1] == production.one(CONFIG)
