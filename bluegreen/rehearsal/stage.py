"""The place where the rehearsal happens: a folder, a loopback AWS, and an environment for commands."""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import boto3

from bluegreen import provider_mirror
from bluegreen.loopback.processes import Process, Processes
from bluegreen.settings import Settings

NAME = "rehearsal"  # stands for credentials: the loopback takes any
START_LIMIT = 30.0
LONGEST_TEMP = 64
"""Characters of the temporary folder's path: Terraform's plugins put a socket below it, whose path has 107 at most."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Those that break a rehearsal off. Once a stage was left they are ignored, until somebody sets them again."""
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "USER", "TERM", "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION")


class StageError(RuntimeError):
    """The rehearsal cannot go on; the message says why and what to do."""


class Stage:
    """Starts the loopback and runs commands against it; leaving ends every process and removes the folder."""

    def __init__(self, settings: Settings, *, minute: str, project: Path, record: Path | None = None) -> None:
        self.settings = settings
        self.project = project
        self._minute = minute
        self._record = ["--record", str(record.absolute())] if record else []
        self._processes = Processes()
        self._log: list[str] = []
        self._clients: dict[str, Any] = {}

    def __enter__(self) -> Stage:
        self.folder = _folder(Path(tempfile.gettempdir()))
        self._processes.own(self.folder)
        try:
            self._prepare()
            self._loopback, self.endpoint = self._start_loopback()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    @property
    def environment(self) -> dict[str, str]:
        """The variables of every command: the loopback as AWS, and nothing of the user's own AWS set-up."""
        return {
            **self._base,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": NAME,
            "AWS_SECRET_ACCESS_KEY": NAME,
            "AWS_REGION": self.settings.region,
            "AWS_DEFAULT_REGION": self.settings.region,
        }

    def client(self, service: str) -> Any:
        """Return the boto3 client of the loopback account for a service: made once, since making one is slow."""
        if service not in self._clients:
            session: Any = boto3.session.Session(NAME, NAME, region_name=self.settings.region)
            self._clients[service] = session.client(service, endpoint_url=self.endpoint)
        return self._clients[service]

    def run(
        self,
        command: Sequence[str],
        on_line: Callable[[str], None],
        *,
        more: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> int:
        """Run a command to its end, its output going to `on_line`, and return its exit code.

        Raises:
            StageError: the program cannot be started, or the loopback has died meanwhile.
        """
        process = self.start(command, on_line, more=more, folder=folder)
        while (code := process.wait(0.5)) is None:
            self._assert_loopback_lives()
        return code

    def start(
        self,
        command: Sequence[str],
        on_line: Callable[[str], None],
        *,
        more: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Process:
        """Start a command and return at once."""
        try:
            return self._processes.spawn(
                command,
                environment={**self.environment, "AWS_ACCESS_KEY_ID": _caller(command), **(more or {})},
                on_line=on_line,
                folder=folder or self.project,
            )
        except OSError as error:
            raise StageError(f"{command[0]} cannot be started: {error.strerror}") from error

    def wait(self, name: str, process: Process, seconds: float) -> int:
        """Wait for a started command.

        Raises:
            StageError: it still runs after `seconds`, or the loopback has died.
        """
        deadline = time.monotonic() + seconds
        while (code := process.wait(0.5)) is None:
            self._assert_loopback_lives()
            if time.monotonic() > deadline:
                raise StageError(
                    f"{name} did not end within {seconds:.0f} s; the loopback's last words: {self._last_words()}"
                )
        return code

    def _prepare(self) -> None:
        (self.folder / "tmp").mkdir()
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        self._base = {
            **kept,
            "TMPDIR": str(self.folder / "tmp"),
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "PYTHONUNBUFFERED": "1",
            "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1",
            "CDKTF_OUTDIR": str(self.folder / "cdktf.out"),
            "BLUEGREEN_ENVIRONMENTS": self.settings.name,
            **self._providers(),
        }

    def _providers(self) -> dict[str, str]:
        """Where Terraform finds its provider: as the user set it up, in a mirror, or kept after one download."""
        file = Path(os.environ.get(provider_mirror.VARIABLE, ""))
        if file.is_file():
            return {provider_mirror.VARIABLE: str(file)}
        cache = self.project / ".build" / "terraform-plugins"
        cache.mkdir(parents=True, exist_ok=True)
        kept = {"TF_PLUGIN_CACHE_DIR": str(cache), "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "1"}
        return provider_mirror.environment(self.folder / "terraform.tfrc", os.environ) or kept

    def _start_loopback(self) -> tuple[Process, str]:
        lines: queue.Queue[str] = queue.Queue()
        folder = self.folder / "loopback"
        folder.mkdir()

        def hear(line: str) -> None:
            self._log.append(line)
            lines.put(line)

        command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", self._minute]
        process = self._processes.spawn(
            [*command, "--folder", str(folder), *self._record],
            environment=self._base,
            on_line=hear,
            folder=self.project,
        )
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline and process.exit_code() is None:
            try:
                line = lines.get(timeout=0.2)
            except queue.Empty:
                continue
            if line.startswith('{"endpoint"'):
                return process, json.loads(line)["endpoint"]
        raise StageError(f"the loopback did not start: {self._last_words()}")

    def _assert_loopback_lives(self) -> None:
        if self._loopback.exit_code() is not None:
            raise StageError(f"the loopback ended by itself: {self._last_words()}")

    def _last_words(self) -> str:
        return " / ".join(self._log[-5:]) or "it said nothing"

    def _leave(self) -> None:
        # A second Ctrl-C must not leave behind what the first one is clearing away.
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self._processes.close(seconds=10.0)


def _caller(command: Sequence[str]) -> str:
    """Return the access key of a command, by which a record of the account knows who asked."""
    return "bluegreen" if "bluegreen" in command else NAME


def _folder(base: Path) -> Path:
    if len(str(base)) > LONGEST_TEMP:
        found = f"the temporary folder {base} has a path of {len(str(base))} characters"
        raise StageError(
            f"{found}, at most {LONGEST_TEMP} leave room for Terraform's sockets: set TMPDIR to a shorter one"
        )
    return Path(tempfile.mkdtemp(prefix="bluegreen-", dir=base))
