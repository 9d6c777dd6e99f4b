"""Children, and what is left of them when their parent is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bluegreen.loopback import reaper
from bluegreen.loopback.processes import Processes

from . import victims
from .program import alive

Eventually = Callable[..., None]
# A child that starts a child of its own, tells its id, and stays or goes.
NESTED = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True)"
STAYING = f"{NESTED}; import time; time.sleep(60)"
PARENT = """
import sys, time
from pathlib import Path
from bluegreen.loopback.processes import Processes

def tell(line):
    print(line, flush=True)

processes = Processes()
folder = Path(sys.argv[1])
folder.mkdir()
processes.own(folder)
child = processes.spawn([sys.executable, "-c", sys.argv[2]], environment={}, on_line=tell)
print(child.pid, flush=True)
while True:
    processes.step(time.time())
    time.sleep(0.02)
"""


@pytest.fixture
def processes() -> Iterator[Processes]:
    processes = Processes()
    yield processes
    processes.close()


def start(processes: Processes, script: str) -> tuple[list[str], int]:
    lines: list[str] = []
    process = processes.spawn([sys.executable, "-c", script], environment=dict(os.environ), on_line=lines.append)
    return lines, process.pid


def test_what_a_child_has_started_ends_with_it(processes: Processes, eventually: Eventually) -> None:
    lines: list[str] = []
    child = processes.spawn([sys.executable, "-c", NESTED], environment=dict(os.environ), on_line=lines.append)
    eventually(lambda: child.exit_code() == 0)
    child.wait()
    eventually(lambda: not alive(int(lines[0])))


def test_closing_ends_children_and_theirs_and_removes_the_folder(tmp_path: Path, eventually: Eventually) -> None:
    processes = Processes()
    folder = tmp_path / "own"
    folder.mkdir()
    processes.own(folder)
    lines, child = start(processes, STAYING)
    eventually(lambda: lines)
    processes.close()
    assert not alive(child)
    eventually(lambda: not alive(int(lines[0])))
    assert not folder.exists()


def test_a_killed_parent_leaves_neither_grandchildren_nor_its_folder(tmp_path: Path, eventually: Eventually) -> None:
    folder = tmp_path / "own"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(folder), STAYING], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pids = [int(parent.stdout.readline()) for _ in range(2)]
    assert all(alive(pid) for pid in pids)
    assert folder.is_dir()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    eventually(lambda: not any(alive(pid) for pid in pids) and not folder.exists())


def test_a_killed_reaper_comes_back_and_knows_what_is_left(tmp_path: Path, eventually: Eventually) -> None:
    folder = tmp_path / "own"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(folder), STAYING], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pids = [int(parent.stdout.readline()) for _ in range(2)]
    first = victims.reaper(parent.pid)
    victims.kill(first)
    eventually(lambda: victims.reaper(parent.pid) not in (0, first))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    eventually(lambda: not any(alive(pid) for pid in pids) and not folder.exists())


def test_a_reaper_knows_from_the_first_moment_what_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    try:
        command = [sys.executable, reaper.__file__, f"child {left.pid}", f"folder {folder}"]
        subprocess.run(command, stdin=subprocess.DEVNULL, check=True, timeout=30)
        assert left.wait(timeout=10) == -signal.SIGKILL
        assert not folder.exists()
    finally:
        left.kill()
        left.wait()
