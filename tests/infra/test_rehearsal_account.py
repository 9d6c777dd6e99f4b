"""A rehearsal's stack refuses a real account by itself: also where Terraform or cdktf is called without our guard."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bluegreen import provider_mirror
from bluegreen.infra.stack_json import StackJson

REAL = "210987654321"
WHO = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::{REAL}:user/someone</Arn><UserId>A</UserId><Account>{REAL}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>"""


class RealAccount(BaseHTTPRequestHandler):
    """Says to everybody that they are in a real account, and counts what else it is asked for."""

    asked: list[str]

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(WHO)))
        self.end_headers()
        self.wfile.write(WHO.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture
def account() -> Iterator[tuple[str, list[str]]]:
    """Yield the endpoint of a real account, and what it was asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (RealAccount,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_a_rehearsal_is_bound_to_the_loopback_s_account(sample: StackJson, rehearsal: StackJson) -> None:
    bound = {one.name: one.document["provider"]["aws"][0].get("allowed_account_ids") for one in (sample, rehearsal)}
    assert bound == {"sample": None, "rehearsal": ["123456789012"]}


def test_terraform_refuses_to_plan_it_for_another_account(
    cdktf_out: Path, tmp_path: Path, account: tuple[str, list[str]]
) -> None:
    endpoint, asked = account
    folder = tmp_path / "rehearsal"
    shutil.copytree(cdktf_out / "stacks" / "rehearsal", folder)
    environ = {
        **{key: value for key, value in os.environ.items() if not key.startswith("AWS_")},
        **provider_mirror.environment(tmp_path / "terraform.tfrc", os.environ),
        "CHECKPOINT_DISABLE": "1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    for words in (("init", "-input=false"), ("plan", "-input=false", "-no-color")):
        command = ["terraform", f"-chdir={folder}", *words]
        done = subprocess.run(command, env=environ, text=True, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1
    assert f"AWS account ID not allowed: {REAL}" in done.stderr
    assert asked
    assert all("GetCallerIdentity" in one for one in asked), "nothing else may be asked of it"
