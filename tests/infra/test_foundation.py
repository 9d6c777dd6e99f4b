"""The repositories, which are there before a service and outlive it."""

from __future__ import annotations

import json
from pathlib import Path

from bluegreen.infra.hook_archive import OVERRIDE
from bluegreen.infra.stack_json import StackJson
from bluegreen.infra.synth import in_account, synthesize
from bluegreen.settings import load

ENVIRONMENTS = Path(__file__).parents[2] / "environments"


def test_tags_never_move_and_images_are_scanned(foundation: StackJson) -> None:
    ((_, repository),) = foundation.resources("aws_ecr_repository")
    assert repository["image_tag_mutability"] == "IMMUTABLE"
    assert repository["image_scanning_configuration"] == {"scan_on_push": True}
    assert repository["encryption_configuration"] == [{"encryption_type": "AES256"}]


def test_images_are_kept_unless_told(foundation: StackJson) -> None:
    ((_, repository),) = foundation.resources("aws_ecr_repository")
    assert repository["force_delete"] is False


def test_no_tagged_image_ever_expires(foundation: StackJson) -> None:
    ((_, policy),) = foundation.resources("aws_ecr_lifecycle_policy")
    rules = json.loads(policy["policy"])["rules"]
    assert [rule["selection"]["tagStatus"] for rule in rules] == ["untagged"]


def test_the_service_finds_the_repository_by_its_name(foundation: StackJson, sample: StackJson) -> None:
    ((_, repository),) = foundation.resources("aws_ecr_repository")
    assert sample.document["data"]["aws_ecr_repository"]["repository"]["name"] == repository["name"]


def test_the_address_of_every_repository_is_told(tmp_path: Path, hook_zip: Path) -> None:
    folder = tmp_path / "environments"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.toml").write_text(f'repository = "api/{name}"\n')
    out = synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path / "out")
    document = json.loads((out / "stacks/foundation/cdk.tf.json").read_text())
    stack, urls = StackJson(name="foundation", document=document), document["output"]["repository_urls"]["value"]
    named = {name: stack.referred(url)[1]["name"] for name, url in urls.items()}
    assert named == {"api/one": "api/one", "api/two": "api/two"}


def test_a_selection_of_environments_takes_no_repository_away(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text("")
    (tmp_path / "loop.toml").write_text("rehearsal = true\n")
    served = in_account([load("one", tmp_path)], tmp_path)
    assert [settings.name for settings in served] == ["one", "two"]


def test_a_rehearsal_has_a_foundation_of_its_own() -> None:
    rehearsal = load("rehearsal", ENVIRONMENTS)
    assert in_account([rehearsal], ENVIRONMENTS) == [rehearsal]
