"""Terraform on a synthesized stack, driven directly: faster than through the cdktf command."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .stage import Stage, StageError

PLAN_IS_CLEAN = 0
PLAN_HAS_CHANGES = 2


@dataclass(frozen=True)
class Terraform:
    """One stack: its folder with the synthesized JSON and its state beside it."""

    stage: Stage
    stack: str
    on_progress: Callable[[str], None]

    @property
    def folder(self) -> Path:
        return self.stage.folder / "cdktf.out" / "stacks" / self.stack

    def init(self) -> None:
        """Install the provider and choose where the state lies."""
        state = self.stage.folder / f"{self.stack}.tfstate"
        self._run(["init", "-input=false", "-no-color", f"-backend-config=path={state}"], lambda _line: None)

    def apply(self) -> int:
        """Apply the stack and return how many resources were added."""
        return self._changes("apply")["add"]

    def destroy(self) -> int:
        """Destroy the stack and return how many resources were removed."""
        return self._changes("destroy")["remove"]

    def plan(self) -> tuple[str, ...]:
        """Return the addresses that a new apply would change: none when the plan is clean."""
        messages = Messages(lambda _text: None)
        command = ["plan", "-detailed-exitcode", "-input=false", "-json"]
        code = self._call(command, messages)
        if code not in (PLAN_IS_CLEAN, PLAN_HAS_CHANGES):
            raise StageError(f"terraform plan failed: {messages.errors}")
        return tuple(messages.planned) if code == PLAN_HAS_CHANGES else ()

    def outputs(self) -> dict[str, str]:
        """Return the stack's outputs."""
        lines: list[str] = []
        self._run(["output", "-json"], lines.append)
        return {name: output["value"] for name, output in json.loads("\n".join(lines)).items()}

    def _changes(self, command: str) -> dict[str, int]:
        messages = Messages(self.on_progress)
        if self._call([command, "-auto-approve", "-input=false", "-json"], messages) != 0:
            raise StageError(f"terraform {command} of {self.stack} failed: {messages.errors}")
        return messages.summary

    def _run(self, command: list[str], on_line: Callable[[str], None]) -> None:
        said: list[str] = []

        def hear(line: str) -> None:
            said.append(line)
            on_line(line)

        if self._call(command, hear) != 0:
            raise StageError(f"terraform {command[0]} of {self.stack} failed: {' '.join(said[-12:])}")

    def _call(self, command: list[str], on_line: Callable[[str], None]) -> int:
        # A record of the account so knows which command asked, and for which stack.
        key = {"AWS_ACCESS_KEY_ID": f"{command[0]}-{self.stack}"}
        return self.stage.run(["terraform", f"-chdir={self.folder}", *command], on_line, more=key)


class Messages:
    """Reads Terraform's JSON lines (https://developer.hashicorp.com/terraform/internals/machine-readable-ui)."""

    STEP = 10

    def __init__(self, on_progress: Callable[[str], None]) -> None:
        self._on_progress = on_progress
        self._done = 0
        self._total = 0
        self.summary: dict[str, int] = {}
        self.planned: list[str] = []
        self._errors: list[str] = []

    @property
    def errors(self) -> str:
        """The errors that Terraform gave, in one line."""
        return " / ".join(self._errors) or "it gave no reason"

    def __call__(self, line: str) -> None:
        try:
            message: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError:
            self._errors.append(line)
            return
        handler = getattr(self, f"_{message.get('type')}", None)
        if handler is not None:
            handler(message)

    def _planned_change(self, message: dict[str, Any]) -> None:
        change = message["change"]
        self._total += 1
        self.planned.append(f"{change['action']} {change['resource']['addr']}")

    def _apply_progress(self, message: dict[str, Any]) -> None:
        seconds = int(message["hook"].get("elapsed_seconds", 0))
        if seconds and seconds % 30 == 0:
            self._on_progress(f"waiting for {message['hook']['resource']['addr']} ({seconds} s)")

    def _apply_complete(self, _message: dict[str, Any]) -> None:
        self._done += 1
        if self._done % self.STEP == 0:
            self._on_progress(f"{self._done} of {self._total} resources done")

    def _change_summary(self, message: dict[str, Any]) -> None:
        if message["changes"].get("operation") in ("apply", "destroy"):
            self.summary = message["changes"]

    def _diagnostic(self, message: dict[str, Any]) -> None:
        diagnostic = message["diagnostic"]
        if diagnostic["severity"] == "error":
            self._errors.append(
                f"{diagnostic.get('address', '')} {diagnostic['summary']}: {diagnostic.get('detail', '')}"
            )
