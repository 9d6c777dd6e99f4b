"""A service that Terraform did not make: imported from its deployment group, released, rolled back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bluegreen.release_target import ReleaseTarget, parameter_name
from tests.release import events_schema
from tests.release.live.moment import latest, live, until

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
GROUP = ("--application", "rehearsal", "--group", "rehearsal")
REGION = ("--region", "us-east-1")


@pytest.fixture(scope="module")
def released(run: Run, account: Any) -> str:
    """Leave a deployment that went well, from whose AppSpec the hook is read."""
    account.push("before-import", account.service, "BeforeImport")
    ended = run("deploy", "--image-tag", "before-import")
    assert ended.code == 0, ended.out + ended.err
    return live(account)


@pytest.fixture(scope="module")
def verb(bluegreen: Run, at: dict[str, str]) -> Run:
    """Run a verb of the imported environment `shop`, for which there is no file."""

    def run(*words: str, **environ: str) -> Any:
        ended = bluegreen(*words, **{**at, **environ})
        if "--json" in words:
            events_schema.check(ended.out)
        return ended

    return run


@pytest.fixture(scope="module")
def imported(verb: Run, account: Any, released: str) -> Iterator[Any]:
    yield verb("target", "import", *GROUP, "--name", "shop", *REGION, "--yes")
    account.client("ssm").delete_parameter(Name=parameter_name("shop"))


def published(account: Any, name: str = "shop") -> ReleaseTarget:
    found = account.client("ssm").get_parameter(Name=parameter_name(name))
    return ReleaseTarget.from_json(found["Parameter"]["Value"])


def test_an_import_shows_what_it_found_and_writes_it(account: Any, imported: Any, released: str) -> None:
    assert imported.code == 0, imported.err
    assert "rehearsal in cluster rehearsal" in imported.out
    assert "BeforeAllowTraffic: CodeDeployHook_rehearsal" in imported.out
    assert "next: `bluegreen status --environment shop --region us-east-1`" in imported.out
    found, made = published(account), account.made
    assert (found.imported, found.rehearsal, found.template) == (True, True, "live")
    assert (found.container_name, found.container_port) == ("rust-api", 3000)
    assert (found.production_listener, found.test_listener) == (made["production"], made["test"])
    assert (found.hook_function, found.hook_log_group) == (made["hook"], "/aws/lambda/CodeDeployHook_rehearsal")
    assert found.hook_verdicts
    assert (found.repository, set(found.subnets)) == (made["repository"], {made["one"], made["two"]})
    assert found.task_definition.endswith(f"/{released}")


def test_an_imported_service_is_released_with_the_hook_s_proof(
    verb: Run, account: Any, imported: Any, fresh: str
) -> None:
    ended = verb("deploy", "-e", "shop", "--image-tag", fresh, AWS_REGION="us-east-1")
    assert ended.code == 0, ended.out + ended.err
    assert f"proved: every answer came from {live(account)}" in ended.out


def test_every_verb_knows_an_imported_service_and_it_is_rolled_back(
    verb: Run, account: Any, imported: Any, fresh: str
) -> None:
    before = live(account)
    assert verb("deploy", "-e", "shop", "--image-tag", fresh, *REGION).code == 0
    assert f"{live(account)} is live" in verb("status", "-e", "shop", *REGION).out
    assert f"{before}" in verb("history", "-e", "shop", *REGION, "--limit", "1").out
    assert "ContainerPort: 3000" in verb("appspec", "-e", "shop", *REGION).out
    assert verb("watch", "-e", "shop", AWS_DEFAULT_REGION="us-east-1").code == 0
    ended = verb("rollback", "-e", "shop", *REGION, "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert live(account) == before


def test_what_runs_is_the_template_so_no_configuration_is_new(verb: Run, account: Any, imported: Any) -> None:
    revision = latest(account)
    ended = verb("deploy", "-e", "shop", *REGION)
    assert ended.code == 0
    assert "its template is what runs" in ended.out
    assert latest(account) == revision


def test_the_target_is_shown_as_words_and_as_an_event(verb: Run, imported: Any) -> None:
    ended = verb("target", "show", "-e", "shop", *REGION)
    assert ended.out.splitlines()[0].endswith("shop in us-east-1, imported, a rehearsal")
    (event,) = events_schema.check(verb("target", "show", "-e", "shop", *REGION, "--json").out)
    assert event["target"]["deployment_group"] == "rehearsal"


def test_an_import_of_the_same_writes_nothing(verb: Run, account: Any, imported: Any) -> None:
    assert verb("target", "import", *GROUP, "--name", "shop", *REGION, "--yes").code == 0
    ended = verb("target", "import", *GROUP, "--name", "shop", *REGION)
    assert (ended.code, ended.err) == (0, "")
    assert "says this already: nothing was written" in ended.out


def test_without_an_answer_nothing_is_written(verb: Run, account: Any, released: str) -> None:
    ended = verb("target", "import", *GROUP, "--name", "unasked", *REGION)
    assert ended.code == 2
    assert "nobody can be asked here" in ended.err
    with pytest.raises(ClientError, match="ParameterNotFound"):
        published(account, "unasked")


@pytest.fixture
def bare(verb: Run, account: Any, imported: Any) -> Iterator[None]:
    """Take the test listener from the group, and the hook from its last deployment."""
    codedeploy, made = account.client("codedeploy"), account.made
    pair = {
        "targetGroups": [{"name": "rehearsal-blue"}, {"name": "rehearsal-green"}],
        "prodTrafficRoute": {"listenerArns": [made["production"]]},
    }
    test = {"testTrafficRoute": {"listenerArns": [made["test"]]}}

    def route(**more: Any) -> None:
        codedeploy.update_deployment_group(
            applicationName="rehearsal",
            currentDeploymentGroupName="rehearsal",
            loadBalancerInfo={"targetGroupPairInfoList": [{**pair, **more}]},
        )

    appspec = json.loads(verb("appspec", "-e", "shop", *REGION, "--format", "json", "--revision", live(account)).out)
    text = json.dumps({**appspec, "Hooks": []})
    deployment_id = codedeploy.create_deployment(
        applicationName="rehearsal",
        deploymentGroupName="rehearsal",
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": text}},
    )["deploymentId"]
    until(account, deployment_id, "Succeeded")
    route()
    yield
    route(**test)
    account.client("ssm").delete_parameter(Name=parameter_name("bare"))


def test_without_test_listener_and_hook_it_is_said_what_is_not_proved_and_every_verb_works(
    verb: Run, account: Any, bare: None, fresh: str
) -> None:
    ended = verb("target", "import", *GROUP, "--name", "bare", *REGION, "--yes")
    assert ended.code == 0, ended.err
    assert "warning: no test listener" in ended.out
    assert "warning: no hook: the AppSpec of d-" in ended.out
    before = live(account)
    ended = verb("deploy", "-e", "bare", *REGION, "--image-tag", fresh)
    assert (ended.code, ended.err) == (0, ""), ended.out
    assert "not known" not in ended.out
    status = verb("status", "-e", "bare", *REGION)
    assert "test        no test listener" in status.out
    assert "not known" not in status.out
    assert verb("rollback", "-e", "bare", *REGION, "--yes").code == 0
    assert live(account) == before


@pytest.fixture
def taken(account: Any) -> Iterator[Callable[[str], None]]:
    """Put a text where the release target of `taken` would be."""
    ssm, name = account.client("ssm"), parameter_name("taken")
    yield lambda text: ssm.put_parameter(Name=name, Type="String", Value=text, Overwrite=True)
    ssm.delete_parameter(Name=name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"deployment_group": "other", "imported": True}, "is the release target of other in rehearsal"),
        ({"imported": False}, "was published by Terraform"),
        ({"version": 0}, "holds something else (version: found 0, allowed: 1)"),
    ],
)
def test_another_group_s_target_is_only_overwritten_when_told_to(
    verb: Run, account: Any, imported: Any, taken: Callable[[str], None], change: dict[str, Any], words: str
) -> None:
    text = json.dumps({**json.loads(published(account).to_json()), **change})
    taken(text)
    ended = verb("target", "import", *GROUP, "--name", "taken", *REGION, "--yes")
    assert ended.code == 2
    assert words in ended.err
    assert account.client("ssm").get_parameter(Name=parameter_name("taken"))["Parameter"]["Value"] == text
    assert verb("target", "import", *GROUP, "--name", "taken", *REGION, "--yes", "--replace").code == 0
    assert published(account, "taken").deployment_group == "rehearsal"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("--application", "nil", "--group", "x"),
            "there is no CodeDeploy application nil in us-east-1; there are: re",
        ),
        (("--application", "rehearsal", "--group", "x"), "rehearsal has no deployment group x; it has: rehearsal"),
        ((*GROUP, "--port", "1"), "which container and port? rehearsal has: --container rust-api --port 3000"),
        ((*GROUP, "--template", "999"), "there is no task definition rehearsal:999"),
        ((*GROUP, "--hook", "Install=x"), "--hook: found 'Install=x', allowed: EVENT=FUNCTION with one of BeforeInst"),
    ],
)
def test_what_cannot_be_imported_is_one_line(verb: Run, released: str, words: tuple[str, ...], line: str) -> None:
    ended = verb("target", "import", *words, "--name", "refused", *REGION, "--yes")
    assert ended.code == 2
    assert ended.err.startswith(f"bluegreen: {line}")
    assert len(ended.err.splitlines()) == 1


def test_a_name_that_has_a_file_is_terraform_s(verb: Run) -> None:
    ended = verb("target", "import", *GROUP, "--name", "sample", *REGION, "--yes")
    assert ended.code == 2
    assert "environments/sample.toml describes an environment that Terraform makes" in ended.err


def test_an_imported_environment_that_is_not_there(verb: Run) -> None:
    ended = verb("status", "-e", "nowhere", *REGION)
    assert ended.code == 2
    assert "has no environment nowhere in us-east-1" in ended.err
    assert "`bluegreen target import`" in ended.err


def test_an_imported_environment_of_an_account_is_not_looked_for_on_a_loopback(
    verb: Run, account: Any, imported: Any, taken: Callable[[str], None]
) -> None:
    taken(json.dumps({**json.loads(published(account).to_json()), "rehearsal": False}))
    ended = verb("deploy", "-e", "taken", *REGION, "--image-tag", "blue")
    assert ended.code == 2
    assert f"taken is a real environment, but AWS_ENDPOINT_URL is {account.endpoint}" in ended.err
