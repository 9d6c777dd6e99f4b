"""The words of the command line."""

from __future__ import annotations

import argparse
import math
import re
import shlex
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from .images import Image

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
SHORTEST_MINUTE, LONGEST_MINUTE = 0.1, 3600.0
HIGHEST_PORT = 65535
NAMED_IMAGE = re.compile(
    r"(?P<repository>[a-z0-9][a-z0-9._/-]*):(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})=(?P<command>.+)"
)
EPILOG = """
An image is the command that a container of it runs. {address} in it becomes the task's own address; bind to that
address and to the port that the task definition maps.

The file of --images is TOML, with one table per image:

  [[image]]
  repository = "shop/api"
  tag = "1"
  command = ["./server"]
  environment = { HOST = "{address}" }
  architecture = "arm64"  # what the registry says of it, if anything

More images can be put while it runs: PUT /_loopback/images with one such table as JSON pushes it to its ECR repository.
A relative program is looked for in the folder in which the loopback was started.
"""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the user wants; `minute` in real seconds."""

    port: int = 0
    minute: float = 60.0
    json: bool = False
    folder: Path | None = None
    log: Path | None = None
    record: Path | None = None
    images: tuple[Image, ...] = field(default=())


def parse(arguments: Sequence[str], program: str) -> Options:
    """Return the options.

    Raises:
        SystemExit: 2 for a wrong word, after one line on stderr that names it; 0 for --help.
    """
    parser = _parser(program)
    given = vars(parser.parse_args(arguments))
    named = given.pop("image")
    filed = [image for images in given.pop("images") for image in images]
    return Options(**given, images=(*filed, *named))


def help_text(program: str, width: int) -> str:
    """Return what `--help` prints on a terminal of so many columns."""
    parser = _parser(program)
    parser.formatter_class = lambda prog: argparse.RawDescriptionHelpFormatter(prog, width=width)
    return parser.format_help()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _parser(program: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=program,
        description="AWS on the loopback of this machine, until Ctrl-C.",
        epilog=f"Example: {program} --minute 2s --image 'shop/api:1=./server --listen {{address}}:3000'\n{EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=_port, default=0, help="port of the API; 0 (the default) takes a free one")
    parser.add_argument("--minute", type=_seconds, default=60.0, help="what an AWS minute takes here: 2s, 500ms, 1m")
    parser.add_argument("--json", action="store_true", help="print one line of JSON instead of the text")
    parser.add_argument("--image", type=_image, action="append", default=[], metavar="REPOSITORY:TAG=COMMAND")
    parser.add_argument("--images", type=_images, action="append", default=[], metavar="FILE", help="images, in TOML")
    parser.add_argument("--log", type=Path, metavar="FILE", help="append the log to FILE; stderr by default")
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="append what is asked of IAM to FILE, a line of JSON each"
    )
    parser.add_argument("--folder", type=Path, help="folder for sockets and functions; a temporary one by default")
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number from 0 to {HIGHEST_PORT}")


def _seconds(text: str) -> float:
    """Return the real seconds of `2s`, `500ms` or `1m`."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m)", text, re.ASCII)
    seconds = float(found[1]) * UNITS[found[2]] if found else math.nan
    if SHORTEST_MINUTE <= seconds <= LONGEST_MINUTE:
        return seconds
    raise argparse.ArgumentTypeError(f"{text!r} is no duration from 100ms to 60m; write 2s, 500ms or 1m")


def _image(text: str) -> Image:
    found = NAMED_IMAGE.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no image; write repository:tag=command")
    try:
        command = tuple(shlex.split(found["command"]))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"the command of {text!r} cannot be split into words: {error}") from error
    if not command:
        raise argparse.ArgumentTypeError(f"the command of {text!r} is empty")
    return _from_here(Image(repository=found["repository"], tag=found["tag"], command=command))


def _images(text: str) -> list[Image]:
    try:
        tables = tomllib.loads(Path(text).read_text())["image"]
        return [_from_here(Image.of(table)) for table in tables]
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise argparse.ArgumentTypeError(f"{text} is no list of images: {_words(error)}") from error


def _from_here(image: Image) -> Image:
    """A container starts in a folder of its own, the user's `./server` is in this one."""
    program, *rest = image.command
    return replace(image, command=(str(Path(program).absolute()), *rest)) if "/" in program else image


def _words(error: Exception) -> str:
    return "it has no [[image]]" if isinstance(error, KeyError) else str(error)
