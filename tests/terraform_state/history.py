"""A whole environment whose state is in the bucket: changed by hand, applied during a release, its network changed.

Terraform waits more than a minute for a load balancer, so one history is played and each test reads it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bluegreen.rehearsal.visitors import Visitors
from bluegreen.rehearsal.visits import Visits
from tests.loopback.program import Program
from tests.terraform_state.project import ROOT, Project

ENVIRONMENT = """
architecture = "host"
production_port = 8000
log_retention = {log_retention}
repository_force_delete = true
[network]
availability_zones = {zones}
nat_gateways = 1
public_subnets = {public}
private_subnets = {private}
isolated_subnets = {isolated}
[load_balancer]
deregistration_delay = 5
[health_check]
interval = 5
timeout = 2
[release]
ready_wait = 30
[hook]
timeout = 10
"""
GITHUB = 'github_repository = "acme/shop"\n'


@dataclass(frozen=True, kw_only=True)
class History:
    """What each step said, in the order of the steps. A plan is the addresses that it would change, with how."""

    planned_at_first: dict[str, list[str]]
    by_hand: dict[str, list[str]]
    put_back: dict[str, list[str]]
    applied_during_release: str
    released: subprocess.CompletedProcess[str]
    visits: Visits
    after_release: dict[str, list[str]]
    of_network: dict[str, list[str]]
    in_target: list[str]
    before_next_release: list[str]
    next_release: subprocess.CompletedProcess[str]
    after_next_release: list[str]
    at_last: dict[str, list[str]]
    not_granted: subprocess.CompletedProcess[str]


class Environment:
    """The environment `sample` of a project, at work."""

    def __init__(self, project: Project, program: Program) -> None:
        self._project, self._program = project, program
        self.folder = project.folder / "cdktf.out/stacks/sample"
        (hook,) = (ROOT / ".build/hook").glob("*/bootstrap.zip")
        project.more["BLUEGREEN_HOOK_ZIP"] = str(hook)
        project.more["BLUEGREEN_ENVIRONMENTS"] = "sample"
        self.client = program.client

    def write(self, *, zones: int = 2, log_retention: int = 365) -> None:
        """Write the settings, and synthesize."""
        ranges = {
            tier: json.dumps([f"10.0.{number * 10 + zone}.0/24" for zone in range(zones)])
            for number, tier in enumerate(("public", "private", "isolated"))
        }
        text = ENVIRONMENT.format(zones=zones, log_retention=log_retention, **ranges)
        (self._project.folder / "environments/sample.toml").write_text(text)
        self._run([sys.executable, "main.py"])

    def init(self) -> None:
        self._project.terraform(self.folder, "init", "-input=false", "-no-color")

    def apply(self) -> str:
        return self._project.terraform(self.folder, "apply", "-auto-approve", "-no-color")

    def plan(self) -> dict[str, list[str]]:
        """Return what an apply would do to which resource: nothing when the plan is clean."""
        self._project.terraform(self.folder, "plan", "-out=plan", "-no-color")
        shown = json.loads(self._project.terraform(self.folder, "show", "-json", "plan"))
        changes = {one["address"]: one["change"]["actions"] for one in shown.get("resource_changes", [])}
        return {address: actions for address, actions in changes.items() if actions not in (["no-op"], ["read"])}

    def push(self, tag: str, color: str) -> None:
        """Put an image into the registry and the loopback's table."""
        program, variables = ROOT / "target/service/rust-api", {"COLOR": color, "LISTEN_ADDR": "{address}:3000"}
        line = {"repository": "rust-blue-green", "tag": tag, "command": [str(program)], "environment": variables}
        url = f"{self._program.endpoint}/_loopback/images"
        with urllib.request.urlopen(urllib.request.Request(url, json.dumps(line).encode(), method="PUT")) as answer:
            assert answer.status == 200

    def output(self, name: str) -> str:
        return json.loads(self._project.terraform(self.folder, "output", "-json"))[name]["value"]

    def bluegreen(self, *arguments: str, role: str = "release-sample") -> subprocess.CompletedProcess[str]:
        """Run `bluegreen` with a role of GitHub's, whose policies the loopback judges."""
        command = [sys.executable, "-m", "tests.terraform_state.unguarded", *arguments]
        return self._call(command, self._credentials(role))

    def live(self) -> dict[str, Any]:
        """Return the task set that production traffic goes to."""
        described = self.client("ecs").describe_services(cluster="sample-cluster", services=["sample-service"])
        (primary,) = [one for one in described["services"][0]["taskSets"] if one["status"] == "PRIMARY"]
        return primary

    def network(self) -> list[str]:
        return sorted(self.live()["networkConfiguration"]["awsvpcConfiguration"]["subnets"])

    def target(self) -> dict[str, Any]:
        found = self.client("ssm").get_parameter(Name="/bluegreen/sample/release-target")
        return json.loads(found["Parameter"]["Value"])

    def ready(self) -> bool:
        codedeploy, names = self.client("codedeploy"), {"applicationName": "sample-application"}
        listed = codedeploy.list_deployments(
            **names, deploymentGroupName="sample-blue-green", includeOnlyStatuses=["Ready"]
        )
        return bool(listed["deployments"])

    def _credentials(self, role: str) -> dict[str, str]:
        arn = self.client("iam").get_role(RoleName=f"bluegreen-{role}")["Role"]["Arn"]
        made = self.client("sts").assume_role(RoleArn=arn, RoleSessionName="job")["Credentials"]
        return {
            "AWS_ACCESS_KEY_ID": made["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"],
            "AWS_SESSION_TOKEN": made["SessionToken"],
        }

    def _run(self, command: list[str]) -> None:
        done = self._call(command, {})
        assert done.returncode == 0, done.stdout + done.stderr

    def _call(self, command: list[str], more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        environ = {**self._project.environ, **self._project.more, **more, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, cwd=self._project.folder, env=environ, text=True, capture_output=True, check=False, timeout=120
        )


def begin(sample: Environment, tag: str, eventually: Callable[..., None]) -> None:
    """Start a release that waits at the gate."""
    started = sample.bluegreen("deploy", "--environment", "sample", "--no-wait", "--image-tag", tag)
    assert started.returncode == 0, started.stdout + started.stderr
    eventually(sample.ready, 30)


def carry_through(sample: Environment) -> subprocess.CompletedProcess[str]:
    """Let it through the gate and watch it to its end."""
    assert sample.bluegreen("continue", "--environment", "sample").returncode == 0
    return sample.bluegreen("watch", "--environment", "sample")


def play(project: Project, program: Program, eventually: Callable[..., None]) -> History:
    """Go through it all."""
    project.create(foundation=GITHUB)
    project.bootstrap()
    sample = Environment(project, program)
    for tag, color in (("print-green", "Green"), ("print-blue", "Blue"), ("print-red", "Red")):
        sample.push(tag, color)
    sample.write()
    sample.init()
    sample.apply()
    first = sample.plan()
    program.client("logs").put_retention_policy(logGroupName="/ecs/sample", retentionInDays=1)
    by_hand = sample.plan()
    sample.apply()
    put_back = sample.plan()

    visitors = Visitors(f"{sample.output('api_url')}/one", rate=50)
    visitors.start()
    begin(sample, "print-blue", eventually)
    sample.write(log_retention=400)
    applied = sample.apply()
    released = carry_through(sample)
    visits = visitors.stop()
    after = sample.plan()

    sample.write(zones=3, log_retention=400)
    of_network = sample.plan()
    sample.apply()
    before = sample.network()
    begin(sample, "print-red", eventually)
    next_release = carry_through(sample)
    return History(
        planned_at_first=first,
        by_hand=by_hand,
        put_back=put_back,
        applied_during_release=applied,
        released=released,
        visits=visits,
        after_release=after,
        of_network=of_network,
        in_target=sorted(sample.target()["subnets"]),
        before_next_release=before,
        next_release=next_release,
        after_next_release=sample.network(),
        at_last=sample.plan(),
        not_granted=sample.bluegreen("deploy", "-e", "sample", "--no-wait", "--image-tag", "print-green", role="plan"),
    )
