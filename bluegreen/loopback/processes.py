"""Child processes that never outlive the loopback."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .last_will import LastWill

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class Process:
    """A running child: its exit code, its signals, its output line by line."""

    def __init__(
        self, child: subprocess.Popen[bytes], on_line: Callable[[str], None], on_end: Callable[[int], None]
    ) -> None:
        self._child = child
        self._on_end = on_end
        self._ended = False
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, args=(on_line,), daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._child.pid

    def exit_code(self) -> int | None:
        """Return the exit code (minus the signal's number when killed by one), or None while it runs."""
        code = self._child.poll()
        if code is not None:
            self._end_group()
        return code

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; a process that has ended already is left alone."""
        if self._child.poll() is None:
            self._child.send_signal(number)

    def kill(self) -> None:
        """Send SIGKILL to it and to whatever it has started itself."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait until it has ended and its output is read; return the exit code, None after `seconds`."""
        try:
            code = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self._end_group()
        self._reader.join(seconds)
        return code

    def _end_group(self) -> None:
        """What it has started ends with it, as in a container: once, before the kernel gives its number away anew."""
        with self._lock:
            if not self._ended:
                self._ended = True
                self.kill()
                self._on_end(self.pid)

    def _read(self, on_line: Callable[[str], None]) -> None:
        stream = self._child.stdout
        if stream is None:
            return
        with stream:
            for line in stream:
                on_line(line.decode(errors="replace").rstrip("\r\n"))


class Processes:
    """Starts children and ends them all, with all that they have started.

    Each child asks the kernel for SIGKILL when its parent dies. The kernel means the parent *thread*, so one thread
    starts all of them and lives as long as this object.
    """

    def __init__(self) -> None:
        self._spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")
        self._children: list[Process] = []
        self._closed = False
        self._lock = threading.Lock()
        self._will = LastWill()
        self._folders: list[Path] = []

    def own(self, folder: Path) -> None:
        """Remove `folder` when this closes, and also when this process is killed and cannot."""
        self._folders.append(folder)
        self._will.add("folder", folder)

    def step(self, now: float) -> None:  # noqa: ARG002 - every Stepped gets the time
        """Start the reaper anew if it was killed."""
        self._will.look()

    def spawn(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        folder: Path | None = None,
    ) -> Process:
        """Start `command` with exactly `environment`; stdout and stderr go to `on_line`, a line each.

        Raises:
            OSError: the program is not there or cannot be run.
            RuntimeError: all children are being ended.
        """
        return self._spawner.submit(self._spawn, command, environment, on_line, folder).result()

    def _spawn(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        folder: Path | None,
    ) -> Process:
        with self._lock:
            if self._closed:
                raise RuntimeError("this loopback ends")
            parent = os.getpid()
            child = subprocess.Popen(
                list(command),
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is for the loopback, which then ends its children
                preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509 - only two system calls between fork and exec
            )
            self._will.add("child", child.pid)
            process = Process(child, on_line, on_end=lambda pid: self._will.remove("child", pid))
            self._children = [known for known in self._children if known.exit_code() is None]
            self._children.append(process)
            return process

    def close(self, seconds: float = 2.0) -> None:
        """End every child: SIGTERM, then SIGKILL for it and its own children after at most `seconds`."""
        with self._lock:
            self._closed = True
            children = [child for child in self._children if child.exit_code() is None]
        for child in children:
            child.signal(signal.SIGTERM)
        for child in children:
            if child.wait(seconds) is None:
                child.kill()
                child.wait(seconds)
        self._spawner.shutdown()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
            self._will.remove("folder", folder)
        self._will.close()


def _die_with(parent: int) -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent died before the request was made
        os.kill(os.getpid(), signal.SIGKILL)
