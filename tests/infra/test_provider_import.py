"""The fast import of the provider's bindings changes the time, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bluegreen.infra import provider_import
from bluegreen.infra.hook_archive import OVERRIDE

ROOT = Path(__file__).parents[2]


def _synthesize(program: str, out: Path, hook_zip: Path) -> dict[str, str]:
    environ = {k: v for k, v in os.environ.items() if k != "NODE_OPTIONS"}
    environ |= {"CDKTF_OUTDIR": str(out), OVERRIDE: str(hook_zip), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environ, check=True, capture_output=True)
    return {path.parent.name: path.read_text(encoding="utf-8") for path in out.glob("stacks/*/cdk.tf.json")}


@pytest.mark.slow
def test_the_json_is_the_same_as_with_the_plain_import(tmp_path: Path, hook_zip: Path) -> None:
    fast = "import sys, runpy; runpy.run_path('main.py', run_name='main')['main']()"
    plain = f"import {provider_import.PACKAGE}; assert {provider_import.PACKAGE}.__all__; {fast}"
    made = _synthesize(fast, tmp_path / "fast", hook_zip)
    assert set(made) == {"foundation", "rehearsal", "sample"}
    assert made == _synthesize(plain, tmp_path / "plain", hook_zip)


def test_the_package_s_own_init_is_bypassed() -> None:
    stub = sys.modules[provider_import.PACKAGE]
    assert not hasattr(stub, "__file__")
    assert list(stub.__path__)


def test_node_loads_the_lazy_index_first_and_keeps_the_user_s_options() -> None:
    program = "import os, bluegreen.infra; print(os.environ['NODE_OPTIONS'])"
    environ = {**os.environ, "NODE_OPTIONS": "--no-warnings"}
    done = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, env=environ, text=True)
    assert done.strip() == f'--no-warnings --require "{provider_import.PRELOAD.as_posix()}"'


def test_a_missing_node_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_NODE", "no-such-node")
    with pytest.raises(provider_import.NodeMissingError, match=r"no-such-node: not found.*https://nodejs\.org"):
        provider_import.check_node()
