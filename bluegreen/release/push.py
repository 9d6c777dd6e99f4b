"""`bluegreen push`: build the image for the task's architecture and push it."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from . import builder, image, report, source, target
from .builder import Build
from .environment import EnvironmentName, RegionName, ServiceName, open_environment
from .errors import ReleaseError
from .event import Event
from .image import Repository
from .report import AsJson

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

    from .environment import Environment
    from .report import Report

app = typer.Typer(add_completion=False)


@app.command()
def push(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    color: Annotated[str, typer.Option(metavar="WORD", help="The word that the routes answer with.")] = "Green",
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="The whole tag; default: print-COLOR-GITREVISION.")
    ] = None,
    allow_dirty: Annotated[bool, typer.Option("--allow-dirty", help="Build from changed files all the same.")] = False,
    with_builder: Annotated[
        str | None, typer.Option("--builder", metavar="NAME", help="docker, podman or buildah; default: what is there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build the image from service_rust/Dockerfile and push it to the environment's repository.

    Example: bluegreen push --environment sample --color Blue
    """
    opened = open_environment(environment, service, region)
    told = report.choose(as_json=as_json)
    chosen = builder.choose(shutil.which, with_builder)
    named = tag or f"print-{color.lower()}-{source.git_revision(allow_dirty=allow_dirty)}"
    repository, architecture = place_of(opened)
    next_step = f"`bluegreen deploy {opened.options} --image-tag {named}` releases it"
    if digest := image.find(opened.clients.ecr, repository, named):
        told.tell(_pushed(repository, named, digest, f"is there already, nothing was built; {next_step}"))
        return
    build = Build(builder=chosen, repository=repository, tag=named, color=color, architecture=architecture)
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
