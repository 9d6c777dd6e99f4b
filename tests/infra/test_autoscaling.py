"""A service that Application Auto Scaling owns the number of tasks of."""

from __future__ import annotations

from bluegreen.infra.stack_json import StackJson


def test_without_the_setting_nothing_is_scaled(sample: StackJson) -> None:
    assert list(sample.resources("aws_appautoscaling_target", "aws_appautoscaling_policy")) == []


def test_the_service_is_scaled_within_its_bounds(production: StackJson) -> None:
    target = production.one("aws_appautoscaling_target")
    assert (target["min_capacity"], target["max_capacity"]) == (2, 10)
    assert (target["service_namespace"], target["scalable_dimension"]) == ("ecs", "ecs:service:DesiredCount")
    (service,) = [address for address, _ in production.resources("aws_ecs_service")]
    assert target["resource_id"].endswith(f"/${{{service}.name}}")


def test_a_policy_for_each_metric_that_is_aimed_at(production: StackJson, full: StackJson) -> None:
    for stack, aims in ((production, {"CPU": 60}), (full, {"CPU": 60, "Memory": 70})):
        found = {}
        for _, policy in stack.resources("aws_appautoscaling_policy"):
            tracking = policy["target_tracking_scaling_policy_configuration"]
            metric = tracking["predefined_metric_specification"]["predefined_metric_type"]
            found[metric] = tracking["target_value"]
        assert found == {f"ECSServiceAverage{metric}Utilization": aim for metric, aim in aims.items()}


def test_an_apply_leaves_the_number_of_tasks_alone_where_it_is_scaled(production: StackJson, sample: StackJson) -> None:
    assert "desired_count" in production.one("aws_ecs_service")["lifecycle"]["ignore_changes"]
    assert "desired_count" not in sample.one("aws_ecs_service")["lifecycle"]["ignore_changes"]
