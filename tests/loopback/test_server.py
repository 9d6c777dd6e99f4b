"""The loopback inside a process, as tests use it."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from typing import Any

import boto3
import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.server import Loopback


def clusters(endpoint: str) -> Any:
    return _client("ecs", endpoint)


def buckets(endpoint: str) -> Any:
    return _client("s3", endpoint)


def _client(service: str, endpoint: str) -> Any:
    make: Any = boto3.client
    keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    return make(service, region_name="us-east-1", endpoint_url=endpoint, **keys)


def test_each_loopback_of_a_process_starts_with_an_empty_account() -> None:
    for _ in range(2):
        with Loopback() as loopback:
            ecs = clusters(loopback.endpoint)
            assert ecs.list_clusters()["clusterArns"] == []
            ecs.create_cluster(clusterName="left-over")
            buckets(loopback.endpoint).create_bucket(Bucket="left-over")


def test_its_folder_goes_with_it_and_its_addresses_are_its_own() -> None:
    with Loopback() as first:
        here = machine.get()
        assert here.endpoint == first.endpoint
        folder = here.folder
        assert folder.is_dir()
        assert here.addresses.next() != here.addresses.next()
    assert not folder.exists()


def test_a_port_in_use_is_refused_by_its_number_and_the_next_loopback_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"port {port} is in use"):
            Loopback(port=port).__enter__()
    with Loopback() as loopback:
        assert loopback.endpoint


def test_a_second_loopback_in_the_same_process_is_refused() -> None:
    with Loopback() as first:
        with pytest.raises(RuntimeError, match="one account per process"):
            Loopback().__enter__()
        assert clusters(first.endpoint).list_clusters()["clusterArns"] == []


@pytest.mark.parametrize("headers", [{"Host": "rebound.example"}, {"Origin": "http://rebound.example"}])
def test_a_web_page_cannot_reach_it(headers: dict[str, str]) -> None:
    with Loopback() as loopback:
        request = urllib.request.Request(f"{loopback.endpoint}/_loopback/health", headers=headers)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(request, timeout=5)
