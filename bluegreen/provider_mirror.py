"""Terraform's providers from a folder of this machine, where it has one; from the public registry otherwise.

`python -m bluegreen.provider_mirror FILE` writes a CLI configuration to FILE that names the folder, and prints the line
that makes a shell's Terraform read it, or a Makefile's. Without such a folder it writes and prints nothing.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

REGISTRY = "registry.terraform.io"
PROVIDER = f"{REGISTRY}/hashicorp/aws"
VERSION = "5.100.0"
"""The version that the bindings are made from, and so the one that a stack demands."""

VARIABLE = "TF_CLI_CONFIG_FILE"

_SHARED = ("/usr/share", "/usr/local/share", "/opt", "/srv", "/var/lib")
_SUBFOLDERS = ("", "terraform", "terraform/plugins", "terraform/providers")


def candidates(environ: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Yield the folders that may be a mirror, the user's own first."""
    for variable in ("TF_PLUGIN_MIRROR_DIR", "TF_PLUGIN_CACHE_DIR"):
        if environ.get(variable):
            yield Path(environ[variable])
    yield home / ".terraform.d/plugins"
    yield home / ".local/share/terraform/plugins"
    for shared in map(Path, _SHARED):
        yield from (shared / subfolder for subfolder in _SUBFOLDERS)
        yield from (found.parent for found in sorted(shared.glob(f"*/{REGISTRY}")))


def find(folders: Iterable[Path]) -> Path | None:
    """Return the first of `folders` that holds the AWS provider, unpacked or packed."""
    held = (f"{PROVIDER}/{VERSION}/*", f"{PROVIDER}/*_{VERSION}_*.zip")
    return next((folder for folder in folders if any(any(folder.glob(pattern)) for pattern in held)), None)


def configuration(mirror: Path) -> str:
    """Return a CLI configuration: the AWS provider from `mirror`, every other from the registry."""
    return f"""\
provider_installation {{
  filesystem_mirror {{
    path    = "{mirror}"
    include = ["{PROVIDER}"]
  }}
  direct {{
    exclude = ["{PROVIDER}"]
  }}
}}
"""


def is_configured(environ: Mapping[str, str], home: Path) -> bool:
    """Whether the user has a CLI configuration, which then says where providers come from."""
    return Path(environ.get(VARIABLE) or home / ".terraformrc").is_file()


def environment(file: Path, environ: Mapping[str, str], home: Path | None = None) -> dict[str, str]:
    """Write the configuration to `file` if it is needed; return the variables that Terraform then needs."""
    home = home or Path.home()
    if is_configured(environ, home):
        return {}
    mirror = find(candidates(environ, home))
    if mirror is None:
        return {}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(configuration(mirror), encoding="utf-8")
    return {VARIABLE: str(file.absolute())}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m bluegreen.provider_mirror FILE", file=sys.stderr)
        return 2
    for variable, value in environment(Path(arguments[0]), os.environ).items():
        print(f"export {variable}={shlex.quote(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
