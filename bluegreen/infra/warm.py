"""Warms jsii's cache of the AWS bindings: `python -m bluegreen.infra.warm`, once, at set-up.

jsii indexes the bindings in a worker that dies with its process, and a synthesis is over before the worker is: without
this every synthesis would parse the bindings' 90 MB of declarations anew.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from . import provider_import

PATIENCE = 120.0
"""Seconds to wait for the index; it takes some nine on two cores."""

_INDEX = "@cdktf/provider-aws/*/*/.jsii.runtime.v1.json"
_POLL = 0.1


def cache(environ: Mapping[str, str] = os.environ) -> Path:
    """Return jsii's package cache, which is where jsii itself looks for it."""
    named = environ.get("JSII_RUNTIME_PACKAGE_CACHE_ROOT")
    if named:
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/com.amazonaws.jsii/package-cache"
    return Path.home() / ".cache/aws/jsii/package-cache"


def is_warm(folder: Path) -> bool:
    return any(folder.glob(_INDEX))


def warm(folder: Path, deadline: float) -> bool:
    """Load the bindings, and wait until their index is in `folder`; return whether it is."""
    importlib.import_module(f"{provider_import.PACKAGE}._jsii")
    while not is_warm(folder) and time.monotonic() < deadline:
        time.sleep(_POLL)
    return is_warm(folder)


def main() -> int:
    try:
        provider_import.check_node()
    except provider_import.NodeMissingError as error:
        print(error, file=sys.stderr)
        return 1
    if not is_warm(cache()) and not warm(cache(), time.monotonic() + PATIENCE):
        print(f"{cache()}: no index of the bindings after {PATIENCE:.0f} s: synthesis works, slower", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
