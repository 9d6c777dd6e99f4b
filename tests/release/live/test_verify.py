"""A sound release, and images that are not: `verify` says so, and `deploy` heeds it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.release.live.findings import NAME, Run, error, verify, warning
from tests.release.live.moment import latest, live

pytestmark = pytest.mark.slow


def test_nothing_hinders_a_release_of_a_sound_image(run: Run, fresh: str) -> None:
    code, findings = verify(run, "--image-tag", fresh)
    assert code == 0
    assert {name: one for name, one in findings.items() if one["level"] != "ok"} == {}
    assert "a release changes containerDefinitions of " in findings["change"]["found"]
    assert findings["architecture"]["found"] == "the image is for amd64"
    assert findings["hook-probe"]["found"].endswith("and CodeDeploy; 2 checks, identity proof required")
    assert findings["protection"]["found"] == (
        "CodeDeployDefault.ECSAllAtOnce: the hook at BeforeAllowTraffic, health checks through the test listener"
    )
    shown = run("verify", "--image-tag", fresh)
    assert "ok       deployment          no deployment of rehearsal runs" in shown.out
    assert "nothing hinders a release; 0 of 17 checks warn" in shown.out


def test_a_sound_release_tells_no_finding(run: Run, fresh: str) -> None:
    ended = run("deploy", "--image-tag", fresh, "--json")
    assert ended.code == 0, ended.out
    assert "finding" not in {json.loads(line)["event"] for line in ended.out.splitlines()}


def test_a_tag_that_is_not_there_names_those_that_are(run: Run) -> None:
    found = error(run, "image", "--image-tag", "never-pushed")
    assert found["found"].startswith(f"{NAME} has no image never-pushed; the newest tags: ")
    assert "`bluegreen push`" in found["remedy"]


def test_an_image_for_another_machine_is_an_error_and_deploy_refuses_it(run: Run, account: Any, fresh: str) -> None:
    tag, number = f"{fresh}-arm", latest(account)
    account.push(tag, account.service, tag, architecture="arm64")
    found = error(run, "architecture", "--image-tag", tag)
    assert found["found"] == "the image is for arm64, and the tasks run on X86_64 (amd64)"
    ended = run("deploy", "--image-tag", tag)
    assert (ended.code, latest(account)) == (2, number)
    assert "build it for linux/amd64" in ended.err
    assert run("deploy", "--image-tag", tag, "--skip-verify", "--no-wait").code == 0
    assert latest(account) == number + 1
    assert run("stop", "--yes").code == 0


def test_an_image_whose_machine_nobody_names_is_a_warning(run: Run, account: Any, fresh: str) -> None:
    account.push(f"{fresh}-mute", account.service, fresh, architecture="")
    assert warning(run, "architecture", "--image-tag", f"{fresh}-mute")["found"].startswith("cannot tell")


def test_what_is_live_already_is_a_warning(run: Run, account: Any, fresh: str) -> None:
    assert run("deploy", "--image-tag", fresh).code == 0
    found = warning(run, "change", "--image-tag", fresh)
    assert found["found"] == f"{live(account)} is live and already is what would be released"


def test_two_images_are_refused(run: Run) -> None:
    ended = run("verify", "--image-tag", "blue", "--image", "nginx:1")
    assert ended.code == 2
    assert ended.err.startswith("bluegreen: name one image: ")
