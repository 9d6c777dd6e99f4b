"""One account with two environments in it, side by side: what is done to both is done at once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bluegreen import settings
from bluegreen.rehearsal import cast
from bluegreen.rehearsal.cast import BLUE, BROKEN, GREEN
from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import Stage
from bluegreen.rehearsal.terraform import Terraform
from bluegreen.settings import Settings

ROOT = Path(__file__).parents[3]
PRODUCTION, SHOP = "prod-rehearsed", "shop"
FOUNDATION = "rehearsal-foundation"
NAMES = (PRODUCTION, SHOP)
T = TypeVar("T")


def write_project(folder: Path) -> Path:
    """Write a project of its own: our environments, which these extend, and what was built here."""
    for source in (ROOT / "environments", Path(__file__).parent / "environments"):
        shutil.copytree(source, folder / "environments", dirs_exist_ok=True)
    for name in ("main.py", "target", ".build"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def load(project: Path, name: str) -> Settings:
    return settings.load(name, project / "environments")


@dataclass(frozen=True)
class Account:
    """The account, and the project whose commands work on it."""

    stage: Stage
    tell: Narrator

    def synthesize(self) -> None:
        code, said = self.run("main.py", more={"BLUEGREEN_ENVIRONMENTS": ",".join(NAMES)})
        assert code == 0, said

    def run(self, *words: str, more: dict[str, str] | None = None) -> tuple[int, str]:
        """Run Python in the project; return the exit code and what it said."""
        said: list[str] = []
        code = self.stage.run([sys.executable, *words], said.append, more=more)
        return code, "\n".join(said)

    def services(self, name: str) -> tuple[Settings, ...]:
        return load(self.stage.project, name).of_services()

    def terraform(self, stack: str) -> Terraform:
        return Terraform(self.stage, stack, self.tell.say)

    def push(self) -> None:
        """Put every version into the registry of every service."""
        for service in (service for name in NAMES for service in self.services(name)):
            for version in (GREEN, BLUE, BROKEN):
                cast.push(self.stage, version, service)

    def prepare(self) -> None:
        """Make what the environments name and do not make: a topic and secrets."""
        self.stage.client("sns").create_topic(Name="releases")
        for name in ("/prod-rehearsed/api-key", "/shop/color"):
            self.keep_secret(name, "Amber")

    def keep_secret(self, name: str, value: str) -> None:
        self.stage.client("ssm").put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)

    def lift_protection(self) -> None:
        """Do what `make destroy` asks for."""
        file = self.stage.project / "environments" / f"{PRODUCTION}.toml"
        text = file.read_text()
        file.write_text(text.replace("[load_balancer]\n", "[load_balancer]\ndeletion_protection = false\n"))
        self.synthesize()


def at_once(first: Callable[[], T], *others: Callable[[], T]) -> list[T]:
    """Call them all at the same time, and return what they returned."""
    calls = (first, *others)
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def in_both(call: Callable[[str], T]) -> dict[str, T]:
    """Call it for both environments at the same time, and return what it returned for each."""
    return dict(zip(NAMES, at_once(*(lambda name=name: call(name) for name in NAMES)), strict=True))
