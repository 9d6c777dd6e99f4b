import io
import json

from bluegreen.release import report
from bluegreen.release.event import Event

EVENT = Event(kind="lifecycle", text="Install  Failed\nbecause", fields={"name": "Install"}, tone="bad")


def test_lines_carry_no_control_codes_when_the_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    report.choose(as_json=False, stream=stream).tell(EVENT)
    first, second = stream.getvalue().splitlines()
    assert first == f"{EVENT.at.astimezone():%H:%M:%S}  Install  Failed"
    assert second == "          because"


def test_a_long_line_is_never_broken() -> None:
    stream = io.StringIO()
    report.choose(as_json=False, stream=stream).tell(Event(kind="x", text="word " * 100))
    assert len(stream.getvalue().splitlines()) == 1


def test_brackets_in_aws_words_are_printed_as_they_are() -> None:
    stream = io.StringIO()
    report.choose(as_json=False, stream=stream).tell(Event(kind="x", text="[bold] :smile:"))
    assert "[bold] :smile:" in stream.getvalue()


def test_json_is_one_object_a_line() -> None:
    stream = io.StringIO()
    told = report.choose(as_json=True, stream=stream)
    told.tell(EVENT)
    told.tell(EVENT)
    first, _ = (json.loads(line) for line in stream.getvalue().splitlines())
    assert first == {"event": "lifecycle", "at": EVENT.at.isoformat(timespec="milliseconds"), "name": "Install"}
