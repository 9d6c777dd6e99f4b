"""What a user reads when a release cannot even begin: one line, soon, and no traceback."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
DEPLOY = ("deploy", "--environment", "rehearsal", "--image-tag", "print-blue")
SECONDS = 15
VERBS = [
    DEPLOY,
    ("watch", "--environment", "rehearsal"),
    ("appspec", "--environment", "rehearsal"),
    ("continue", "--environment", "rehearsal"),
    ("continue", "d-1NNWZG91L", "--environment", "rehearsal"),
    *((verb, "--environment", "rehearsal") for verb in ("status", "history", "rollback", "stop")),
    ("target", "show", "--environment", "rehearsal"),
]


def line_of(ended: Any) -> str:
    (line,) = ended.err.splitlines()
    assert ended.code == 2
    assert ended.out == ""
    assert line.startswith("bluegreen: ")
    return line.removeprefix("bluegreen: ")


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_an_account_without_the_environment(bluegreen: Run, signed_in: dict[str, str], words: tuple[str, ...]) -> None:
    line = line_of(bluegreen(*words, **signed_in))
    assert line.startswith("account 123456789012 has no environment rehearsal in us-east-1 (no parameter /bluegreen/")
    assert "check the account and the region" in line


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_nobody_at_the_endpoint(bluegreen: Run, signed_in: dict[str, str], words: tuple[str, ...]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    began = time.monotonic()
    line = line_of(bluegreen(*words, **{**signed_in, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}))
    assert line.startswith("AWS cannot be reached: ")
    assert f"127.0.0.1:{port}" in line
    assert time.monotonic() - began < SECONDS


def test_an_endpoint_that_never_answers(bluegreen: Run, signed_in: dict[str, str]) -> None:
    began = time.monotonic()
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        line = line_of(bluegreen(*DEPLOY, **{**signed_in, "AWS_ENDPOINT_URL": endpoint}))
    assert line.startswith("AWS cannot be reached: ")
    assert time.monotonic() - began < SECONDS


def test_no_network(bluegreen: Run, signed_in: dict[str, str]) -> None:
    nowhere = {"AWS_ENDPOINT_URL": "http://nowhere.invalid"}
    line = line_of(bluegreen("deploy", "-e", "sample", "--image-tag", "x", **{**signed_in, **nowhere}))
    assert line.startswith("AWS cannot be reached: ")


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_no_credentials(bluegreen: Run, endpoint: str, words: tuple[str, ...]) -> None:
    line = line_of(bluegreen(*words, AWS_ENDPOINT_URL=endpoint))
    assert line.startswith("no AWS credentials found: ")


def test_a_profile_that_is_not_there(bluegreen: Run, endpoint: str) -> None:
    line = line_of(bluegreen(*DEPLOY, AWS_ENDPOINT_URL=endpoint, AWS_PROFILE="nobody"))
    assert line == "The config profile (nobody) could not be found: check AWS_PROFILE"


def test_no_environment_named(bluegreen: Run) -> None:
    line = line_of(bluegreen("deploy", "--image-tag", "print-blue"))
    assert line == "which environment? Name it with --environment; there are: production, rehearsal, sample"


def test_an_environment_that_nobody_wrote(bluegreen: Run) -> None:
    line = line_of(bluegreen("deploy", "--environment", "smaple", "--image-tag", "print-blue"))
    known = "there is no environment smaple; there are: production, rehearsal, sample"
    assert line == f"{known}; of one that was imported, say the region: --region"


def test_an_environment_that_was_never_imported(bluegreen: Run, signed_in: dict[str, str]) -> None:
    line = line_of(bluegreen("status", "--environment", "smaple", "--region", "eu-west-1", **signed_in))
    assert line.startswith(
        "account 123456789012 has no environment smaple in eu-west-1 (no parameter /bluegreen/smaple"
    )
    assert "`bluegreen target import`" in line


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("-e", "../x", "--region", "us-east-1"), "--environment: found '../x', allowed: letters, digits"),
        (("-e", "shop", "-s", "a/b", "--region", "us-east-1"), "--service: found 'a/b', allowed: letters, digits"),
        (("-e", "shop", "--region", "nowhere"), "the region: found 'nowhere', allowed: one such as us-east-1"),
        (("-e", "sample", "--region", "eu-west-1"), "environments/sample.toml says us-east-1, not eu-west-1"),
    ],
)
def test_a_name_or_region_that_cannot_be(bluegreen: Run, words: tuple[str, ...], found: str) -> None:
    assert line_of(bluegreen("status", *words)).startswith(found)


def test_a_real_environment_pointed_at_a_loopback(bluegreen: Run, signed_in: dict[str, str]) -> None:
    line = line_of(bluegreen("status", "-e", "sample", **signed_in))
    assert line.startswith("sample is a real environment, but AWS_ENDPOINT_URL is http://127.0.0.1:")


def test_a_real_environment_led_to_a_loopback_by_the_configuration_file(
    bluegreen: Run, signed_in: dict[str, str], endpoint: str, tmp_path: Path, client: Run, target: Any
) -> None:
    file = tmp_path / "config"
    file.write_text(f"[default]\nendpoint_url = {endpoint}\n")
    ssm, name = client("ssm"), "/bluegreen/sample/release-target"
    ssm.put_parameter(Name=name, Type="String", Value=target.to_json())
    try:
        line = line_of(
            bluegreen("status", "-e", "sample", **{**signed_in, "AWS_ENDPOINT_URL": "", "AWS_CONFIG_FILE": str(file)})
        )
    finally:
        ssm.delete_parameter(Name=name)
    assert line.startswith(f"sample is a real environment, but the endpoint of the AWS configuration is {endpoint}")


def test_a_rehearsal_without_the_loopback(bluegreen: Run) -> None:
    assert "set AWS_ENDPOINT_URL to the loopback's address" in line_of(bluegreen(*DEPLOY))


def test_a_rehearsal_pointed_at_aws(bluegreen: Run) -> None:
    line = line_of(bluegreen(*DEPLOY, AWS_ENDPOINT_URL="https://ecs.us-east-1.amazonaws.com"))
    assert "only an address in 127.0.0.0/8 is allowed" in line


def test_both_tag_and_image(bluegreen: Run, signed_in: dict[str, str]) -> None:
    line = line_of(bluegreen(*DEPLOY, "--image", "nginx:1", **signed_in))
    assert line.startswith("name one image: either --image-tag TAG")


def test_no_wait_and_how_far_to_wait(bluegreen: Run) -> None:
    line = line_of(bluegreen(*DEPLOY, "--no-wait", "--wait-until", "shifted"))
    assert line.startswith("--no-wait leaves once it has started, --wait-until shifted watches it until ")
    assert line.endswith(": leave one of them out")


@pytest.fixture
def published(client: Callable[[str], Any]) -> Any:
    """Publish a text as the release target of the rehearsal."""
    ssm = client("ssm")
    name = "/bluegreen/rehearsal/release-target"
    yield lambda text: ssm.put_parameter(Name=name, Type="String", Value=text, Overwrite=True)
    ssm.delete_parameter(Name=name)


def test_a_release_target_of_another_version(bluegreen: Run, signed_in: dict[str, str], published: Run) -> None:
    published('{"version": 99}')
    line = line_of(bluegreen(*DEPLOY, **signed_in))
    assert "is not a release target that this version reads (version: found 99, allowed: 1): update `bluegreen`" in line


def test_a_release_target_with_fields_of_a_newer_version(
    bluegreen: Run, signed_in: dict[str, str], published: Run, target: Any
) -> None:
    published(json.dumps({**json.loads(target.to_json()), "canary": 5}))
    ended = bluegreen("target", "show", "-e", "rehearsal", **signed_in)
    assert (ended.code, ended.out.splitlines()[0].split("  ")[1]) == (
        0,
        "sample in us-east-1, published by Terraform, a rehearsal",
    )
    name = "/bluegreen/rehearsal/release-target"
    assert ended.err == f"bluegreen: note: a newer version wrote {name}; this one does not know canary\n"


def test_a_tag_that_is_not_there_names_those_that_are(
    bluegreen: Run, signed_in: dict[str, str], published: Run, target: Any, client: Callable[[str], Any]
) -> None:
    published(target.to_json())
    ecr = client("ecr")
    ecr.create_repository(repositoryName="rust-blue-green")
    manifest = '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json"}'
    ecr.put_image(repositoryName="rust-blue-green", imageManifest=manifest, imageTag="print-green")
    try:
        line = line_of(bluegreen(*DEPLOY, **signed_in))
    finally:
        ecr.delete_repository(repositoryName="rust-blue-green", force=True)
    assert line == "rust-blue-green has no image tagged print-blue; the newest tags: print-green"
