"""A clock that is wrong is named as such, by how much, and what to do; messages as AWS has written them to others."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.parsers import RestXMLParser

from bluegreen.release.errors import in_one_line

BEHIND = "Signature expired: 20261130T100000Z is now earlier than 20261130T101201Z (20261130T101701Z - 5 min.)"
BEHIND_15 = "Signature expired: 20261130T100000Z is now earlier than 20261130T103201Z (20261130T104701Z - 15 min.)"
AHEAD = "Signature not yet current: 20261130T100000Z is still later than 20261130T095903Z (20261130T095403Z + 5 min.)"
TOO_LARGE = "The difference between the request time and the current time is too large."
REMEDY = "set the clock, for instance by NTP"


def line(code: str, message: str, **details: str) -> str:
    answer: Any = {"Error": {"Code": code, "Message": message, **details}}
    return in_one_line(ClientError(answer, "GetDeployment"))


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        ("InvalidSignatureException", BEHIND, "17 min 1 s behind AWS's, 5 min are allowed"),
        ("com.amazon.coral.service#InvalidSignatureException", BEHIND, "17 min 1 s behind AWS's, 5 min are allowed"),
        ("SignatureDoesNotMatch", BEHIND_15, "47 min 1 s behind AWS's, 15 min are allowed"),
        ("InvalidSignatureException", AHEAD, "5 min 57 s ahead of AWS's, 5 min are allowed"),
        ("SignatureDoesNotMatch", "Signature expired", "off by more than the 5 min that AWS allows"),
        (
            "SignatureDoesNotMatch",
            "Signature expired: yesterday is now earlier than 1 (2 - 5 min.)",
            "off by more than the 5 min that AWS allows",
        ),
        ("RequestTimeTooSkewed", TOO_LARGE, "off by more than the 15 min that AWS allows"),
        ("RequestInTheFuture", "words", "off by more than the 15 min that AWS allows"),
    ],
)
def test_the_line_says_how_far_the_clock_is_off_what_is_allowed_and_what_to_do(
    code: str, message: str, words: str
) -> None:
    assert line(code, message) == f"the clock of this machine is {words} ({code.rpartition('#')[2]}): {REMEDY}"


def s3_refusal(**details: str) -> ClientError:
    """Read an error of S3 as botocore does."""
    body = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in details.items())
    text = f'<?xml version="1.0" encoding="UTF-8"?><Error>{body}</Error>'.encode()
    shape = boto3.client("s3", region_name="us-east-1").meta.service_model.operation_model("GetObject").output_shape
    assert shape
    answer = RestXMLParser().parse({"status_code": 403, "headers": {}, "body": text}, shape)
    return ClientError(answer, "GetObject")


def test_s3_tells_both_times_and_its_limit_beside_its_message() -> None:
    error = s3_refusal(
        Code="RequestTimeTooSkewed",
        Message=TOO_LARGE,
        RequestTime="20150604T232559Z",
        ServerTime="2015-06-04T22:26:16Z",
        MaxAllowedSkewMilliseconds="900000",
        RequestId="9E09E2E8D09D863C",
    )
    assert in_one_line(error) == (
        "the clock of this machine is 59 min 43 s ahead of AWS's, 15 min are allowed (RequestTimeTooSkewed): " + REMEDY
    )


def test_a_request_that_has_expired_may_be_the_credentials_or_the_clock() -> None:
    assert line("RequestExpired", "Request has expired.") == (
        "the AWS credentials have expired, or the clock of this machine is off by more than 15 min (RequestExpired): "
        "sign in again, or set the clock, for instance by NTP"
    )


@pytest.mark.parametrize("code", ["SignatureDoesNotMatch", "InvalidSignatureException"])
def test_a_signature_that_is_wrong_for_another_reason_is_the_keys(code: str) -> None:
    message = "The request signature we calculated does not match the signature you provided."
    assert line(code, message).startswith(f"AWS does not accept these credentials ({code}): check AWS_PROFILE")
