"""Warms what synthesis reads: `python -m bluegreen.infra.warm`, once, at set-up.

jsii indexes the bindings in a worker that dies with its process, and a synthesis is over before the worker is: without
this every synthesis would parse the bindings' 90 MB of declarations anew. And an installer leaves the bindings' modules
uncompiled, which costs each synthesis a second where PYTHONDONTWRITEBYTECODE is set.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import py_compile
import sys
import sysconfig
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


def compile_imported() -> None:
    """Write the bytecode of every installed module that synthesis imports and that has none yet."""
    importlib.import_module(f"{__package__}.app")
    installed = Path(sysconfig.get_paths()["purelib"])
    for module in list(sys.modules.values()):
        spec = getattr(module, "__spec__", None)
        if spec is None or not spec.cached or Path(spec.cached).exists() or installed not in Path(spec.cached).parents:
            continue
        with contextlib.suppress(OSError):
            # A folder that is not ours to write to: synthesis works, slower.
            py_compile.compile(spec.origin, cfile=spec.cached)


def main() -> int:
    try:
        provider_import.check_node()
    except provider_import.NodeMissingError as error:
        print(error, file=sys.stderr)
        return 1
    if not is_warm(cache()) and not warm(cache(), time.monotonic() + PATIENCE):
        print(f"{cache()}: no index of the bindings after {PATIENCE:.0f} s: synthesis works, slower", file=sys.stderr)
    compile_imported()
    return 0


if __name__ == "__main__":
    sys.exit(main())
