"""What the proxy writes of a request."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from bluegreen.loopback.data_plane.access_log import SOCKET, AccessLog, Request, read


def line(**changes: Any) -> bytes:
    record = {"load_balancer": "app/one/1", "time": 17.5, "status": 200, "target": "127.16.1.2:3000", "ms": 12.5}
    return json.dumps(record | changes).encode()


def test_a_record_says_who_answered_how_and_how_soon() -> None:
    assert read([line()]) == [
        Request(load_balancer="app/one/1", time=17.5, status=200, target="127.16.1.2:3000", seconds=0.0125)
    ]


def test_a_target_that_did_not_answer_has_no_time() -> None:
    (request,) = read([line(status=502, ms=None)])

    assert (request.target, request.seconds) == ("127.16.1.2:3000", None)


def test_an_answer_of_the_load_balancers_own_names_no_target() -> None:
    (request,) = read([b'{"load_balancer": "app/one/1", "time": 17.5, "status": 404}'])

    assert (request.target, request.seconds) == ("", None)


def test_a_broken_line_is_left_out_and_told(caplog: pytest.LogCaptureFixture) -> None:
    assert len(read([b"{", line(), b'{"time": 1}', b"7"])) == 1
    assert caplog.text.count("no record of a request") == 3


def test_a_record_in_two_pieces_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, got = AccessLog(tmp_path), list[Request]()
    log.add(got.extend)
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as proxy:
        proxy.connect(SOCKET)
        proxy.sendall(line(status=201)[:20])
        log.look()
        assert got == []
        proxy.sendall(line(status=201)[20:] + b"\n" + line(status=202) + b"\n")
        log.look()
    assert [request.status for request in got] == [201, 202]
    log.look()  # the proxy has gone


def test_a_receiver_that_fails_does_not_keep_it_from_the_others(tmp_path: Path, monkeypatch, caplog) -> None:
    log, got = AccessLog(tmp_path), list[Request]()
    log.add(lambda requests: requests[99])  # type: ignore[arg-type]
    log.add(got.extend)
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as proxy:
        proxy.connect(SOCKET)
        proxy.sendall(line() + b"\n")
        log.look()
    assert len(got) == 1
    assert "1 requests were not counted" in caplog.text
