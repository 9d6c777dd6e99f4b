"""`bluegreen` as a process of its own, forked from one that has imported it: most verbs take less time than that."""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bluegreen import cli, release

PROJECT = Path(__file__).parents[2]
SECONDS = 60

_CONTEXT = multiprocessing.get_context("forkserver")
_VERBS = (module.name for module in pkgutil.walk_packages(release.__path__, f"{release.__name__}."))
# The last one is what typer imports when it reads the first word of a command line.
_CONTEXT.set_forkserver_preload(["tests.release.forked", "boto3", *_VERBS, "typer._adapters"])


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(words: tuple[str, ...], environ: Mapping[str, str]) -> Ended:
    """Run the command in the project's folder with these variables and no others; threads may do so at once.

    Raises:
        subprocess.TimeoutExpired: it did not end within SECONDS, and was killed.
    """
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        out.touch()
        err.touch()
        process = _CONTEXT.Process(target=_become, args=(words, dict(environ), str(out), str(err)), daemon=True)
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(["bluegreen", *words], SECONDS, out.read_bytes(), err.read_bytes())
        return Ended(process.exitcode, out.read_text(), err.read_text())


def _become(words: tuple[str, ...], environ: dict[str, str], out: str, err: str) -> None:
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(PROJECT)
    for descriptor, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), descriptor)
    sys.stdout, sys.stderr = (open(stream, "w", encoding="utf-8", closefd=False) for stream in (1, 2))  # noqa: SIM115
    sys.argv = ["bluegreen", *words]
    cli.main()
