"""A load balancer with two target groups, and HTTP servers as their targets."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.server import Loopback

PORT = 3000


@dataclass(kw_only=True)
class Target:
    """An HTTP server that answers its name, on an address of its own; `healthy` is what /health says."""

    name: str
    address: str
    healthy: bool = True
    hold: threading.Event = field(default_factory=threading.Event)
    held: threading.Event = field(default_factory=threading.Event)


def _handler(target: Target) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet an answer: two would wait for each other (Nagle, delayed acknowledgement)

        def do_GET(self) -> None:
            if self.path == "/slow":
                target.held.set()
                target.hold.wait(10)
            status = 500 if self.path == "/health" and not target.healthy else 200
            if self.path.startswith("/status/"):
                status = int(self.path.removeprefix("/status/"))
            asked = self.path.removeprefix("/header/")
            words = target.name if asked == self.path else self.headers.get(asked, "")
            self.send_response(status)
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
            pass

    return Handler


@pytest.fixture
def target(loopback: Loopback) -> Iterator[Callable[[str], Target]]:
    servers = []

    def make(name: str) -> Target:
        one = Target(name=name, address=machine.get().addresses.next())
        server = ThreadingHTTPServer((one.address, PORT), _handler(one))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return one

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def elb(client: Callable[[str], Any]) -> Any:
    return client("elbv2")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A load balancer and two target groups."""

    arn: str
    address: str
    blue: str
    green: str


@pytest.fixture
def stage(elb: Any, client: Callable[[str], Any]) -> Stage:
    ec2, unique = client("ec2"), uuid.uuid4().hex[:8]
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"][
            "SubnetId"
        ]
        for n, zone in enumerate("ab")
    ]
    balancer = elb.create_load_balancer(Name=f"one-{unique}", Subnets=subnets, Scheme="internal")["LoadBalancers"][0]
    groups = [
        elb.create_target_group(
            Name=f"{name}-{unique}",
            Protocol="HTTP",
            Port=PORT,
            VpcId=vpc,
            TargetType="ip",
            HealthCheckPath="/health",
            HealthCheckIntervalSeconds=5,
            HealthCheckTimeoutSeconds=2,
            HealthyThresholdCount=2,
        )["TargetGroups"][0]["TargetGroupArn"]
        for name in ("blue", "green")
    ]
    return Stage(arn=balancer["LoadBalancerArn"], address=balancer["DNSName"], blue=groups[0], green=groups[1])
