"""Makes `from cdktf_cdktf_provider_aws.vpc import Vpc` cost what that module costs, and not what its package costs.

The package's own `__init__` imports some 1,500 modules, and its JavaScript index loads as many again in jsii's Node: 16
seconds together. A stub with the same `__path__` takes the place of the former, `lazy_index.js` that of the latter.
Editors and type checkers read the package as it is on disk and notice nothing.

What remains is done side by side: Node.js loads the libraries while Python imports its half of them (`load_behind`).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGE = "cdktf_cdktf_provider_aws"
PRELOAD = Path(__file__).with_name("lazy_index.js")


class NodeMissingError(RuntimeError):
    """CDKTF's Python bindings run on Node.js, and there is none."""


class LoadError(RuntimeError):
    """jsii's Node could not load the libraries; one line with jsii's own words."""


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


def load_behind() -> None:
    """Start jsii's Node, and let it load libraries while this thread goes on importing.

    Importing a jsii module asks Node to load a library and waits for that, although nothing needs it before the first
    construct is made. Where libraries were imported before, plainly or by us, everything stays as it is.
    """
    if "constructs" in sys.modules:
        return
    import jsii  # noqa: PLC0415 - takes as long as everything else that a refusal needs

    from . import jsii_node  # noqa: PLC0415 - as above

    kernel: Any = jsii._runtime.kernel
    if jsii_node.can_start_directly():
        kernel.provider = jsii_node.DirectProvider()
    kernel.provider = Behind(kernel)


class Behind:
    """Stands before jsii's provider: loads run in a thread, and whatever else is asked first waits for them all."""

    def __init__(self, kernel: Any) -> None:
        self._kernel, self._provider = kernel, kernel.provider
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="jsii-load")
        self._begun: list[Future[Any]] = [self._thread.submit(lambda: self._provider._process)]

    def load(self, request: Any) -> None:
        self._begun.append(self._thread.submit(self._provider.load, request))

    def __getattr__(self, name: str) -> Any:
        """Give way to the provider itself, once all that was begun is done.

        Raises:
            LoadError: a library could not be loaded.
        """
        self._thread.shutdown()
        self._kernel.provider = self._provider
        try:
            for begun in self._begun:
                begun.result()
        except Exception as error:
            raise LoadError(f"Node.js could not load the CDKTF library: {' '.join(str(error).split())}") from error
        return getattr(self._provider, name)


def _preload() -> None:
    option = f'--require "{PRELOAD.as_posix()}"'
    given = os.environ.get("NODE_OPTIONS", "")
    if option not in given:
        os.environ["NODE_OPTIONS"] = f"{given} {option}".strip()
