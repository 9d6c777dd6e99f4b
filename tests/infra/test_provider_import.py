"""The fast import of the provider's bindings changes the time, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bluegreen import settings
from bluegreen.infra import provider_import, warm
from bluegreen.infra.hook_archive import OVERRIDE

ROOT = Path(__file__).parents[2]
MAIN = "import runpy; runpy.run_path('main.py', run_name='main')['main']()"
PROVIDER = "import jsii; print(type(jsii._runtime.kernel.provider).__name__)"
# What Node is told about each file that it loads otherwise: [its name, what it holds].
CHANGED = """
const { CHANGES } = require(process.argv[1]);
const files = JSON.parse(require("node:fs").readFileSync(0));
console.log(files.every(([name, text], at) => CHANGES[at][0].test(name) && text.replace(CHANGES[at][1], "") !== text));
console.log(CHANGES.length);
"""


def _run(program: str, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {k: v for k, v in os.environ.items() if k != "NODE_OPTIONS"} | {"PYTHONPATH": str(ROOT), **environ}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, env=given, text=True, capture_output=True, check=False)


def _synthesize(program: str, out: Path, hook_zip: Path) -> tuple[str, dict[str, bytes]]:
    done = _run(f"{program}; {PROVIDER}", CDKTF_OUTDIR=str(out), **{OVERRIDE: str(hook_zip)})
    assert done.returncode == 0, done.stderr
    files = (path for path in out.rglob("*") if path.is_file())
    return done.stdout.strip(), {str(path.relative_to(out)): path.read_bytes() for path in files}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_file_is_the_same_to_the_byte_as_with_the_plain_import(tmp_path: Path, hook_zip: Path) -> None:
    plain = f"import {provider_import.PACKAGE} as p; assert p.__all__; {MAIN}"
    fast_provider, fast = _synthesize(MAIN, tmp_path / "fast", hook_zip)
    plain_provider, plainly = _synthesize(plain, tmp_path / "plain", hook_zip)
    assert (fast_provider, plain_provider) == ("DirectProvider", "ProcessProvider")
    stacks = {*settings.names(ROOT / "environments"), "foundation"}
    assert {f"stacks/{stack}/cdk.tf.json" for stack in stacks} <= set(fast)
    assert fast == plainly


def test_the_package_s_own_init_is_bypassed() -> None:
    stub = sys.modules[provider_import.PACKAGE]
    assert not hasattr(stub, "__file__")
    assert list(stub.__path__)


def test_node_loads_the_lazy_index_first_and_keeps_the_user_s_options() -> None:
    done = _run("import os, bluegreen.infra; print(os.environ['NODE_OPTIONS'])", NODE_OPTIONS="--no-warnings")
    assert done.stdout.strip() == f'--no-warnings --require "{provider_import.PRELOAD.as_posix()}"'


def test_what_node_loads_otherwise_still_reads_as_it_did() -> None:
    """Otherwise synthesis would still work, and nobody would see why it is slow again."""
    (index,) = warm.cache().glob("@cdktf/provider-aws/*/*/lib/index.js")
    (archiver,) = warm.cache().glob("cdktf/*/*/lib/private/fs.js")
    (kernel,) = Path(sys.prefix).glob("lib/python*/site-packages/jsii/_embedded/jsii/lib__program.js")
    linked = "node_modules/@cdktf/provider-aws/lib/index.js", "node_modules/cdktf/lib/private/fs.js", "x/lib/program.js"
    files = [[f"/tmp/{name}", path.read_text()] for name, path in zip(linked, (index, archiver, kernel), strict=True)]
    command = ["node", "-e", CHANGED, provider_import.PRELOAD.as_posix()]
    said = subprocess.check_output(command, input=json.dumps(files), text=True)
    assert said.split() == ["true", str(len(files))]


def test_a_refusal_starts_no_node() -> None:
    done = _run("import sys, bluegreen.infra.synth; print('jsii' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


def test_there_is_one_node_and_it_ends_with_a_python_that_is_killed() -> None:
    program = """
import bluegreen.infra, subprocess, sys, time
bluegreen.infra.provider_import.load_behind()
import cdktf
cdktf.App()
import jsii
print(jsii._runtime.kernel.provider._process._process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as python:
        node = int(python.stdout.readline()) if python.stdout else 0
        assert b"lib/program.js" in Path(f"/proc/{node}/cmdline").read_bytes()
        assert not Path(f"/proc/{node}/task/{node}/children").read_text().strip()
        python.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _runs(node) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(node)


def _runs(process: int) -> bool:
    """Whether a process has not ended; one that nobody has waited for yet has an empty command line."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False


def test_libraries_that_cannot_be_loaded_are_told_in_one_line(tmp_path: Path, hook_zip: Path) -> None:
    out = tmp_path / "out"
    environ = {"JSII_RUNTIME_PACKAGE_CACHE_ROOT": os.devnull, OVERRIDE: str(hook_zip), "CDKTF_OUTDIR": str(out)}
    done = _run("import sys; from bluegreen.infra.synth import main; sys.exit(main())", **environ)
    assert done.returncode == 1
    assert done.stderr.startswith("Node.js could not load the CDKTF library: ")
    assert "JSII_RUNTIME_PACKAGE_CACHE_ROOT" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_missing_node_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_NODE", "no-such-node")
    with pytest.raises(provider_import.NodeMissingError, match=r"no-such-node: not found.*https://nodejs\.org"):
        provider_import.check_node()
