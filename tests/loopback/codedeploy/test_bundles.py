"""Revisions in S3: an AppSpec as it is, or in an archive."""

from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from bluegreen.loopback.codedeploy.appspec import AppSpecError
from bluegreen.loopback.codedeploy.bundle import MOST_BYTES, read

from .live_stage import GROUP, LiveStage
from .story import Story, appspec

Eventually = Callable[..., None]

CONTENT = appspec("v2").encode()
YAML = b"""
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: v2
        LoadBalancerInfo: {ContainerName: app, ContainerPort: 3000}
"""


def zipped(name: str = "appspec.yaml", content: bytes = CONTENT) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read.me", "x")
        archive.writestr(name, content)
    return file.getvalue()


def tarred(name: str = "appspec.yaml", content: bytes = CONTENT, kind: bytes = tarfile.REGTYPE) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size, member.type, member.linkname = len(content) if kind == tarfile.REGTYPE else 0, kind, "/etc/passwd"
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def location(bundle: str) -> dict[str, object]:
    return {"revisionType": "S3", "s3Location": {"bucket": "b", "key": "k", "bundleType": bundle}}


@pytest.mark.parametrize(
    ("bundle", "body"),
    [
        ("YAML", YAML),
        ("JSON", CONTENT),
        ("zip", zipped()),
        ("zip", zipped("./appspec.yml", YAML)),
        ("zip", zipped("AppSpec.json")),
        ("tar", tarred()),
        ("tar", tarred("./appspec.yml", YAML)),
        ("tgz", gzip.compress(tarred())),
    ],
)
def test_each_type_of_bundle_is_deployed(story: Story, bundle: str, body: bytes) -> None:
    story.account.objects["k"] = body
    story.group().deploy(revision=location(bundle)).end()
    assert story.info()["status"] == "Succeeded"
    assert story.log[0] == "create v2 on green"
    assert story.info()["revision"] == location(bundle)


@pytest.mark.parametrize(
    ("bundle", "body"),
    [("zip", zipped("other.yaml")), ("zip", zipped("folder/appspec.yaml")), ("tar", tarred("other.yaml"))],
)
def test_an_archive_without_an_appspec_says_so_in_awss_words(story: Story, bundle: str, body: bytes) -> None:
    story.account.objects["k"] = body
    story.group().deploy(revision=location(bundle)).end()
    assert story.info()["status"] == "Failed"
    assert story.info()["errorInformation"] == {
        "code": "INVALID_REVISION",
        "message": "An AppSpec file is required, but could not be found in the revision",
    }


@pytest.mark.parametrize(
    ("bundle", "body"),
    [
        ("zip", b""),
        ("zip", CONTENT),
        ("zip", zipped()[:-20]),
        ("tar", CONTENT),
        ("tar", gzip.compress(tarred())),
        ("tgz", tarred()),
        ("tgz", gzip.compress(tarred())[:-30]),
        ("tar", tarred(kind=tarfile.SYMTYPE)),
        ("zip", zipped(content=b"x" * (MOST_BYTES + 1))),
        ("YAML", b"\xff\xfe\x00"),
        ("YAML", b"version: 0.0"),
        ("YAML", b"[" * 10_000),
    ],
)
def test_what_is_no_bundle_of_its_type_fails_the_deployment(story: Story, bundle: str, body: bytes) -> None:
    story.account.objects["k"] = body
    story.group().deploy(revision=location(bundle)).end()
    assert story.info()["status"] == "Failed"
    assert story.info()["errorInformation"]["code"] == "INVALID_REVISION"


def test_an_archive_that_unpacks_to_no_end_costs_no_memory() -> None:
    bomb = zipped(content=b" " * (64 * MOST_BYTES))
    tracemalloc.start()
    try:
        with pytest.raises(AppSpecError, match="more than"):
            read(bomb, "zip")
        assert tracemalloc.get_traced_memory()[1] < 8 * MOST_BYTES
    finally:
        tracemalloc.stop()


def test_the_version_and_the_etag_of_an_object_are_held_to(live: LiveStage, eventually: Eventually) -> None:
    live.start(tasks=0)
    s3 = live.client("s3")
    region = live.codedeploy.meta.region_name
    elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": region}} if region != "us-east-1" else {}
    s3.create_bucket(Bucket="revisions", **elsewhere)
    s3.put_bucket_versioning(Bucket="revisions", VersioningConfiguration={"Status": "Enabled"})
    body = appspec(live.version("2")).encode()
    first = s3.put_object(Bucket="revisions", Key="k", Body=body)
    s3.put_object(Bucket="revisions", Key="k", Body=b"nonsense")

    def end(**more: str) -> dict[str, str]:
        place = {"bucket": "revisions", "key": "k", "bundleType": "JSON", **more}
        revision = {"revisionType": "S3", "s3Location": place}
        release = live.codedeploy.create_deployment(**GROUP, revision=revision)["deploymentId"]
        eventually(lambda: live.info(release)["status"] in {"Succeeded", "Failed"})
        return live.info(release).get("errorInformation", {})

    assert end()["code"] == "INVALID_REVISION"
    assert end(version=first["VersionId"], eTag=first["ETag"].strip('"')) == {}
    assert end(version=first["VersionId"], eTag="0" * 32)["code"] == "REVISION_MISSING"
    assert end(version="nonsense")["code"] == "REVISION_MISSING"
