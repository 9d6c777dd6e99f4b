"""Builds an image, and pushes it where the environment's releases take it from."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import builder, image, source, target
from .builder import Build
from .errors import ReleaseError
from .event import Event
from .image import Repository

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

    from .environment import Environment
    from .report import Report


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the caller asked for; without `tag`, it is made of the color and the git revision."""

    color: str
    tag: str | None
    allow_dirty: bool
    builder: str | None


def push(opened: Environment, wish: Wish, told: Report) -> None:
    """Build and push, unless the tag is there already.

    Raises:
        ReleaseError: there is no builder or repository, files are not committed, or the builder failed.
    """
    chosen = builder.choose(shutil.which, wish.builder)
    named = wish.tag or f"print-{wish.color.lower()}-{source.git_revision(allow_dirty=wish.allow_dirty)}"
    repository, architecture = place_of(opened)
    next_step = f"`bluegreen deploy {opened.options} --image-tag {named}` releases it"
    if digest := image.find(opened.clients.ecr, repository, named):
        told.tell(_pushed(repository, named, digest, f"is there already, nothing was built; {next_step}"))
        return
    build = Build(builder=chosen, repository=repository, tag=named, color=wish.color, architecture=architecture)
    build_and_push(build, opened.clients.ecr, told)
    told.tell(_pushed(repository, named, image.find(opened.clients.ecr, repository, named), f"pushed; {next_step}"))


def place_of(environment: Environment) -> tuple[Repository, str]:
    """Return where the image goes and the architecture that it is built for.

    Raises:
        ReleaseError: there is no such repository.
    """
    settings = environment.settings
    if settings:
        return repository_of(environment.clients.ecr, settings.repository), settings.architecture
    imported = target.read(environment)
    if not imported.repository:
        raise ReleaseError(
            f"no image repository is known of {environment.name}: push to yours, and name it with --image"
        )
    return Repository(imported.repository), imported.architecture


def repository_of(ecr: ECRClient, name: str) -> Repository:
    """Return the repository's URL; push asks ECR and not the release target, since the first image comes before it.

    Raises:
        ReleaseError: there is no such repository.
    """
    try:
        return Repository(ecr.describe_repositories(repositoryNames=[name])["repositories"][0].get("repositoryUri", ""))
    except ecr.exceptions.RepositoryNotFoundException:
        raise ReleaseError(
            f"there is no image repository {name} in {ecr.meta.region_name}: `make deploy STACK=foundation` makes it"
        ) from None


def build_and_push(build: Build, ecr: ECRClient, told: Report) -> None:
    """Run the builder three times: build, log in, push. Its own output goes to standard error.

    Raises:
        ReleaseError: one of them failed; the builder has said why.
    """
    _run(builder.build_command(build), told)
    token = ecr.get_authorization_token()["authorizationData"][0].get("authorizationToken", "")
    password = base64.b64decode(token).decode().partition(":")[2]
    _run(builder.login_command(build), told, password)
    _run(builder.push_command(build), told)


def _run(command: list[str], told: Report, password: str = "") -> None:
    told.tell(Event(kind="command", text=f"$ {' '.join(command)}", fields={"command": command}))
    try:
        done = subprocess.run(command, input=password, text=True, stdout=sys.stderr, check=False)
    except OSError as error:
        raise ReleaseError(f"{command[0]} cannot be run: {error}") from None
    if done.returncode:
        raise ReleaseError(f"`{' '.join(command[:2])}` failed with exit code {done.returncode}: {command[0]} says why")


def _pushed(repository: Repository, tag: str, digest: str | None, words: str) -> Event:
    fields = {"image": f"{repository.url}:{tag}", "tag": tag, "digest": digest}
    return Event(kind="pushed", text=f"{repository.url}:{tag} {words}", fields=fields, tone="good")
