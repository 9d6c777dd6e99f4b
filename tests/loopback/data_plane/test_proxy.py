"""The process of a proxy, and how it is steered."""

from __future__ import annotations

import resource
import signal
import socket
import subprocess
import sysconfig
from collections.abc import Iterator

import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.data_plane import admin, proxy
from bluegreen.loopback.data_plane.admin import AdminError
from bluegreen.loopback.data_plane.plane import DataPlane, DataPlaneError
from bluegreen.loopback.data_plane.views import FixedResponse, Listener, LoadBalancer, Network
from bluegreen.loopback.machine import Machine

from .conftest import PORT, Account, ask, forward, named

LIVE = FixedResponse(status=200, body="live")


def test_a_port_that_another_has_is_named_and_what_is_served_stays(account, host) -> None:
    account.serve(LIVE)
    taken = host.addresses.next()
    other = LoadBalancer(
        name="app/two/2", address=taken, listeners=(Listener(arn="two", port=PORT, default=LIVE),), idle_timeout=60
    )

    with socket.create_server((taken, PORT)):
        account._network = Network(load_balancers=(*account._network.load_balancers, other))
        with pytest.raises(DataPlaneError, match=rf"nothing can listen on {taken}:{PORT}: Address already in use"):
            account.plane.publish()
        assert account.get() == (200, "live")
    account.plane.publish()
    assert ask(account.connect()) == (200, "live")


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.1", "::"])
def test_an_address_that_others_could_reach_is_never_listened_on(account, address: str) -> None:
    account.address = address

    with pytest.raises(DataPlaneError, match=r"nothing may listen on .*: the loopback serves 127\.0\.0\.0/8 alone"):
        account.serve(LIVE)


def test_a_listener_that_is_gone_takes_nobody_new_and_ends_idle_connections(account) -> None:
    account.serve(LIVE)
    connection = account.connect()
    assert ask(connection) == (200, "live")
    account._network = Network()
    account.plane.publish()

    with pytest.raises(ConnectionRefusedError):
        account.get()
    assert connection.sock
    assert connection.sock.recv(1) == b""


def test_nothing_runs_before_there_is_something_to_serve(account) -> None:
    account.plane.publish()
    assert account.plane.listeners.proxy.process is None

    account.serve(LIVE)
    assert account.plane.listeners.proxy.runs
    assert account.plane.apis.proxy.process is None


def test_what_is_no_description_is_refused_in_words(account) -> None:
    account.serve(LIVE)
    path = account.plane.listeners.proxy._socket

    for what, document, words in (
        ("/network", {"load_balancer": []}, "unknown field `load_balancer`"),
        ("/network", 7, "invalid type"),
        ("/cut", ["nowhere"], "invalid socket address"),
        ("/else", {}, "no POST /else: POST /network and POST /cut are all there is"),
    ):
        with pytest.raises(AdminError, match=words):
            admin.post(path, what, document)
    assert account.get() == (200, "live")


def test_a_proxy_that_did_not_take_a_description_is_told_it_again(account, monkeypatch) -> None:
    account.serve(LIVE)
    process = account.plane.listeners.proxy.process
    assert process
    process.signal(signal.SIGSTOP)
    monkeypatch.setattr(admin, "ANSWER_SECONDS", 0.2)
    with pytest.raises(DataPlaneError, match="the proxy does not answer"):
        account.serve(FixedResponse(status=404))
    monkeypatch.undo()
    process.signal(signal.SIGCONT)

    account.serve(LIVE)  # what it was told last, as far as anybody knows
    assert account.get() == (200, "live")
    account.serve(FixedResponse(status=404))
    assert account.get()[0] == 404


def test_a_proxy_that_was_killed_is_started_anew_by_the_next_change(account) -> None:
    account.serve(LIVE)
    process = account.plane.listeners.proxy.process
    assert process
    process.kill()

    account.serve(FixedResponse(status=404))
    assert account.get()[0] == 404


def test_a_change_finds_a_proxy_that_is_dying(account, monkeypatch: pytest.MonkeyPatch) -> None:
    account.serve(LIVE)
    process = account.plane.listeners.proxy.process
    assert process
    process.kill()
    process.wait()
    # the kernel closes the sockets of a process before it says that the process has ended
    code, told = process.exit_code(), []
    monkeypatch.setattr(process, "exit_code", lambda: code if told else None)
    monkeypatch.setattr(process, "wait", lambda _: told.append(code) or code)

    account.serve(FixedResponse(status=404))
    assert account.get()[0] == 404
    assert account.plane.listeners.proxy.process is not process


def test_a_change_that_comes_when_all_ends_starts_nothing_and_leaves_nothing() -> None:
    here = Machine()
    machine.install(here)
    account = Account(DataPlane(here), here.addresses.next())
    account.serve(LIVE)
    folder = here.folder
    here.close()

    with pytest.raises(DataPlaneError):
        account.serve(FixedResponse(status=404))
    assert not folder.exists()


def test_a_folder_that_stays_serves_again(tmp_path) -> None:
    for _ in range(2):
        here = Machine(folder=tmp_path)
        machine.install(here)
        account = Account(DataPlane(here), here.addresses.next())
        account.serve(LIVE)
        assert account.get() == (200, "live")
        here.close()


def test_a_program_that_is_not_installed_is_named_with_what_to_do(host, monkeypatch) -> None:
    monkeypatch.setattr(proxy, "PROGRAM", "no-such-proxy")
    account = Account(DataPlane(host), host.addresses.next())

    with pytest.raises(DataPlaneError, match=r"the program no-such-proxy is not in .*: `make setup` builds it"):
        account.serve(LIVE)


def test_a_proxy_that_ends_at_once_is_reported_with_its_words(account, monkeypatch) -> None:
    monkeypatch.setattr(account.plane.listeners.proxy, "_records", "nobody.sock")

    with pytest.raises(DataPlaneError, match=r"`listeners` ended with code 1: nobody\.sock: No such file or directory"):
        account.serve(LIVE)


@pytest.mark.parametrize("words", [[], ["one"], ["one", "two", "three", "four"]])
def test_the_program_says_how_it_is_called(words: list[str]) -> None:
    ended = subprocess.run([proxy.program(), *words], capture_output=True, text=True, timeout=15, check=False)

    assert ended.returncode == 2
    assert ended.stderr.startswith("usage: loopback-proxy NAME ADMIN [RECORDS]")
    assert proxy.program().startswith(sysconfig.get_path("scripts"))


@pytest.fixture
def many_files() -> Iterator[int]:
    """As many open files as the machine allows; a shell allows 1,024 by default."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_many_clients_at_once_are_served(account, target, many_files) -> None:
    account.serve(forward(blue=1), blue=(target(named("blue")),))
    connections = [account.connect() for _ in range(1500)]
    for connection in connections:
        connection.connect()

    assert {ask(connection) for connection in connections[::50]} == {(200, "blue")}
    for connection in connections:
        connection.close()


def test_a_proxy_may_open_as_many_files_as_the_machine_allows(account, many_files) -> None:
    most = many_files
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))
    account.serve(LIVE)

    process = account.plane.listeners.proxy.process
    assert process
    assert resource.prlimit(process.pid, resource.RLIMIT_NOFILE) == (most, most)
