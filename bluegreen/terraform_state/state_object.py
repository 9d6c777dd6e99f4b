"""The state of a stack in the foundation's bucket, and its lock: the two objects that Terraform's S3 backend keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bluegreen.settings import state_key

from .lock import Lock
from .state import State, StateError, parse

TAKEN = "PreconditionFailed"


@dataclass(frozen=True, kw_only=True)
class StateObject:
    """Writes nothing over anything: S3 takes both objects only where there is none yet."""

    stack: str
    bucket: str
    s3: Any
    """boto3's client of S3."""

    @property
    def url(self) -> str:
        return f"s3://{self.bucket}/{state_key(self.stack)}"

    @property
    def _lock_key(self) -> str:
        return f"{state_key(self.stack)}.tflock"

    def read(self) -> State | None:
        """Return the state, None where there is none.

        Raises:
            StateError: the object is there and no state.
        """
        content = self._get(state_key(self.stack))
        return None if content is None else parse(content, self.url)

    def write_first(self, state: State) -> None:
        """Put the first state there, byte for byte.

        Raises:
            StateError: there is one by now.
        """
        if not self._put_first(state_key(self.stack), state.content):
            raise StateError(f"{self.stack}: somebody has just written {self.url}; run it again to see what it is")

    def lock(self, lock: Lock) -> Lock | None:
        """Take the lock as Terraform does; return the one that is in the way, if there is one."""
        while not self._put_first(self._lock_key, lock.to_json()):
            if found := self.locked():
                return found
        return None

    def locked(self) -> Lock | None:
        """Return the lock that is held, None where none is."""
        found = self._get(self._lock_key)
        return None if found is None else Lock.from_json(found)

    def unlock_if(self, id_: str) -> None:
        """Give the lock back if it is the one called `id_`."""
        held = self.locked()
        if held and held.id == id_:
            self.s3.delete_object(Bucket=self.bucket, Key=self._lock_key)

    def _get(self, key: str) -> bytes | None:
        try:
            return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except self.s3.exceptions.NoSuchKey:
            return None

    def _put_first(self, key: str, content: bytes) -> bool:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - boto3 is imported by now

        try:
            self.s3.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=content,
                IfNoneMatch="*",
                ContentType="application/json",
                ServerSideEncryption="AES256",
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == TAKEN:
                return False
            raise
        return True
