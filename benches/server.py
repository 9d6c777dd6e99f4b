"""Servers of AWS's API that are started to be measured, and end with the measurement."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator

LIMIT = 30.0
FORM = b"Action=GetCallerIdentity&Version=2011-06-15"
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Authorization": "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/sts/aws4_request, Signature=any",
}


@contextlib.contextmanager
def loopback(minute: str = "1s") -> Iterator[str]:
    """Serve AWS, and give the endpoint."""
    with tempfile.TemporaryDirectory(prefix="bluegreen-") as folder:
        command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", minute, "--folder", folder]
        with _ended(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)) as child:
            line = child.stdout.readline() if child.stdout else ""
            yield json.loads(line)["endpoint"]


@contextlib.contextmanager
def moto() -> Iterator[str]:
    """Serve moto alone, the package that the loopback builds on, and give the endpoint."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    with _ended(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)):
        deadline = time.monotonic() + LIMIT
        while not _listens(port):
            if time.monotonic() > deadline:
                raise TimeoutError(f"moto_server does not listen on {port} after {LIMIT:.0f} s")
            time.sleep(0.005)
        yield f"http://127.0.0.1:{port}"


def ask(endpoint: str) -> None:
    """Wait for the first true answer of an AWS service: who the caller is."""
    with urllib.request.urlopen(urllib.request.Request(endpoint, FORM, HEADERS), timeout=LIMIT) as answer:
        answer.read()


@contextlib.contextmanager
def _ended(child: subprocess.Popen) -> Iterator[subprocess.Popen]:
    try:
        yield child
    finally:
        child.terminate()
        if child.stdout:
            child.stdout.close()
        try:
            child.wait(LIMIT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _listens(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0
