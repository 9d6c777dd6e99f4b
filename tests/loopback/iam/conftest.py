"""A role that an outsider can take with STS, and clients that sign with its session."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest

from bluegreen.loopback.server import Loopback
from tests.loopback.roles import document, make_role

REGION = "us-east-1"
ACCOUNT = "123456789012"
Clients = Callable[[str], Any]


class Member:
    """Takes the role `name`, whose one inline policy can be set; `client` makes clients that sign as it."""

    def __init__(self, endpoint: str, client: Clients, name: str) -> None:
        self._endpoint, self._iam, self.name = endpoint, client("iam"), name
        self.arn = make_role(self._iam, name, "ec2.amazonaws.com")
        self.keys = client("sts").assume_role(RoleArn=self.arn, RoleSessionName="me")["Credentials"]

    def may(self, *statements: dict[str, Any]) -> Member:
        """Let the role do this, and nothing else."""
        self._iam.put_role_policy(RoleName=self.name, PolicyName="own", PolicyDocument=document(*statements))
        return self

    def client(self, service: str, *, token: str = "") -> Any:
        """Return a client that signs with the role's session."""
        return botocore.session.get_session().create_client(
            service,
            region_name=REGION,
            endpoint_url=self._endpoint,
            aws_access_key_id=self.keys["AccessKeyId"],
            aws_secret_access_key=self.keys["SecretAccessKey"],
            aws_session_token=token or self.keys["SessionToken"],
        )


@pytest.fixture
def member(loopback: Loopback, client: Clients) -> Member:
    """A role of the test's own, which may do nothing yet."""
    return Member(loopback.endpoint, client, f"role-{uuid.uuid4().hex[:8]}")


@pytest.fixture(scope="module")
def bucket(client: Clients) -> Any:
    """A bucket `revisions` with the object `appspec.json`, and the S3 client that made it."""
    s3 = client("s3")
    s3.create_bucket(Bucket="revisions")
    s3.put_object(Bucket="revisions", Key="appspec.json", Body=json.dumps({"version": 0.0}).encode())
    return s3
