"""Makes `from cdktf_cdktf_provider_aws.vpc import Vpc` cost what that module costs, and not what its package costs.

The package's own `__init__` imports some 1,500 modules, and its JavaScript index loads as many again in jsii's Node: 16
seconds together. A stub with the same `__path__` takes the place of the former, `lazy_index.js` that of the latter.
Editors and type checkers read the package as it is on disk and notice nothing.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

PACKAGE = "cdktf_cdktf_provider_aws"
PRELOAD = Path(__file__).with_name("lazy_index.js")


class NodeMissingError(RuntimeError):
    """CDKTF's Python bindings run on Node.js, and there is none."""


def install() -> None:
    """Put the stub in place, unless the package was already imported plainly."""
    if PACKAGE in sys.modules:
        return
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        return
    stub = ModuleType(PACKAGE)
    stub.__spec__, stub.__path__ = spec, list(spec.submodule_search_locations)
    sys.modules[PACKAGE] = stub
    _preload()


def check_node() -> None:
    """Raise NodeMissingError unless the Node.js that jsii will start is there."""
    node = os.environ.get("JSII_NODE", "node")
    if shutil.which(node) is None:
        raise NodeMissingError(f"{node}: not found. Synthesis needs Node.js 20 or newer: https://nodejs.org")


def _preload() -> None:
    option = f'--require "{PRELOAD.as_posix()}"'
    given = os.environ.get("NODE_OPTIONS", "")
    if option not in given:
        os.environ["NODE_OPTIONS"] = f"{given} {option}".strip()
