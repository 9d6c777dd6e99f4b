"""The AWS of a bad day: every other call is throttled, as AWS words it, and the others reach the account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from bluegreen.drills.throttled import every_other_call

from .answering import answering


@pytest.fixture
def account() -> Iterator[str]:
    with answering({"applications": []}) as url:
        yield url


def client(url: str, attempts: int) -> Any:
    session: Any = boto3.Session("test", "test", region_name="us-east-1")
    retries = {"total_max_attempts": attempts}
    return session.client("codedeploy", endpoint_url=url, config=Config(retries=retries, parameter_validation=False))


def test_a_client_without_patience_is_told_that_it_is_throttled(account: str):
    with every_other_call(account) as (url, refused):
        impatient = client(url, attempts=1)
        impatient.list_applications()
        with pytest.raises(ClientError, match="ThrottlingException"):
            impatient.list_applications()
        assert refused == ["ListApplications"]


def test_a_client_with_patience_gets_through(account: str):
    with every_other_call(account) as (url, refused):
        patient = client(url, attempts=3)
        for _ in range(3):
            assert patient.list_applications()["applications"] == []
        assert len(refused) == 2
