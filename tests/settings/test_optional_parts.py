"""Settings of the parts that an environment may do without, and what they refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bluegreen.settings import Settings, SettingsError, load
from bluegreen.settings.traffic_shift import TrafficShift, own

TOPIC = "arn:aws:sns:us-east-1:123456789012:releases"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"


def _load(folder: Path, text: str) -> Settings:
    (folder / "it.toml").write_text(text)
    return load("it", folder)


def test_without_them_an_environment_is_the_article_s(tmp_path: Path) -> None:
    settings = _load(tmp_path, "")
    assert not any((settings.alarms.enabled, settings.autoscaling.enabled, settings.load_balancer.access_logs))
    assert (settings.network.flow_logs, settings.notifications.topic) == ("off", "")
    assert (settings.api.domain.name, settings.api.jwt.issuer) == ("", "")
    assert (settings.task.environment, settings.task.secrets) == ({}, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[network]\nflow_logs = "ALL"', "network.flow_logs: found 'ALL', allowed: off, rejected, accepted, all"),
        ('[release]\nconfig = "Canary100Percent5Minutes"', "release.config: found 'Canary100Percent5Minutes'"),
        ('[release]\nconfig = "Canary10Percent2881Minutes"', "2880 minutes in all"),
        ('[release]\nconfig = "Linear1PercentEvery30Minutes"', "2880 minutes in all"),
        ('[release]\nconfig = "CodeDeployDefault.LambdaAllAtOnce"', "release.config: found"),
        ("[alarms]\nperiod = 90", "alarms.period: found 90, allowed: 60 to 3600, a multiple of 60"),
        (
            '[alarms]\nenabled = true\nextra = ["a", "b", "c", "d"]',
            "alarms.extra: found ['a', 'b', 'c', 'd'], allowed: at most 3: a deployment group has 10 alarms, 7",
        ),
        ("[autoscaling]\nenabled = true\nminimum = 5", "autoscaling.minimum: found 5, allowed: at most the maximum, 4"),
        (
            "[autoscaling]\nenabled = true\nminimum = 2",
            "service.desired_count: found 1, allowed: 2 to 4, as autoscaling starts with it",
        ),
        (
            "[autoscaling]\nenabled = true\ncpu = 0",
            "autoscaling.cpu: found 0, allowed: a percentage here or for memory",
        ),
        (
            '[notifications]\ntopic = "releases"',
            "notifications.topic: found 'releases', allowed: the ARN of a standard",
        ),
        (f'region = "eu-west-1"\n[notifications]\ntopic = "{TOPIC}"', "allowed: one in the environment's region, eu"),
        (f'[notifications]\nkey = "{KEY}"', "notifications.key: found"),
        (f'[notifications]\ntopic = "{TOPIC}"\nevents = []', "notifications.events: found [], allowed: one or more of"),
        (
            '[api.domain]\nname = "api.example.com"',
            "api.domain.certificate: found '', allowed: the ARN of a certificate",
        ),
        (f'[api.domain]\ncertificate = "{CERTIFICATE}"', "api.domain.certificate: found"),
        (
            '[api.domain]\nname = "API.example.com"',
            "api.domain.name: found 'API.example.com', allowed: a domain's name",
        ),
        (
            '[api.jwt]\nissuer = "https://login.example.com"',
            "api.jwt.audience: found [], allowed: at least one audience",
        ),
        ('[api.jwt]\naudience = ["shop"]', "api.jwt.audience: found ['shop'], allowed: with an issuer"),
        (
            '[api.jwt]\nissuer = "http://login.example.com"',
            "api.jwt.issuer: found 'http://login.example.com', allowed: an",
        ),
        ("[task.environment]\nLOG = 1", "task.environment.LOG: found 1, allowed: a text"),
        ('task.environment = ["LOG"]', "task.environment: found ['LOG'], allowed: a table"),
        ('[task.environment]\nSHUTDOWN_SECONDS = "1"', "task.environment: found {'SHUTDOWN_SECONDS': '1'}, allowed: a"),
        ('[task.secrets]\nDB = "password"', "task.secrets: found {'DB': 'password'}, allowed: a table; keys:"),
        (
            '[task]\nenvironment = { DB = "x" }\nsecrets = { DB = "/db" }',
            "task.secrets: found 'DB', allowed: names that are not in task.environment as well",
        ),
        (f'[task]\nsecret_keys = ["{KEY}"]', "allowed: with secrets that they encrypt"),
        ("[services.orders.autoscaling]\nenabled = true\ncpu = 0", "services.orders.autoscaling.cpu: found 0"),
    ],
)
def test_what_makes_no_environment_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)) as refusal:
        _load(tmp_path, text)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("value", ["/shop/db", SECRET, f"{SECRET}:password::", f"{SECRET}:password:AWSCURRENT:"])
def test_a_secret_is_a_parameter_or_a_secret_or_a_key_within_it(tmp_path: Path, value: str) -> None:
    assert _load(tmp_path, f'[task.secrets]\nDB = "{value}"').task.secrets == {"DB": value}


@pytest.mark.parametrize(
    ("config", "shift", "total"),
    [
        ("Canary25Percent45Minutes", TrafficShift(linear=False, percent=25, minutes=45), 45),
        ("Linear10PercentEvery2Minutes", TrafficShift(linear=True, percent=10, minutes=2), 18),
        ("Linear30PercentEvery5Minutes", TrafficShift(linear=True, percent=30, minutes=5), 15),
    ],
)
def test_a_configuration_of_one_s_own_says_its_values(config: str, shift: TrafficShift, total: int) -> None:
    assert own(config) == shift
    assert shift.total == total


def test_aws_s_configurations_are_not_one_s_own() -> None:
    assert own("CodeDeployDefault.ECSCanary10Percent5Minutes") is None


def test_a_service_has_alarms_scaling_and_secrets_for_itself(tmp_path: Path) -> None:
    text = '[alarms]\nenabled = true\n[services.a]\nroutes = ["GET /a"]\n[services.b]\nroutes = ["GET /b"]\n'
    text += '[services.b.alarms]\nlatency_ms = 50\n[services.b.task.secrets]\nDB = "/db"\n'
    a, b = _load(tmp_path, text).of_services()
    assert (a.alarms.enabled, a.alarms.latency_ms, b.alarms.latency_ms) == (True, 1000, 50)
    assert (a.task.secrets, b.task.secrets) == ({}, {"DB": "/db"})
