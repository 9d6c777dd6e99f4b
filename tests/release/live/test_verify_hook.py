"""A hook that cannot do its work: `verify` names what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.loopback.roles import allow, document
from tests.release.live.findings import Run, error

pytestmark = pytest.mark.slow

FUNCTION = "CodeDeployHook_rehearsal"


@pytest.fixture
def without_rights(account: Any) -> Iterator[None]:
    """Take from the hook's role the right to ask CodeDeploy."""
    iam = account.client("iam")
    before = iam.get_role_policy(RoleName="hook", PolicyName="own")["PolicyDocument"]
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=document(allow("logs:PutLogEvents")))
    yield
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=json.dumps(before))


def test_a_hook_that_may_not_ask_codedeploy_is_an_error(run: Run, without_rights: None) -> None:
    found = error(run, "hook-probe")
    assert found["found"].startswith("the hook may not ask CodeDeploy: ")
    assert "codedeploy:GetDeployment" in found["remedy"]


@contextmanager
def hook_variables(account: Any, **changed: str) -> Iterator[None]:
    """Change variables of the hook for a while."""
    function = account.client("lambda")
    before = function.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]
    function.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": {**before, **changed}})
    try:
        yield
    finally:
        function.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": before})


def test_a_hook_that_does_not_reach_the_test_listener_is_an_error(run: Run, account: Any) -> None:
    with hook_variables(account, ALB_URL=f"http://{account.made['dns_name']}:8099"):
        found = error(run, "hook-probe")
        assert found["found"].startswith("the hook does not reach the test listener at http://")
        assert "security groups" in found["remedy"]


def test_a_hook_that_asks_the_production_listener_is_an_error(run: Run, account: Any) -> None:
    with hook_variables(account, ALB_URL=f"http://{account.made['dns_name']}:8000"):
        found = error(run, "hook-probe")
        assert found["found"].endswith("it would test the version that is live")


def test_a_hook_with_a_bad_check_list_is_an_error_in_its_own_words(run: Run, account: Any) -> None:
    with hook_variables(account, CHECKS='[{"statuss": 200}]'):
        found = error(run, "hook-probe")
        assert found["found"].startswith("the hook is set up wrongly: CHECKS: ")


def test_a_hook_that_is_gone_is_an_error(run: Run, account: Any) -> None:
    account.publish(hook_function=f"{account.made['hook']}_gone")
    try:
        found = error(run, "hook-state")
        assert found["found"] == f"there is no function {FUNCTION}_gone, and every release asks it"
    finally:
        account.publish()
