"""Settings that are each in their range, and together no environment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bluegreen.settings import SettingsError, load

EIGHTEEN = "a-name-of-eighteen"


def _load(folder: Path, text: str, name: str = "it") -> None:
    (folder / f"{name}.toml").write_text(text)
    load(name, folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[task]\ncpu = 256\nmemory = 4096", "task.memory: found 4096, allowed: with cpu 256: 512, 1024, 2048"),
        ("[task]\ncontainer_cpu = 512", "task.container_cpu: found 512, allowed: at most the task's cpu, 256"),
        ("[task]\nmemory_reservation = 1024", "task.memory_reservation: found 1024, allowed: at most"),
        ("test_port = 80", "test_port: found 80, allowed: any but the production port, 80"),
        (
            '[hook]\nlistener = "production"',
            "hook.listener: found 'production', allowed: test: production answers from",
        ),
        (
            '[hook]\nlistener = "production"\n[services.a.hook]\nlistener = "test"\n[services.b]\nroutes = ["GET /b"]',
            "services.b.hook.listener: found 'production', allowed: test: ",
        ),
        ("[health_check]\ninterval = 10", "health_check.timeout: found 30, allowed: less than the interval, 10"),
        ("[network]\nnat_gateways = 3", "network.nat_gateways: found 3, allowed: at most one a zone, 2"),
        ("[network]\nnat_gateways = 0", "allowed: at least 1, or the endpoints logs, codedeploy as well"),
        ('[network]\ncidr = "10.0.0.0"', "network.cidr: found '10.0.0.0', allowed: a range of /16 to /28"),
        ('[network]\ncidr = "ten"', "network.cidr: found 'ten', allowed: an IPv4 range"),
        ('[network]\ncidr = "2001:db8::/32"', "network.cidr: found '2001:db8::/32', allowed: an IPv4 range"),
        ('[network]\ncidr = "10.0.0.0/22"', "network.subnet_prefix: found 24, allowed: a prefix length with 6 subnets"),
        (
            '[network]\npublic_subnets = ["10.0.2.0/24", "10.0.1.0/24"]',
            "network.private_subnets: found '10.0.2.0/24', allowed: ranges that do not overlap; 10.0.2.0/24 is taken",
        ),
        (
            '[network]\nprivate_subnets = ["10.0.8.0/23", "10.0.9.0/24"]',
            "network.private_subnets: found '10.0.9.0/24', allowed: ranges that do not overlap; 10.0.8.0/23 is taken",
        ),
        ('[network]\npublic_subnets = ["10.0.0.0/24"]', "network.public_subnets: found ['10.0.0.0/24'], allowed: one"),
        (
            '[network]\npublic_subnets = ["10.1.0.0/24", "10.0.0.0/24"]',
            "network.public_subnets: found '10.1.0.0/24', allowed: ranges within the VPC's, 10.0.0.0/16",
        ),
    ],
)
def test_an_inconsistent_environment_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        _load(tmp_path, text)


def test_only_a_rehearsal_may_have_a_hook_that_asks_production(tmp_path: Path) -> None:
    _load(tmp_path, 'rehearsal = true\n[hook]\nlistener = "production"')


def test_without_nat_gateways_every_endpoint_is_needed(tmp_path: Path) -> None:
    _load(tmp_path, '[network]\nnat_gateways = 0\nendpoints = ["ecr.api", "ecr.dkr", "logs", "codedeploy", "s3"]')


@pytest.mark.parametrize("name", [EIGHTEEN, "a", "a1"])
def test_a_name_that_a_load_balancer_may_have_is_allowed(tmp_path: Path, name: str) -> None:
    _load(tmp_path, "", name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (f"{EIGHTEEN}s", "at most 18 characters"),
        ("Prod", "lower-case letters"),
        ("prod_1", "lower-case letters"),
        ("prod-", "lower-case letters"),
        ("1st", "lower-case letters"),
        ("internal-api", "lower-case letters"),
        ("foundation", "any but foundation, internal, rehearsal-foundation"),
    ],
)
def test_a_name_that_would_break_a_resource_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(SettingsError, match=f"name: found '{name}', allowed: {words}"):
        _load(tmp_path, "", name)
