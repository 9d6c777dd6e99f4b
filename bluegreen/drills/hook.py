"""What a drill does to the hook, and puts right again."""

from __future__ import annotations

import io
import json
import shlex
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bluegreen.rehearsal.stage import StageError
from bluegreen.release_target import parameter_name

from .scene import Scene

BAD = Path(__file__).parent / "bad_hook.py"
POLICY = "drill"
REPORT = "codedeploy:PutLifecycleEventHookExecutionStatus"


@contextmanager
def replaced(scene: Scene, fault: str) -> Iterator[None]:
    """Put a hook with a fault, as `bad_hook.py` knows it, in the place of the real one.

    Raises:
        StageError: the real one's archive is not there, so that it could not be put back.
    """
    own = _archive(scene)
    command = shlex.join([sys.executable, "-I", str(BAD), fault])
    _put(scene, _zip(f"#!/bin/sh\nexec {command}\n"))
    scene.mark(f"the hook is replaced: {fault}")
    try:
        yield
    finally:
        _put(scene, own)


@contextmanager
def called_at(scene: Scene, *events: str) -> Iterator[None]:
    """Let releases call the hook at these lifecycle events: as `hooks` under [release] would, by the release target."""
    target = scene.orders.target
    name = parameter_name(target.environment, target.service_name)
    ssm = scene.client("ssm")
    before = ssm.get_parameter(Name=name)["Parameter"]["Value"]

    def put(text: str) -> None:
        ssm.put_parameter(Name=name, Value=text, Overwrite=True)

    put(replace(target, hooks=events, hook_functions=()).to_json())
    scene.mark(f"the hook is called at {', '.join(events)}")
    try:
        yield
    finally:
        put(before)


@contextmanager
def mute(scene: Scene) -> Iterator[None]:
    """Take from the hook's role the right to report."""
    configuration = scene.client("lambda").get_function_configuration(FunctionName=scene.orders.target.hook_function)
    names = {"RoleName": configuration["Role"].rsplit("/", 1)[-1], "PolicyName": POLICY}
    statement = {"Effect": "Deny", "Action": REPORT, "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    scene.client("iam").put_role_policy(**names, PolicyDocument=document)
    scene.mark("the hook's role may not report any more")
    try:
        yield
    finally:
        scene.client("iam").delete_role_policy(**names)


def log(scene: Scene) -> str:
    """Return all that the hooks have logged in this drill."""
    found = scene.client("logs").filter_log_events(
        logGroupName=scene.orders.target.hook_log_group, startTime=int(scene.begun * 1000)
    )
    return "\n".join(event["message"] for event in found["events"])


def _archive(scene: Scene) -> bytes:
    found = sorted((scene.place.stage.project / ".build" / "hook").glob("*/bootstrap.zip"))
    own = [path for path in found if path.parent.name == _machine(scene)]
    if not own:
        raise StageError("the hook's archive was not built: run make build")
    return own[0].read_bytes()


def _machine(scene: Scene) -> str:
    return {"ARM64": "arm64", "X86_64": "x86_64"}[scene.orders.target.architecture]


def _put(scene: Scene, archive: bytes) -> None:
    function: Any = scene.client("lambda")
    function.update_function_code(FunctionName=scene.orders.target.hook_function, ZipFile=archive)


def _zip(bootstrap: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, bootstrap)
    return file.getvalue()
