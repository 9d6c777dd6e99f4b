"""Runs a function: a process of its own for each invocation, killed when its time is over."""

from __future__ import annotations

import signal
from pathlib import Path

from bluegreen.loopback.iam.sessions import Session
from bluegreen.loopback.machine import Machine
from bluegreen.loopback.processes import Process

from . import report
from .function import Function, Outcome
from .invocation import Invocation
from .log_stream import LogStream
from .package import PackageError, bootstrap, unpack
from .runtime_api import RuntimeApi

POLL_SECONDS = 0.02
# How long a process that has answered may still write to its log before it is ended.
LAST_WORDS_SECONDS = 0.5


class Sandbox:
    """The place where a machine's functions run; the runtime API listens on an address of its own."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._address = machine.addresses.next()

    def run(self, invocation: Invocation, session: Session, log: LogStream) -> Outcome:
        """Run the function and wait for its outcome; whatever goes wrong is an outcome and a line in the log."""
        function = invocation.function
        log.write(report.start(invocation.request_id, function))
        memory = 0
        with RuntimeApi(self._address, invocation) as api:
            try:
                process = self._start(function, api, session, log)
            except (PackageError, OSError) as error:
                outcome, line = report.not_started(invocation.request_id, str(error))
            else:
                outcome, line, memory = self._outcome(invocation, process)
                process.signal(signal.SIGKILL)
                process.wait(1.0)
        for words in (line, *report.end(invocation.request_id, function, seconds=invocation.seconds, memory=memory)):
            if words:
                log.write(words)
        return outcome

    def _start(self, function: Function, api: RuntimeApi, session: Session, log: LogStream) -> Process:
        root = unpack(function.archive, self._machine.folder / "functions")
        return self._machine.processes.spawn(
            [str(bootstrap(root))],
            environment={**self._environment(function, root, api.address, log.name), **_credentials(session)},
            on_line=log.write,
            folder=root,
        )

    def _outcome(self, invocation: Invocation, process: Process) -> tuple[Outcome, str, int]:
        """Return the outcome, the log line that explains it if it is not the function's own, and the memory in MB."""
        memory = 0
        while not invocation.wait(POLL_SECONDS):
            memory = max(memory, _peak_memory(process.pid))
            if invocation.outcome:
                invocation.wait(LAST_WORDS_SECONDS)
                break
            code = process.exit_code()
            if code is not None:
                process.wait(1.0)
                return *report.exited(invocation.request_id, code), memory
            if memory > invocation.function.memory:
                process.signal(signal.SIGKILL)  # the kernel of a real sandbox does it at the function's limit
            elif invocation.expired:
                now = self._machine.clock.now()
                return *report.timed_out(invocation.request_id, invocation.function, now), memory
        return invocation.outcome or Outcome(payload=b"null"), "", max(memory, _peak_memory(process.pid))

    def _environment(self, function: Function, root: Path, api: str, stream: str) -> dict[str, str]:
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            **function.environment,
            "_HANDLER": function.handler,
            "LAMBDA_TASK_ROOT": str(root),
            "AWS_LAMBDA_RUNTIME_API": api,
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_VERSION": function.version,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
            "AWS_LAMBDA_LOG_GROUP_NAME": function.log_group,
            "AWS_LAMBDA_LOG_STREAM_NAME": stream,
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_REGION": function.region,
            "AWS_DEFAULT_REGION": function.region,
            "AWS_ENDPOINT_URL": self._machine.endpoint,
        }


def _credentials(session: Session) -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": session.access_key,
        "AWS_SECRET_ACCESS_KEY": session.secret_key,
        "AWS_SESSION_TOKEN": session.token,
    }


def _peak_memory(pid: int) -> int:
    """Return the most memory that a running process has had, in MB; 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(kilobytes[0]) // 1024 if kilobytes else 0
