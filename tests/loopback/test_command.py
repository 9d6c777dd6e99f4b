"""`bluegreen loopback` as somebody uses it who has nothing else of the product."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.loopback.ecs.conftest import Stage, address, make_world
from tests.loopback.program import SECONDS, Program, alive, children

Eventually = Callable[..., None]
COMMAND = (sys.executable, "-c", "from bluegreen.cli import main; main()", "loopback")
# A web server that tells nothing, on the task's own address.
SERVER = f"{sys.executable} -m http.server --bind {{address}} 3000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The temporary folder of the command, to see what it leaves there."""
    made = tmp_path / "tmp"
    made.mkdir()
    return made


@pytest.fixture
def command(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The command in the foreground of a terminal of its own, its log going to stderr."""
    environment = {**os.environ, "TMPDIR": str(folder), "AWS_REGION": "eu-west-1"}
    child = subprocess.Popen(
        [*COMMAND, "--minute", "2s"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    yield child
    child.kill()
    child.communicate()


def announcement(child: subprocess.Popen[str]) -> str:
    """Return the text up to its last line."""
    assert child.stdout
    lines = []
    while not lines or not lines[-1].startswith("Ctrl-C"):
        lines.append(child.stdout.readline())
        assert lines[-1], "it ended early"
    return "".join(lines)


def exported(text: str) -> dict[str, str]:
    """Return the variables that a shell has after evaluating the text's exports."""
    lines = "".join(line + "\n" for line in text.splitlines() if line.startswith("export "))
    shell = subprocess.run(["sh", "-c", f"{lines}env"], env={}, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in shell.stdout.splitlines() if line.startswith("AWS_"))


def test_it_tells_a_person_where_everything_is_and_how_a_client_gets_there(command: subprocess.Popen[str]) -> None:
    text = announcement(command)
    variables = exported(text)
    assert variables["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert variables["AWS_REGION"] == variables["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= variables.keys()
    for part in ("An AWS minute takes 2 s", "load balancers", "HTTP APIs", "images", "this terminal (stderr)"):
        assert part in text
    with urllib.request.urlopen(f"{variables['AWS_ENDPOINT_URL']}/_loopback/environment") as answer:
        assert exported(answer.read().decode()) == variables


def test_ctrl_c_ends_it_cleanly_and_quietly(command: subprocess.Popen[str], folder: Path) -> None:
    port = int(exported(announcement(command))["AWS_ENDPOINT_URL"].rsplit(":", 1)[1])
    inside = children(command.pid)
    os.killpg(command.pid, signal.SIGINT)
    _, errors = command.communicate(timeout=SECONDS)
    assert (command.returncode, errors) == (0, "")
    assert not any(alive(pid) for pid in inside)
    assert list(folder.iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_ctrl_c_before_it_is_ready_is_as_quiet(command: subprocess.Popen[str], folder: Path) -> None:
    status = Path(f"/proc/{command.pid}/status")
    caught = 1 << signal.SIGHUP - 1  # the last signal that it asks for
    while not int(next(one for one in status.read_text().splitlines() if "SigCgt" in one).split()[1], 16) & caught:
        assert command.poll() is None
        time.sleep(0.001)
    os.killpg(command.pid, signal.SIGINT)
    _, errors = command.communicate(timeout=SECONDS)
    assert (command.returncode, errors) == (0, "")
    assert list(folder.iterdir()) == []


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"bluegreen loopback: port {port} is in use\n"


@pytest.mark.parametrize("option", ["--folder", "--log"])
def test_a_place_that_cannot_be_written_is_one_line(option: str) -> None:
    ended = subprocess.run([*COMMAND, option, "/proc/absent/x"], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("bluegreen loopback: No such file or directory: /proc/absent")
    assert ended.stderr.count("\n") == 1


def test_the_log_goes_to_the_file_that_was_named(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = Program(tmp_path / "folder", "--log", str(log))
    assert program.ready["log"] == str(log)
    (balancer,) = program.client("elbv2").create_load_balancer(
        Name="b", Subnets=[program.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]]
    )["LoadBalancers"]
    assert balancer["DNSName"].startswith(program.ready["addresses"].split(".0.", 1)[0])
    program.end()
    assert log.is_file()


def test_an_image_named_on_the_command_line_runs_without_a_registry(tmp_path: Path, eventually: Eventually) -> None:
    program = Program(tmp_path, "--image", f"shop/api:7={SERVER}")
    try:
        stage = Stage(world=make_world(program), eventually=eventually)
        stage.create_service(stage.register(image="registry.example/shop/api:7"))
        (task,) = stage.until_steady()
        with urllib.request.urlopen(f"http://{address(task)}:3000/", timeout=2) as answer:
            assert answer.status == 200
    finally:
        program.end()


def test_json_is_one_line_for_a_program(folder: Path) -> None:
    child = subprocess.Popen([*COMMAND, "--json"], stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert child.stdout
    line = json.loads(child.stdout.readline())
    child.terminate()
    rest, _ = child.communicate(timeout=SECONDS)
    assert rest == ""
    assert line.keys() == {
        "account",
        "addresses",
        "endpoint",
        "environment",
        "httpApis",
        "loadBalancers",
        "log",
        "minute",
        "pid",
    }
