"""The words of `bluegreen loopback`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bluegreen.loopback.images import Image
from bluegreen.loopback.options import Options, parse


def refusal(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line that refuses the words."""
    with pytest.raises(SystemExit) as ended:
        parse(words, "bluegreen loopback")
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("bluegreen loopback: ")
    return line


def test_without_words_an_aws_minute_is_a_minute_and_any_port_will_do() -> None:
    assert parse([], "x") == Options(port=0, minute=60.0)


@pytest.mark.parametrize(("text", "seconds"), [("2s", 2.0), ("500ms", 0.5), ("1m", 60.0), ("1.5s", 1.5)])
def test_a_minute_is_a_duration(text: str, seconds: float) -> None:
    assert parse(["--minute", text], "x").minute == seconds


@pytest.mark.parametrize("text", ["0s", "fast", "nan", "inf", "-2s", "2", "99ms", "61m", "1e3s", "1.2.3s", "٢s", ""])
def test_what_is_no_minute_is_named_with_what_is_one(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = refusal([f"--minute={text}"], capsys)
    assert f"{text!r} is no duration from 100ms to 60m; write 2s, 500ms or 1m" in line


@pytest.mark.parametrize("text", ["x", "-1", "65536", "80.5", "٢", ""])
def test_what_is_no_port_is_named(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"{text!r} is no port" in refusal([f"--port={text}"], capsys)


def test_an_unknown_word_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--ports" in refusal(["--ports", "1"], capsys)


def test_an_image_is_a_name_and_the_command_that_it_runs() -> None:
    options = parse(["--image", "shop/api:1=python3 -m http.server --bind {address} 'a b'"], "x")
    command = ("python3", "-m", "http.server", "--bind", "{address}", "a b")
    assert options.images == (Image(repository="shop/api", tag="1", command=command),)


def test_a_relative_program_is_looked_for_where_the_loopback_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse(["--image", "api:1=./server"], "x").images[0].command == (str(tmp_path / "server"),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("api", "is no image"),
        ("api:1", "is no image"),
        ("api:1=", "is no image"),
        ("API:1=x", "is no image"),
        ("api:1= ", "is empty"),
        ("api:1='x", "No closing quotation"),
    ],
)
def test_what_is_no_image_is_named(text: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert reason in refusal(["--image", text], capsys)


def test_images_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "images.toml"
    file.write_text(
        '[[image]]\nrepository = "api"\ntag = "1"\ncommand = ["server", "x"]\nenvironment = { HOST = "{address}" }\n'
        '[[image]]\nrepository = "api"\ntag = "2"\ncommand = ["server"]\n'
    )
    first, second = parse(["--images", str(file)], "x").images
    assert (first.command, first.environment, second.tag) == (("server", "x"), {"HOST": "{address}"}, "2")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read: No such file or directory"),
        ("nonsense", "is no list of images"),
        ("", "it has no [[image]]"),
        ('[[image]]\nrepository = "api"\n', "an image is {"),
        ("image = 1", "is no list of images"),
    ],
)
def test_a_file_that_lists_no_images_is_named(
    content: str | None, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "images.toml"
    if content is not None:
        file.write_text(content)
    line = refusal(["--images", str(file)], capsys)
    assert str(file) in line
    assert reason in line
