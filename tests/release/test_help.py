import subprocess
import sys

import pytest

from bluegreen import cli

HEAVY = ("boto3", "moto", "cdktf", "aiohttp", "bluegreen.release", "bluegreen.rehearsal", "bluegreen.loopback")


def test_help_imports_no_verb() -> None:
    code = "import sys, bluegreen.cli as cli\ntry: cli.main(['--help'])\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in done.stderr.split() if name.startswith(HEAVY)] == []
    assert all(name in done.stdout for name in cli.VERBS)


@pytest.mark.parametrize("name", [name for name in cli.VERBS if name not in ("rehearse", "loopback")])
def test_the_help_of_a_release_verb_shows_an_example(name: str) -> None:
    assert f"Example: bluegreen {name} " in cli.load(name).help


def test_the_help_of_a_release_verb_needs_no_aws_client() -> None:
    code = "import sys, bluegreen.cli as cli\ntry: cli.main(['deploy', '--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "boto3" not in done.stdout.split()
