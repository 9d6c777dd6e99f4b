"""`make bootstrap`: makes the foundation, and moves every state of this folder into its bucket.

Each step first looks at what is there, so that it may be run again after it has ended, or was killed at any point.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bluegreen.settings import FOLDER, FoundationSettings, load_foundation

from . import adoption, backend_record
from .local_file import LocalFile
from .lock import in_the_way
from .move import move
from .stacks import FOUNDATION, shared
from .state import StateError
from .state_object import StateObject
from .terraform import Terraform

if TYPE_CHECKING:
    from boto3.session import Session

THERE = re.compile(r"AlreadyExists|AlreadyOwnedByYou")
AGAIN = "nothing is lost: mend it, and run `make bootstrap` again"


def bootstrap(project: Path) -> None:
    """Do it, in the project's folder.

    Raises:
        StateError: it cannot go on; what it has done stays, and it can be run again.
        SettingsError: a file of settings is wrong.
    """
    foundation = load_foundation(project / FOLDER)
    if not foundation.shares_state:
        raise StateError(f"{FOLDER}/foundation.toml: state_bucket: found '', allowed: a name for the bucket to be made")
    import boto3  # noqa: PLC0415 - `--help` and refusals need not pay for it

    with _alone(project / ".build/bootstrap") as held:
        Bootstrap(
            project=project,
            folder=project / ".build/bootstrap",
            foundation=foundation,
            session=boto3.session.Session(region_name=foundation.region),
            held=held,
        ).run(shared(project / FOLDER))


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Refuse to run beside another bootstrap of this folder, or beside the Terraform that a killed one has left."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StateError("another bootstrap still runs in this folder: wait until it has ended") from None
        yield file.fileno()


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """One run; `folder` is for Terraform, and `held` is the file that keeps other runs away."""

    project: Path
    folder: Path
    foundation: FoundationSettings
    session: Session
    held: int

    def run(self, stacks: Sequence[str]) -> None:
        """Make the foundation if it is not there, then move states."""
        account = self.session.client("sts").get_caller_identity()["Account"]
        say(f"account {account}, {self.foundation.region}: the state's bucket is {self.foundation.state_bucket}")
        if not self._is_made():
            self._make(LocalFile(stack=FOUNDATION, project=self.project))
        for stack in stacks:
            move(LocalFile(stack=stack, project=self.project), self._there(stack), say=say)
            backend_record.forget(self.project, stack)
            found = self._there(stack).read()
            say(
                f"{stack}: {f'{found.resources} resources in' if found else 'not deployed yet, its state will be in'} "
                f"{self._there(stack).url}"
            )

    def _there(self, stack: str) -> StateObject:
        return StateObject(stack=stack, bucket=self.foundation.state_bucket, s3=self.session.client("s3"))

    def _is_made(self) -> bool:
        """Whether the foundation is complete: its state is moved only then."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - boto3 is imported by now

        s3, bucket = self.session.client("s3"), self.foundation.state_bucket
        try:
            s3.head_bucket(Bucket=bucket)
        except ClientError as error:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            if status == 404:
                return False
            if status in (301, 403):
                words = "belongs to another account or region, or these credentials may not see it"
                raise StateError(f"state_bucket: {bucket} {words}: name another bucket") from None
            raise
        return self._there(FOUNDATION).read() is not None

    def _make(self, file: LocalFile) -> None:
        stack = self._synthesized()
        stack["terraform"]["backend"] = {"local": {"path": str(file.path.absolute())}}
        _assert_readable(file)
        if self._apply(stack):
            return
        # The last request of a run that was killed may have come through after we looked.
        say("foundation: something is there by now that was not: once more")
        if not self._apply(stack):
            raise StateError(f"foundation: terraform apply failed; {AGAIN}")

    def _apply(self, stack: dict[str, Any]) -> bool:
        """Apply the foundation; return False where it would have made what is there."""
        stack["import"] = adoption.imports(stack["resource"], self.session)
        terraform = Terraform.on(self.folder / FOUNDATION, stack, handed=[self.held])
        for command in (("init", "-input=false", "-no-color"), ("apply", "-auto-approve", "-input=false", "-no-color")):
            say(f"foundation: terraform {command[0]}")
            code, said = terraform(*command)
            if in_the_way(said):
                raise StateError("foundation: another Terraform still works on it: wait until it has ended")
            if code != 0 and THERE.search(said):
                return False
            if code != 0:
                raise StateError(f"foundation: terraform {command[0]} failed; {AGAIN}")
        return True

    def _synthesized(self) -> dict[str, Any]:
        out, hook = self.folder / "cdktf.out", self.folder / "no-hook.zip"
        hook.touch()
        environ = {**os.environ, "CDKTF_OUTDIR": str(out), "BLUEGREEN_HOOK_ZIP": str(hook)}
        environ.pop("BLUEGREEN_ENVIRONMENTS", None)
        if subprocess.run([sys.executable, "main.py"], cwd=self.project, env=environ, check=False).returncode != 0:
            raise StateError(f"foundation: synthesis failed; {AGAIN}")
        return json.loads((out / "stacks" / FOUNDATION / "cdk.tf.json").read_text(encoding="utf-8"))


def _assert_readable(file: LocalFile) -> None:
    """Put a state aside that Terraform was killed in writing: everything in it is found again by name and tag."""
    try:
        file.read()
    except StateError as error:
        file.path.rename(file.path.with_name(f"{file.path.name}.unreadable"))
        say(f"foundation: {error}; it is kept as {file.path.name}.unreadable, and what it told of is taken up again")


def say(text: str) -> None:
    print(text, flush=True)
