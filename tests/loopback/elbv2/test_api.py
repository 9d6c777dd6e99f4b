"""What the ELB API answers and refuses."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def forward(arn: str) -> list[dict[str, object]]:
    return [{"Type": "forward", "TargetGroupArn": arn}]


def weighted(*shares: tuple[str, int]) -> list[dict[str, object]]:
    groups = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in shares]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]


def listen(elb, stage, actions, port: int = 8000) -> str:
    listener = elb.create_listener(LoadBalancerArn=stage.arn, Protocol="HTTP", Port=port, DefaultActions=actions)
    return listener["Listeners"][0]["ListenerArn"]


def action_of(elb, listener: str) -> dict[str, Any]:
    (action,) = elb.describe_listeners(ListenerArns=[listener])["Listeners"][0]["DefaultActions"]
    return action


def in_use(elb, group: str) -> list[str]:
    return elb.describe_target_groups(TargetGroupArns=[group])["TargetGroups"][0].get("LoadBalancerArns", [])


def test_a_forward_to_one_group_reads_back_with_both_forms(elb, stage) -> None:
    action = action_of(elb, listen(elb, stage, forward(stage.blue)))

    assert action["TargetGroupArn"] == stage.blue
    assert action["ForwardConfig"] == {
        "TargetGroups": [{"TargetGroupArn": stage.blue, "Weight": 1}],
        "TargetGroupStickinessConfig": {"Enabled": False},
    }


def test_a_forward_to_two_groups_reads_back_with_its_weights_alone(elb, stage) -> None:
    listener = listen(elb, stage, forward(stage.blue))
    elb.modify_listener(ListenerArn=listener, DefaultActions=weighted((stage.blue, 90), (stage.green, 10)))
    action = action_of(elb, listener)

    assert "TargetGroupArn" not in action
    assert [group["Weight"] for group in action["ForwardConfig"]["TargetGroups"]] == [90, 10]
    assert action["ForwardConfig"]["TargetGroupStickinessConfig"] == {"Enabled": False}


def test_a_group_is_in_use_at_weight_zero_and_not_when_no_action_names_it(elb, stage) -> None:
    listener = listen(elb, stage, weighted((stage.blue, 100), (stage.green, 0)))
    assert in_use(elb, stage.green) == [stage.arn]

    elb.modify_listener(ListenerArn=listener, DefaultActions=forward(stage.blue))
    assert in_use(elb, stage.green) == []


def test_a_group_that_does_not_exist_is_refused_and_changes_nothing(elb, stage) -> None:
    listener = listen(elb, stage, forward(stage.blue))

    with pytest.raises(ClientError, match="TargetGroupNotFound"):
        elb.modify_listener(ListenerArn=listener, DefaultActions=forward(stage.blue + "0"))
    assert action_of(elb, listener)["TargetGroupArn"] == stage.blue


def test_a_second_listener_on_a_port_is_refused(elb, stage) -> None:
    listen(elb, stage, forward(stage.blue))

    with pytest.raises(ClientError, match="DuplicateListener"):
        listen(elb, stage, forward(stage.green))


def test_a_group_in_use_is_not_deleted(elb, stage) -> None:
    listener = listen(elb, stage, forward(stage.blue))

    with pytest.raises(ClientError, match="ResourceInUse"):
        elb.delete_target_group(TargetGroupArn=stage.blue)
    elb.delete_listener(ListenerArn=listener)
    elb.delete_target_group(TargetGroupArn=stage.blue)


def test_a_group_belongs_to_one_load_balancer(elb, stage, client) -> None:
    listen(elb, stage, forward(stage.blue))
    subnets = [subnet["SubnetId"] for subnet in client("ec2").describe_subnets()["Subnets"]][:2]
    other = elb.create_load_balancer(Name="two", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]

    with pytest.raises(ClientError, match="TargetGroupAssociationLimit"):
        elb.create_listener(LoadBalancerArn=other, Protocol="HTTP", Port=8000, DefaultActions=forward(stage.blue))
    assert elb.describe_listeners(LoadBalancerArn=other)["Listeners"] == []


@pytest.mark.parametrize(("weight", "taken"), [(-1, False), (0, True), (999, True), (1000, False)])
def test_a_weight_is_from_0_to_999(elb, stage, weight: int, taken: bool) -> None:
    listener = listen(elb, stage, forward(stage.blue))

    if taken:
        elb.modify_listener(ListenerArn=listener, DefaultActions=weighted((stage.blue, weight), (stage.green, 1)))
        return
    with pytest.raises(ClientError, match="ValidationError"):
        elb.modify_listener(ListenerArn=listener, DefaultActions=weighted((stage.blue, weight), (stage.green, 1)))
    assert action_of(elb, listener)["TargetGroupArn"] == stage.blue


def test_a_forward_has_five_groups_at_most(elb, stage) -> None:
    (group,) = elb.describe_target_groups(TargetGroupArns=[stage.blue])["TargetGroups"]
    settings = {"Protocol": "HTTP", "Port": 3000, "VpcId": group["VpcId"], "TargetType": "ip"}
    made = [elb.create_target_group(Name=f"more-{n}", **settings)["TargetGroups"][0] for n in range(4)]
    five = [(stage.blue, 1), *((one["TargetGroupArn"], 1) for one in made)]
    listener = listen(elb, stage, weighted(*five))

    with pytest.raises(ClientError, match="TooManyTargetGroups"):
        elb.modify_listener(ListenerArn=listener, DefaultActions=weighted(*five, (stage.green, 1)))
    assert len(action_of(elb, listener)["ForwardConfig"]["TargetGroups"]) == 5


def test_an_algorithm_of_routing_is_kept(elb, stage) -> None:
    wanted = {"Key": "load_balancing.algorithm.type", "Value": "least_outstanding_requests"}
    elb.modify_target_group_attributes(TargetGroupArn=stage.blue, Attributes=[wanted])

    assert wanted in elb.describe_target_group_attributes(TargetGroupArn=stage.blue)["Attributes"]


def test_what_the_proxy_cannot_serve_is_refused_at_once_and_undone(elb, stage) -> None:
    listener = listen(elb, stage, forward(stage.blue))

    with pytest.raises(ClientError, match="The loopback cannot serve this"):
        elb.create_rule(
            ListenerArn=listener,
            Priority=1,
            Conditions=[{"Field": "source-ip", "SourceIpConfig": {"Values": ["nonsense"]}}],
            Actions=forward(stage.blue),
        )
    assert len(elb.describe_rules(ListenerArn=listener)["Rules"]) == 1


def test_a_listener_with_tls_is_refused_by_name(elb, stage) -> None:
    with pytest.raises(ClientError, match="HTTP listeners only, not HTTPS"):
        elb.create_listener(
            LoadBalancerArn=stage.arn,
            Protocol="HTTPS",
            Port=8443,
            Certificates=[{"CertificateArn": "arn:aws:iam::123456789012:server-certificate/one"}],
            DefaultActions=forward(stage.blue),
        )
    assert elb.describe_listeners(LoadBalancerArn=stage.arn)["Listeners"] == []


def test_targets_of_an_unused_group_are_not_in_use(elb, stage) -> None:
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": "127.0.0.2", "Port": 3000}])

    (found,) = elb.describe_target_health(TargetGroupArn=stage.blue)["TargetHealthDescriptions"]

    assert found["Target"] == {"Id": "127.0.0.2", "Port": 3000}
    assert found["HealthCheckPort"] == "3000"
    assert (found["TargetHealth"]["State"], found["TargetHealth"]["Reason"]) == ("unused", "Target.NotInUse")


def test_the_same_address_on_two_ports_are_two_targets(elb, stage) -> None:
    targets = [{"Id": "127.0.0.2", "Port": port} for port in (3000, 3001)]
    elb.register_targets(TargetGroupArn=stage.blue, Targets=targets)

    found = elb.describe_target_health(TargetGroupArn=stage.blue)["TargetHealthDescriptions"]

    assert [one["Target"] for one in found] == targets


def test_deregistering_an_unknown_target_succeeds(elb, stage) -> None:
    elb.deregister_targets(TargetGroupArn=stage.blue, Targets=[{"Id": "127.0.0.2", "Port": 3000}])


def test_an_unhealthy_target_says_what_its_check_found(elb, stage, target, eventually) -> None:
    sick = target("sick")
    sick.healthy = False
    elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": sick.address}])
    listen(elb, stage, forward(stage.blue))

    def health() -> dict[str, str]:
        return elb.describe_target_health(TargetGroupArn=stage.blue)["TargetHealthDescriptions"][0]["TargetHealth"]

    eventually(lambda: health()["State"] == "unhealthy")
    assert health()["Reason"] == "Target.ResponseCodeMismatch"
    assert health()["Description"] == "Health checks failed with these codes: [500]"


def protect(elb, stage, value: str) -> None:
    attribute = {"Key": "deletion_protection.enabled", "Value": value}
    elb.modify_load_balancer_attributes(LoadBalancerArn=stage.arn, Attributes=[attribute])


def test_a_protected_load_balancer_is_deleted_only_once_its_protection_is_off(elb, stage) -> None:
    listener = listen(elb, stage, forward(stage.blue))
    protect(elb, stage, "true")
    words = (
        f"OperationNotPermitted.*Load balancer '{stage.arn}' cannot be deleted because deletion protection is enabled"
    )

    with pytest.raises(ClientError, match=words):
        elb.delete_load_balancer(LoadBalancerArn=stage.arn)
    assert action_of(elb, listener)["TargetGroupArn"] == stage.blue

    protect(elb, stage, "false")
    elb.delete_load_balancer(LoadBalancerArn=stage.arn)
    with pytest.raises(ClientError, match="LoadBalancerNotFound"):
        elb.describe_load_balancers(LoadBalancerArns=[stage.arn])


@pytest.mark.parametrize("name", ["i-0123456789abcdef0", "localhost", "::1", "10.0.0.256"])
def test_a_target_that_is_no_address_is_refused_and_spoils_nothing(elb, stage, name: str) -> None:
    with pytest.raises(ClientError, match=rf"ValidationError.*'{name}' is not an IPv4 address"):
        elb.register_targets(TargetGroupArn=stage.blue, Targets=[{"Id": name}])
    listen(elb, stage, forward(stage.blue))


@pytest.mark.parametrize("seconds", ["0", "4001", "-1", "soon", ""])
def test_an_idle_timeout_is_from_1_to_4000_seconds(elb, stage, seconds: str) -> None:
    wanted = [{"Key": "idle_timeout.timeout_seconds", "Value": seconds}]

    with pytest.raises(ClientError, match=r"ValidationError.*a number from 1 to 4000"):
        elb.modify_load_balancer_attributes(LoadBalancerArn=stage.arn, Attributes=wanted)
    listen(elb, stage, forward(stage.blue))
