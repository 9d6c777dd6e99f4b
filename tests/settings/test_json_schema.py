"""The schema that editors read: it is current, takes what load() takes, and refuses mistakes that load() refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from bluegreen.settings import SettingsError, json_schema, load, names

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / "environments"
OWN = ROOT / "tests/infra/environments"
FILE = ENVIRONMENTS / "settings.schema.json"
FILES = [*(ENVIRONMENTS / f"{name}.toml" for name in names(ENVIRONMENTS)), *(OWN / f"{n}.toml" for n in names(OWN))]

CHECKER = jsonschema.Draft7Validator(json_schema.document())

MISTAKES = [
    "prot = 80",
    "[task]\ncpus = 256",
    'name = "other"',
    'test_port = "8080"',
    "test_port = true",
    "test_port = 70000",
    "rehearsal = 1",
    'task = "big"',
    "log_retention = 2",
    'architecture = "arm"',
    'routes = ["/one"]',
    'routes = ["GET /one", "GET /one"]',
    'task.user = "0:0"',
    'network.endpoints = ["ecr"]',
    'network.public_subnets = "10.0.0.0/24"',
    'release.hooks = ["BeforeInstall"]',
    "release.hooks = []",
    'release.config = "Canary100Percent5Minutes"',
    "alarms.period = 90",
    'alarms.extra = ["a", "a"]',
    'notifications.topic = "releases"',
    "notifications.events = []",
    'api.domain.name = "API.example.com"',
    'api.domain.names = "api.example.com"',
    'api.jwt.issuer = "http://login.example.com"',
    "task.environment.LOG = 1",
    'task.environment.SHUTDOWN_SECONDS = "1"',
    'task.secrets.DB = "password"',
    "extends = 1",
    "services.Orders.test_port = 8080",
    'services.orders.region = "eu-west-1"',
    "services.orders.task.cpu = 100",
    "checks = [1]",
]


def test_the_file_is_what_the_settings_say() -> None:
    assert FILE.read_text(encoding="utf-8") == json_schema.text(), "python -m bluegreen.settings.json_schema prints it"


def test_it_is_a_schema_that_editors_understand() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema.document())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_takes_every_environment(file: Path) -> None:
    CHECKER.validate(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_refuses_a_mistake_that_load_refuses(tmp_path: Path, mistake: str) -> None:
    (tmp_path / "it.toml").write_text(mistake)
    with pytest.raises(SettingsError):
        load("it", tmp_path)
    assert not CHECKER.is_valid(json.loads(json.dumps(tomllib.loads(mistake))))


@pytest.mark.parametrize("name", names(ENVIRONMENTS))
def test_every_environment_names_it_to_editors(name: str) -> None:
    first, _, _ = (ENVIRONMENTS / f"{name}.toml").read_text(encoding="utf-8").partition("\n")
    assert first == f"#:schema ./{FILE.name}"
