"""The document that the stack publishes and a release reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bluegreen.infra.hook_archive import OVERRIDE
from bluegreen.infra.stack_json import Resource
from bluegreen.infra.synth import synthesize
from bluegreen.release_target import LATER, ReleaseTarget, ReleaseTargetError, parameter_name, unknown_fields

The = Callable[..., Resource]


@pytest.fixture
def published(the: The) -> ReleaseTarget:
    """The published document as a release reads it: Terraform has put values for the references."""
    return ReleaseTarget.from_json(re.sub(r"\$\{([^}]*)\}", r"<\1>", the("aws_ssm_parameter")["insecure_value"]))


def test_the_parameter_has_the_environment_s_name(the: The) -> None:
    parameter = the("aws_ssm_parameter")
    assert parameter["name"] == parameter_name("sample") == "/bluegreen/sample/release-target"
    assert parameter["type"] == "String"


def test_the_document_says_where_a_release_goes(published: ReleaseTarget) -> None:
    assert (published.environment, published.region) == ("sample", "us-east-1")
    assert (published.cluster, published.service) == ("sample-cluster", "sample-service")
    assert (published.application, published.deployment_group) == ("sample-application", "sample-blue-green")
    assert (published.container_name, published.container_port) == ("rust-api", 3000)
    assert published.hooks == ("BeforeAllowTraffic",)
    assert published.target_groups == ("sample-cluster-blue", "sample-cluster-green")
    assert published.architecture == "ARM64"


def test_the_document_refers_to_what_terraform_makes(published: ReleaseTarget) -> None:
    assert published.task_definition.startswith("<aws_ecs_task_definition.")
    assert published.hook_function.startswith("<aws_lambda_function.")
    assert published.production_listener.startswith("<aws_lb_listener.balancer_production-listener")
    assert published.test_listener.startswith("<aws_lb_listener.balancer_test-listener")
    assert published.api_url.startswith("<aws_apigatewayv2_api.")


def test_the_network_travels_with_a_release(published: ReleaseTarget) -> None:
    assert len(published.subnets) == 2
    assert all(subnet.startswith("<aws_subnet.network_private") for subnet in published.subnets)
    assert published.security_groups[0].startswith("<aws_security_group.service-groups_tasks")
    assert published.assign_public_ip == "DISABLED"


@pytest.mark.parametrize(("environment", "bucket"), [("one", "acme-state"), ("play", "")])
def test_records_are_kept_where_the_foundation_keeps_the_state_but_those_of_a_rehearsal_nowhere(
    tmp_path: Path, hook_zip: Path, environment: str, bucket: str
) -> None:
    texts = {"one": "", "play": "rehearsal = true\n", "foundation": 'state_bucket = "acme-state"\n'}
    for name in (environment, "foundation"):
        (tmp_path / f"{name}.toml").write_text(texts[name])
    stacks = synthesize({OVERRIDE: str(hook_zip)}, tmp_path, tmp_path / "out") / "stacks"
    (parameter,) = json.loads((stacks / environment / "cdk.tf.json").read_text())["resource"][
        "aws_ssm_parameter"
    ].values()
    assert f'"records_bucket":"{bucket}"' in parameter["insecure_value"]


def test_the_document_fits_a_standard_parameter(published: ReleaseTarget) -> None:
    arn = "arn:aws:elasticloadbalancing:ap-southeast-2:123456789012:listener/app/" + "x" * 90
    longest = replace(published, production_listener=arn, test_listener=arn, hook_function=arn, task_definition=arn)
    assert len(longest.to_json()) < 4096


def test_reading_gives_back_what_was_written(published: ReleaseTarget) -> None:
    assert ReleaseTarget.from_json(published.to_json()) == published


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "version: found 2, allowed: 1"),
        ({"cluster": None}, "cluster: found None, allowed: str"),
        ({"container_port": "3000"}, "container_port: found '3000', allowed: int"),
        ({"subnets": "one"}, "subnets: found 'one', allowed: a list of texts"),
        ({"version": True}, "version: found True, allowed: 1"),
        ({"rehearsal": "no"}, "rehearsal: found 'no', allowed: bool"),
    ],
)
def test_a_document_of_another_shape_is_refused(
    published: ReleaseTarget, change: dict[str, object], words: str
) -> None:
    text = json.dumps({**json.loads(published.to_json()), **change})
    with pytest.raises(ReleaseTargetError, match=re.escape(words)):
        ReleaseTarget.from_json(text)


def test_a_document_of_an_older_version_lacks_what_came_later(published: ReleaseTarget) -> None:
    document = json.loads(published.to_json())
    del document["records_bucket"]
    assert ReleaseTarget.from_json(json.dumps(document)) == replace(published, records_bucket="")


def test_a_document_of_a_newer_version_has_fields_that_are_left_alone_and_named(published: ReleaseTarget) -> None:
    text = json.dumps({**json.loads(published.to_json()), "color": "blue", "canary": {"percent": 5}})
    assert ReleaseTarget.from_json(text) == published
    assert unknown_fields(text) == ("canary", "color")
    assert unknown_fields(published.to_json()) == ()


def test_what_terraform_publishes_can_be_read_by_the_first_version(published: ReleaseTarget) -> None:
    assert not json.loads(published.to_json()).keys() & LATER


def test_an_imported_document_fits_a_standard_parameter_and_is_read_back(published: ReleaseTarget) -> None:
    arn = "arn:aws:lambda:ap-southeast-2:123456789012:function:" + "x" * 64
    events = ("BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic")
    later = {"imported": True, "rehearsal": True, "template": "latest", "hook_verdicts": False}
    imported = replace(published, hooks=events, hook_functions=(arn,) * 5, **later)  # type: ignore[arg-type]
    assert len(imported.to_json()) < 4096
    assert ReleaseTarget.from_json(imported.to_json()) == imported
    assert imported.options == "--environment sample --region us-east-1"


def test_each_lifecycle_event_has_the_hook_s_function_or_its_own(published: ReleaseTarget) -> None:
    both = ("AfterAllowTestTraffic", "BeforeAllowTraffic")
    one = replace(published, hooks=both, hook_function="check")
    assert one.functions == dict.fromkeys(both, "check")
    assert replace(one, hook_functions=("smoke", "check")).functions == {both[0]: "smoke", both[1]: "check"}
    assert replace(one, hook_function="").functions == {}


def test_a_document_with_a_field_missing_is_refused(published: ReleaseTarget) -> None:
    document = json.loads(published.to_json())
    del document["service"]
    with pytest.raises(ReleaseTargetError, match="service: missing"):
        ReleaseTarget.from_json(json.dumps(document))


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(ReleaseTargetError):
        ReleaseTarget.from_json(text)
