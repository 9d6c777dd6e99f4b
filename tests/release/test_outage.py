"""Which failures of AWS pass by themselves, and what is told of them."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore import exceptions
from botocore.exceptions import ClientError

from bluegreen.release.outage import AnswerError, Outage, passes
from bluegreen.release.report import JsonLines


def refused(code: str, status: int = 400) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "GetDeployment")


LOST = exceptions.EndpointConnectionError(endpoint_url="https://codedeploy.us-east-1.amazonaws.com")


@pytest.mark.parametrize(
    "error",
    [
        LOST,
        exceptions.ReadTimeoutError(endpoint_url="x"),
        exceptions.ConnectTimeoutError(endpoint_url="x"),
        exceptions.ProxyConnectionError(proxy_url="x"),
        refused("ThrottlingException"),
        refused("Anything", 503),
        refused("Anything", 429),
        AnswerError("a log-in page"),
    ],
)
def test_what_the_network_and_the_service_do_passes(error: Exception) -> None:
    assert passes(error)


@pytest.mark.parametrize(
    "error",
    [
        refused("ExpiredTokenException"),
        refused("AccessDeniedException"),
        refused("InvalidSignatureException"),
        refused("RequestTimeTooSkewed", 403),
        exceptions.NoCredentialsError(),
        exceptions.UnauthorizedSSOTokenError(),
        ValueError(),
    ],
)
def test_what_somebody_has_to_mend_does_not_pass(error: Exception) -> None:
    assert not passes(error)


@dataclass
class Service:
    """Fails with each of the errors in turn, then answers."""

    errors: list[Exception]
    now: float = 0.0
    pauses: list[float] = field(default_factory=list)
    told: io.StringIO = field(default_factory=io.StringIO)

    def call(self) -> str:
        if self.errors:
            raise self.errors.pop(0)
        return "answer"

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def through(self, deadline: float) -> str:
        outage = Outage(JsonLines(self.told), 3.0, lambda: self.now, self.sleep)
        return outage.through(self.call, "d-1", deadline)

    @property
    def events(self) -> list[tuple[str, float | None]]:
        lines = [json.loads(line) for line in self.told.getvalue().splitlines()]
        return [(one["state"], one["seconds"]) for one in lines]


def test_an_outage_is_told_once_and_its_end_with_its_length() -> None:
    service = Service([LOST, refused("ThrottlingException"), refused("InternalFailure", 500)])
    assert service.through(1000.0) == "answer"
    assert service.events == [("lost", None), ("back", 9.0)]


def test_nothing_is_told_when_all_is_well() -> None:
    service = Service([])
    assert (service.through(1000.0), service.events) == ("answer", [])


def test_the_deadline_ends_it_with_the_error_itself() -> None:
    service = Service([LOST] * 10)
    with pytest.raises(exceptions.EndpointConnectionError):
        service.through(7.0)
    assert service.pauses == [3.0, 3.0, 1.0]


def test_an_error_that_does_not_pass_is_not_repeated() -> None:
    service = Service([refused("ExpiredTokenException")])
    with pytest.raises(ClientError):
        service.through(1000.0)
    assert service.events == []
