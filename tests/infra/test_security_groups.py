"""Who may talk to whom."""

from __future__ import annotations

from bluegreen.infra.stack_json import StackJson

INGRESS = "aws_vpc_security_group_ingress_rule"
EGRESS = "aws_vpc_security_group_egress_rule"


def _rules(stack: StackJson, kind: str) -> set[tuple[str, str, int]]:
    """Return (group, other side, port) of every rule."""
    rules = set()
    for _, rule in stack.resources(kind):
        assert rule["ip_protocol"] == "tcp"
        assert rule["from_port"] == rule["to_port"]
        group = stack.referred(rule["security_group_id"])[1]["name"]
        other = rule.get("referenced_security_group_id")
        rules.add((group, stack.referred(other)[1]["name"] if other else rule["cidr_ipv4"], rule["from_port"]))
    return rules


def test_nothing_else_gets_in(sample: StackJson) -> None:
    assert _rules(sample, INGRESS) == {
        ("sample-load-balancer", "sample-link", 80),
        ("sample-load-balancer", "sample-hook", 8080),
        ("sample-tasks", "sample-load-balancer", 3000),
        ("sample-endpoints", "sample-tasks", 443),
        ("sample-endpoints", "sample-hook", 443),
    }


def test_nothing_else_gets_out(sample: StackJson) -> None:
    assert _rules(sample, EGRESS) == {
        ("sample-link", "sample-load-balancer", 80),
        ("sample-hook", "sample-load-balancer", 8080),
        ("sample-hook", "0.0.0.0/0", 443),
        ("sample-load-balancer", "sample-tasks", 3000),
        ("sample-tasks", "0.0.0.0/0", 443),
    }


def test_the_hook_alone_reaches_the_test_listener(sample: StackJson) -> None:
    assert [other for group, other, port in _rules(sample, INGRESS) if port == 8080] == ["sample-hook"]


def test_the_rules_follow_the_ports_of_the_environment(rehearsal: StackJson) -> None:
    assert ("rehearsal-load-balancer", "rehearsal-link", 8000) in _rules(rehearsal, INGRESS)


def test_every_rule_is_a_resource_of_its_own(sample: StackJson) -> None:
    groups = [group for _, group in sample.resources("aws_security_group")]
    assert len(groups) == 5
    assert not any("ingress" in group or "egress" in group for group in groups)
