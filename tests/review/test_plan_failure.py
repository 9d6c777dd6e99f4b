"""What is told when Terraform makes no plan; test_plan_script.py has it from Terraform itself."""

from __future__ import annotations

import pytest

from bluegreen.plan_failure import LONGEST, reason

LOCKED = """╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error
│ StatusCode: 412, PreconditionFailed
│ Lock Info:
│   ID:        5c3f6a3e-0e0b-5a2e-6d3f-2d4f1f4b7c11
│   Path:      states/sample/terraform.tfstate
│   Operation: OperationTypeApply
│   Who:       ada@laptop
│   Version:   1.11.4
│   Created:   2026-01-02 03:04:05.6 +0000 UTC
│   Info:
╵
"""
BEHIND = """╷
│ Error: Retrieving AWS account details: api error SignatureDoesNotMatch: Signature expired: 20261130T100000Z is now
│ earlier than 20261130T101500Z (20261130T102000Z - 5 min.)
╵
"""


@pytest.mark.parametrize(
    ("log", "words"),
    [
        (LOCKED, "sample: the state is locked by ada@laptop (apply) since 2026-01-02 03:04:05"),
        ("Error: No valid credential sources found", "sample: no AWS credentials found: sign in"),
        ("api error ExpiredToken: The security token included in the request is expired", "sign in again"),
        (BEHIND, "sample: the clock of this machine is 20 min behind AWS's, 5 min are allowed"),
        (
            "api error RequestTimeTooSkewed: The difference is too large.",
            "is off by more than the 15 min that AWS allows",
        ),
        (f"api error AccessDenied: no\n{BEHIND}", "20 min behind AWS's"),
        ("api error RequestExpired: Request has expired.", "the AWS credentials have expired, or the clock"),
        ("api error SignatureDoesNotMatch: The request signature we calculated does not match", "sign in again"),
        (
            "AccessDenied: User: x is not authorized to perform: ecs:DescribeServices on",
            "may not call ecs:DescribeServices",
        ),
        ('no file exists at "the-hook-is-not-built/make-hook-ARCH-arm64"', "`make hook ARCH=arm64` builds it"),
        ("Error: Backend configuration changed", "docs/state.md says how that is done"),
        ('Error: Failed to get existing workspaces: S3 bucket "b" does not exist.', "is not there: docs/state.md"),
        ("Error: Failed to query available provider packages", "Terraform cannot install the AWS provider"),
        ("dial tcp 127.0.0.1:9: connect: connection refused", "nothing answers at 127.0.0.1:9"),
        ("╷\n│ Error: Cycle: a, b\n│\n│ really\n╵\n", "sample: Terraform made no plan: Cycle: a, b really"),
        ("", "sample: Terraform made no plan: it gave no reason"),
    ],
)
def test_the_reason_is_one_line(log: str, words: str) -> None:
    told = reason(log, "sample")
    assert words in told
    assert "\n" not in told


def test_terraforms_own_words_are_bounded() -> None:
    assert len(reason("Error: " + "very " * 1000, "sample")) < LONGEST + 60
