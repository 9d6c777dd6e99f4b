from dataclasses import replace

import pytest

from bluegreen import settings
from bluegreen.endpoint_guard import EndpointError, check

LOOPBACK = "http://127.0.0.1:4566"


@pytest.fixture
def rehearsal() -> settings.Settings:
    return settings.load("rehearsal")


def test_a_rehearsal_on_the_loopback_may_go_on(rehearsal: settings.Settings) -> None:
    check(rehearsal, {"AWS_ENDPOINT_URL": LOOPBACK, "AWS_ENDPOINT_URL_ECS": "http://127.9.9.9:1"})


def test_a_rehearsal_without_an_endpoint_is_refused(rehearsal: settings.Settings) -> None:
    with pytest.raises(EndpointError, match="set AWS_ENDPOINT_URL to the loopback's address"):
        check(rehearsal, {})


@pytest.mark.parametrize(
    "url", ["https://ecs.us-east-1.amazonaws.com", "http://10.0.0.1", "http://127.0.0.1.example.com", "127.0.0.1", ""]
)
def test_a_rehearsal_elsewhere_is_refused(rehearsal: settings.Settings, url: str) -> None:
    with pytest.raises(EndpointError):
        check(rehearsal, {"AWS_ENDPOINT_URL": url})


def test_one_services_own_endpoint_counts_as_well(rehearsal: settings.Settings) -> None:
    with pytest.raises(EndpointError, match=r"AWS_ENDPOINT_URL_CODEDEPLOY is https://codedeploy\.example"):
        check(rehearsal, {"AWS_ENDPOINT_URL": LOOPBACK, "AWS_ENDPOINT_URL_CODEDEPLOY": "https://codedeploy.example"})


def test_a_switch_that_ignores_the_endpoint_is_refused(rehearsal: settings.Settings) -> None:
    with pytest.raises(EndpointError, match="unset it"):
        check(rehearsal, {"AWS_ENDPOINT_URL": LOOPBACK, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"})


def test_any_other_environment_may_talk_to_aws(rehearsal: settings.Settings) -> None:
    check(replace(rehearsal, rehearsal=False), {})
