from bluegreen.release import traffic

BLUE, GREEN = (
    f"arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/sample-cluster-{one}/1" for one in ("blue", "green")
)
REVISIONS = {BLUE: "rust-blue-green:3", GREEN: "rust-blue-green:5"}


def forward(**weights: int) -> list[object]:
    groups = [{"TargetGroupArn": {"blue": BLUE, "green": GREEN}[name], "Weight": one} for name, one in weights.items()]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]


def test_a_group_at_weight_0_gets_nothing() -> None:
    (only,) = traffic.shares(forward(blue=100, green=0), REVISIONS)
    assert str(only) == "100 % to rust-blue-green:3 (sample-cluster-blue)"


def test_weights_are_relative_and_the_largest_share_comes_first() -> None:
    found = traffic.shares(forward(blue=1, green=3), REVISIONS)
    assert [(one.revision, one.percent) for one in found] == [("rust-blue-green:5", 75), ("rust-blue-green:3", 25)]


def test_a_single_group_without_a_forward_configuration_gets_all() -> None:
    (only,) = traffic.shares([{"Type": "forward", "TargetGroupArn": BLUE}], REVISIONS)
    assert only.percent == 100


def test_a_group_without_a_task_set_reaches_nothing() -> None:
    (only,) = traffic.shares(forward(green=1), {})
    assert str(only) == "100 % to nothing (sample-cluster-green)"


def test_revisions_are_found_through_the_task_sets() -> None:
    arn = "arn:aws:ecs:us-east-1:1:task-definition/rust-blue-green:3"
    task_set = {"taskDefinition": arn, "loadBalancers": [{"targetGroupArn": BLUE}]}
    assert traffic.revisions_by_target_group({"taskSets": [task_set]}) == {BLUE: "rust-blue-green:3"}
