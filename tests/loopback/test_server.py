"""The loopback inside a process, as tests use it."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import boto3
import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.server import Loopback


def clusters(endpoint: str) -> Any:
    make: Any = boto3.client
    keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    return make("ecs", region_name="us-east-1", endpoint_url=endpoint, **keys)


def test_each_loopback_of_a_process_starts_with_an_empty_account() -> None:
    for _ in range(2):
        with Loopback() as loopback:
            ecs = clusters(loopback.endpoint)
            assert ecs.list_clusters()["clusterArns"] == []
            ecs.create_cluster(clusterName="left-over")


def test_its_folder_goes_with_it_and_its_addresses_are_its_own() -> None:
    with Loopback() as first:
        here = machine.get()
        assert here.endpoint == first.endpoint
        folder = here.folder
        assert folder.is_dir()
        assert here.addresses.next() != here.addresses.next()
    assert not folder.exists()


def test_a_port_in_use_is_refused_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as loopback:
        port = int(loopback.endpoint.rsplit(":", 1)[1])
        first = machine.get()
        with pytest.raises(SystemExit):
            Loopback(port=port).__enter__()
        assert f"Port {port} is in use" in capsys.readouterr().err
        machine.install(first)


@pytest.mark.parametrize("headers", [{"Host": "rebound.example"}, {"Origin": "http://rebound.example"}])
def test_a_web_page_cannot_reach_it(headers: dict[str, str]) -> None:
    with Loopback() as loopback:
        request = urllib.request.Request(f"{loopback.endpoint}/_loopback/health", headers=headers)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(request, timeout=5)
