"""Evidence as JSON: what is written can be read, the schema knows it, and what does not add up is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from bluegreen.report import document
from bluegreen.report.document import EvidenceError
from bluegreen.report.drill import Drill, Promise
from bluegreen.report.evidence import Evidence
from tests.report.sample import evidence

FILE = Path(document.__file__).with_name("evidence.schema.json")
SCHEMA = Draft202012Validator(document.schema())


def sample() -> dict[str, Any]:
    return json.loads(document.dump(evidence(broken=True)))


@pytest.mark.parametrize("seed", range(5))
def test_what_is_written_is_read_again(seed: int) -> None:
    run = evidence(seed, broken=seed % 2 == 1)
    assert document.load(document.dump(run)) == run


def test_the_file_of_the_schema_is_what_the_dataclasses_say() -> None:
    assert FILE.read_text(encoding="utf-8") == document.schema_text(), "python -m bluegreen.report.document prints it"
    Draft202012Validator.check_schema(document.schema())


@pytest.mark.parametrize("broken", [False, True])
def test_the_schema_takes_what_is_written(broken: bool) -> None:
    SCHEMA.validate(json.loads(document.dump(evidence(broken=broken))))


def without_requests(run: dict[str, Any]) -> None:
    del run["drills"][0]["figures"]["requests"]


def with_something_unknown(run: dict[str, Any]) -> None:
    run["drills"][0]["figures"]["lost"] = 0


def with_a_number_as_text(run: dict[str, Any]) -> None:
    run["drills"][0]["figures"]["dropped"] = "0"


def with_less_than_nothing(run: dict[str, Any]) -> None:
    run["drills"][0]["figures"]["dropped"] = -1


def with_another_kind(run: dict[str, Any]) -> None:
    run["drills"][0]["kind"] = "bad day"


def with_a_log_elsewhere(run: dict[str, Any]) -> None:
    run["drills"][0]["logs"] = ["../secret"]


def with_a_script_as_log(run: dict[str, Any]) -> None:
    run["drills"][0]["logs"] = ["javascript:alert(1)"]


def with_no_promise(run: dict[str, Any]) -> None:
    run["drills"][0]["promises"] = []


@pytest.mark.parametrize(
    ("mistake", "where"),
    [
        (without_requests, "drills[0].figures.requests"),
        (with_something_unknown, "drills[0].figures.lost"),
        (with_a_number_as_text, "drills[0].figures.dropped"),
        (with_less_than_nothing, "drills[0].figures.dropped"),
        (with_another_kind, "drills[0].kind"),
        (with_a_log_elsewhere, "drills[0].logs[0]"),
        (with_a_script_as_log, "drills[0].logs[0]"),
        (with_no_promise, "drills[0].promises"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_mistake_is_refused_by_reader_and_schema_alike(mistake: Callable[[Any], None], where: str) -> None:
    run = sample()
    mistake(run)
    with pytest.raises(EvidenceError) as refused:
        document.load(json.dumps(run))
    assert str(refused.value).startswith(f"{where}: ")
    assert "\n" not in str(refused.value)
    assert not SCHEMA.is_valid(run)


def test_totals_that_are_not_those_of_the_drills_are_refused() -> None:
    run = sample()
    run["totals"][0]["dropped"] = 0
    with pytest.raises(
        EvidenceError, match=r"^totals\[0\].dropped: found 0, but by the rest of the document it is 80$"
    ):
        document.load(json.dumps(run))


def latency_other_than_its_waits(run: dict[str, Any]) -> None:
    run["drills"][0]["figures"]["during"]["p99"] *= 2


def waits_out_of_order(run: dict[str, Any]) -> None:
    run["drills"][0]["figures"]["during"]["waits"]["ms"].reverse()


def waits_without_a_number(run: dict[str, Any]) -> None:
    run["drills"][0]["figures"]["during"]["waits"]["visitors"].pop()


@pytest.mark.parametrize(
    ("mistake", "where", "why"),
    [
        (latency_other_than_its_waits, "during", "p50, p99 and max are .* to two digits, but by the waits"),
        (waits_out_of_order, "during.waits", "not in order"),
        (waits_without_a_number, "during.waits", "give one for each"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_waits_that_do_not_add_up_are_refused(mistake: Callable[[Any], None], where: str, why: str) -> None:
    run = sample()
    mistake(run)
    with pytest.raises(EvidenceError, match=rf"^drills\[0\]\.figures\.{where}: .*{why}"):
        document.load(json.dumps(run))


def test_a_verdict_against_the_promises_is_refused() -> None:
    run = sample()
    broken = next(index for index, drill in enumerate(run["drills"]) if drill["verdict"] == "broken")
    run["drills"][broken]["verdict"] = "kept"
    with pytest.raises(EvidenceError, match=rf'^drills\[{broken}\].verdict: found "kept"'):
        document.load(json.dumps(run))


@pytest.mark.parametrize("text", ["", "{", "[]", "nonsense", '{"run": NaN}'])
def test_what_is_no_evidence_at_all_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(EvidenceError) as refused:
        document.load(text)
    assert "\n" not in str(refused.value)


def test_a_drill_keeps_no_promise_without_figures() -> None:
    promise = Promise("nothing was dropped", True, "nobody looked")
    with pytest.raises(ValidationError, match="no figures"):
        Drill("it", "bad luck", "Luck.", "bluegreen", (promise,), "", None, None, ())


def test_a_drill_is_there_once_in_each_set_up() -> None:
    run = evidence()
    with pytest.raises(ValidationError, match="answers-500; give each drill a name of its own"):
        Evidence(run.run, (*run.drills, run.drills[0]))


def test_a_timeline_with_steps_missing_is_refused() -> None:
    run = sample()
    run["drills"][0]["timeline"]["errors"].pop()
    with pytest.raises(EvidenceError, match=r"^drills\[0\].timeline: .*\[179, 180\] steps"):
        document.load(json.dumps(run))
