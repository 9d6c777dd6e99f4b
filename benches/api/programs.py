"""Builds what is measured: the API as it is shipped, and the reference servers, static and optimised alike."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = "-C target-feature=+crt-static"


@dataclass(frozen=True)
class Programs:
    """Where the binaries lie."""

    folder: Path

    @property
    def api(self) -> Path:
        return self.folder / "rust-api"

    @property
    def hyper(self) -> Path:
        return self.folder / "bare_hyper"

    @property
    def axum(self) -> Path:
        return self.folder / "plain_axum"

    @property
    def load(self) -> Path:
        return self.folder / "load"

    @property
    def first_answer(self) -> Path:
        return self.folder / "first_answer"


def build() -> Programs:
    """Compile each package by itself: built together, the API would get the references' features as well."""
    triple = f"{os.uname().machine}-unknown-linux-gnu"
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    for package in ("rust-api", "reference-servers"):
        command = ["cargo", "build", "--locked", "--quiet", "--profile", "service", "--target", triple, "--bins"]
        environment = {**os.environ, "CARGO_TARGET_DIR": str(target), "RUSTFLAGS": STATIC}
        subprocess.run([*command, "--package", package], cwd=ROOT, env=environment, check=True)
    return Programs(target / triple / "service")
