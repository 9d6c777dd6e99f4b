"""The account that releases are tried in, and what a test changes in it for a while."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from tests.release import events_schema
from tests.release.live.made import BROKEN, HOOK, NAME, PROJECT, SERVICE, Account, make, set_waits

numbers = count(1)


@pytest.fixture(scope="session")
def account() -> Iterator[Account]:
    """Serve one account for all that is released here: what a test leaves, the next one finds."""
    missing = [str(one.relative_to(PROJECT)) for one in (SERVICE, BROKEN, HOOK) if not one.is_file()]
    assert not missing, f"not built: {', '.join(missing)}; run make build"
    command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", "2s"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            account = Account(json.loads(process.stdout.readline())["endpoint"])
            make(account)
            yield account
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def at(account: Account) -> dict[str, str]:
    """The variables that lead a command to the account."""
    return {"AWS_ENDPOINT_URL": account.endpoint, "AWS_ACCESS_KEY_ID": NAME, "AWS_SECRET_ACCESS_KEY": NAME}


@pytest.fixture
def fresh(account: Account) -> str:
    """Push an image that was never released."""
    tag = f"fresh-{next(numbers)}"
    account.push(tag, SERVICE, tag)
    return tag


@pytest.fixture
def ready_wait(account: Account) -> Iterator[None]:
    """Make every deployment wait for `continue` before production traffic moves."""
    set_waits(account, ready={"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 30})
    yield
    set_waits(account)


@pytest.fixture
def termination_wait(account: Account) -> Iterator[None]:
    """Keep the old tasks for a while after traffic has moved."""
    set_waits(account, minutes=30)
    yield
    set_waits(account)


@pytest.fixture
def make_alarm_red(account: Account) -> Iterator[Callable[[], None]]:
    """Let the test put a red alarm before every deployment of the group."""
    cloudwatch, codedeploy = account.client("cloudwatch"), account.client("codedeploy")

    def configure(**alarms: Any) -> None:
        codedeploy.update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, alarmConfiguration=alarms
        )

    def redden() -> None:
        cloudwatch.put_metric_alarm(
            AlarmName=NAME,
            Namespace=NAME,
            MetricName=NAME,
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="ignore",
        )
        cloudwatch.set_alarm_state(AlarmName=NAME, StateValue="ALARM", StateReason="red")
        configure(enabled=True, alarms=[{"name": NAME}])

    yield redden
    configure(enabled=False, alarms=[])


@pytest.fixture
def without_bucket(account: Account) -> Iterator[None]:
    """Leave the bucket for records out of the release target."""
    account.publish(records_bucket="")
    yield
    account.publish()


@pytest.fixture(scope="session")
def run(bluegreen: Callable[..., Any], at: dict[str, str]) -> Callable[..., Any]:
    """Run a verb in the environment; the schema judges whatever it tells as JSON."""

    def run(verb: str, *words: str, **environ: str) -> Any:
        ended = bluegreen(verb, *words, "--environment", NAME, **{**at, **environ})
        if "--json" in words:
            events_schema.check(ended.out)
        return ended

    return run
