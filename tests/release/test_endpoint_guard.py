from dataclasses import replace

import pytest

from bluegreen import settings
from bluegreen.endpoint_guard import EndpointError, check, check_url, is_loopback

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


@pytest.fixture
def real(rehearsal: settings.Settings) -> settings.Settings:
    return replace(rehearsal, name="shop", rehearsal=False)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"AWS_ENDPOINT_URL": ""},
        {"AWS_ENDPOINT_URL": "https://ecs.us-east-1.amazonaws.com"},
        {"AWS_ENDPOINT_URL_S3": "https://vpce-1.s3.us-east-1.vpce.amazonaws.com"},
        {"AWS_ENDPOINT_URL": "http://10.0.0.1:4566"},
    ],
)
def test_any_other_environment_may_talk_to_aws(real: settings.Settings, environ: dict[str, str]) -> None:
    check(real, environ)


@pytest.mark.parametrize(
    "url",
    [
        LOOPBACK,
        "http://127.9.9.9:1",
        "http://localhost:4566",
        "http://LOCALHOST.",
        "http://aws.localhost",
        "http://[::1]:1",
        "http://0.0.0.0:4566",
    ],
)
@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CODEDEPLOY"])
def test_any_other_environment_is_kept_off_a_loopback(real: settings.Settings, variable: str, url: str) -> None:
    with pytest.raises(EndpointError) as refused:
        check(real, {variable: url})
    assert str(refused.value) == (
        f"shop is a real environment, but {variable} is {url}, an address of this machine: "
        "unset it, or name a rehearsal environment"
    )


def test_an_endpoint_of_the_configuration_file_is_judged_as_well() -> None:
    with pytest.raises(EndpointError, match="shop is a real environment, but the file is http://127"):
        check_url("shop", LOOPBACK, "the file", rehearsal=False)
    with pytest.raises(EndpointError, match="play is a rehearsal environment, but the file is https://ssm"):
        check_url("play", "https://ssm.us-east-1.amazonaws.com", "the file", rehearsal=True)


def test_an_endpoint_that_is_no_url_is_no_loopback() -> None:
    assert not is_loopback("http://[")
