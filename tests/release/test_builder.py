import pytest

from bluegreen.release import builder
from bluegreen.release.builder import Build, BuilderError
from bluegreen.release.image import Repository

REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com"


def build(**more: str) -> Build:
    given = {"builder": "docker", "tag": "print-blue-3f2a91c", "color": "Blue", "architecture": "ARM64", **more}
    return Build(repository=Repository(f"{REGISTRY}/rust-blue-green"), **given)


@pytest.mark.parametrize("name", builder.BUILDERS)
def test_every_builder_gets_the_same_words(name: str) -> None:
    image = f"{REGISTRY}/rust-blue-green:print-blue-3f2a91c"
    assert builder.build_command(build(builder=name)) == [
        *(name, "build", "--platform", "linux/arm64", "--file", "service_rust/Dockerfile"),
        *("--build-arg", "COLOR=Blue", "--tag", image, "."),
    ]
    assert builder.login_command(build(builder=name)) == [
        *(name, "login", "--username", "AWS", "--password-stdin", REGISTRY)
    ]
    assert builder.push_command(build(builder=name)) == [name, "push", image]


@pytest.mark.parametrize(("architecture", "platform"), [("ARM64", "linux/arm64"), ("X86_64", "linux/amd64")])
def test_the_image_is_built_for_the_tasks_architecture(architecture: str, platform: str) -> None:
    assert platform in builder.build_command(build(architecture=architecture))


def test_the_first_builder_on_path_is_taken() -> None:
    there = {"podman": "/bin/podman", "buildah": "/bin/buildah"}
    assert builder.choose(there.get) == "podman"


def test_a_builder_asked_for_is_taken() -> None:
    there = {"docker": "/bin/docker", "buildah": "/bin/buildah"}
    assert builder.choose(there.get, "buildah") == "buildah"


def test_no_builder_is_one_line_that_says_which_and_where() -> None:
    with pytest.raises(BuilderError, match=r"^no docker or podman or buildah on PATH .*install Docker .*$"):
        builder.choose({}.get)


def test_a_builder_asked_for_that_is_not_there_is_named() -> None:
    with pytest.raises(BuilderError, match=r"^no kaniko on PATH"):
        builder.choose({"docker": "/bin/docker"}.get, "kaniko")
