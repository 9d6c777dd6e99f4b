"""A small configuration in Terraform's JSON, and what real Terraform plans for a change of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bluegreen.provider_mirror import VERSION
from bluegreen.review.parse import parse
from bluegreen.review.plan import Plan

SECRET = "hunter2"
QUICKLY = "-refresh=false"
"""The account is as the state says."""


def configuration(
    *,
    cidr: str = "10.0.0.0/24",
    actions: tuple[str, ...] = ("s3:GetObject",),
    secret: str = SECRET,
    group: str = "tasks",
    source: str = "hook",
) -> dict[str, Any]:
    """Return two security groups with a rule each, a role with a policy, and two parameters."""
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    reads = {"Effect": "Allow", "Action": list(actions), "Resource": "arn:aws:s3:::bucket/*"}
    port = {
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
        "security_group_id": "${aws_security_group.tasks.id}",
    }
    return {
        "terraform": {"required_providers": {"aws": {"source": "aws", "version": VERSION}}},
        "provider": {"aws": [{"region": "us-east-1"}]},
        "resource": {
            "aws_vpc": {"net": {"cidr_block": "10.0.0.0/16"}},
            "aws_security_group": {
                "tasks": {"name": group, "description": "d", "vpc_id": "${aws_vpc.net.id}"},
                "hook": {"name": source, "description": "d", "vpc_id": "${aws_vpc.net.id}"},
            },
            "aws_vpc_security_group_ingress_rule": {
                "from-range": {**port, "cidr_ipv4": cidr},
                "from-group": {**port, "referenced_security_group_id": "${aws_security_group.hook.id}"},
            },
            "aws_iam_role": {"hook": {"name": "hook", "assume_role_policy": _policy(trust)}},
            "aws_iam_role_policy": {
                "hook": {
                    "name": "own",
                    "role": "${aws_iam_role.hook.name}",
                    "policy": _policy(reads),
                }
            },
            "aws_ssm_parameter": {"secret": {"name": "/a/secret", "type": "SecureString", "value": secret}},
        },
    }


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@dataclass(frozen=True)
class Small:
    """A folder in which Terraform keeps the state of the configuration."""

    folder: Path
    environ: Mapping[str, str]

    def plan(self, *options: str, **changes: Any) -> tuple[Plan, bytes]:
        """Return the plan for the configuration with some changes, parsed and as JSON."""
        (self.folder / "main.tf.json").write_text(json.dumps(configuration(**changes)))
        if not (self.folder / ".terraform").is_dir():
            self._terraform("init", "-input=false")
        self._terraform("plan", "-input=false", "-out=plan", *options)
        content = self._terraform("show", "-json", "plan")
        return parse(content), content

    def apply(self) -> None:
        """Apply the last plan."""
        self._terraform("apply", "-input=false", "plan")

    def _terraform(self, *words: str) -> bytes:
        command = ["terraform", f"-chdir={self.folder}", *words]
        done = subprocess.run(command, env={**self.environ}, capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()
        return done.stdout
