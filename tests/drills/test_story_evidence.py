"""The story as a drill of the report: what visitors met is measured there too."""

from __future__ import annotations

from bluegreen.drills.story_evidence import drill
from bluegreen.rehearsal.cast import Version
from bluegreen.rehearsal.figures import Approval, Figures
from bluegreen.rehearsal.narrator import Promise
from bluegreen.rehearsal.releases import Release
from bluegreen.rehearsal.story import Ending
from bluegreen.report.figures import NONE, Exposure

from .made import good, played

BROKEN = Version(tag="broken", program="rust-api", color="Broken")
PROMISE = Promise("no request was dropped", True, "0 of 3 requests")
RELEASES = ((BROKEN, Release("d-1", "app:3", "Failed", 10.0, None, 12.0, None)),)


def ending(*answers: tuple[float, str | None, int, str]) -> Ending:
    figures = Figures(len(answers), 0, 0, 1.0, 1.0, 1.0, 0.1, ())
    return Ending(figures, RELEASES, played(*answers).visits, (Approval("app:1", "route_one from Green"),), 0.0)


def test_a_story_that_goes_well_met_nothing_bad():
    figures = drill(ending(good(1.0), good(11.0), good(13.0)), (PROMISE,)).figures
    assert figures
    assert (figures.requests, figures.bad, figures.seen) == (3, 0, NONE)


def test_a_bad_answer_that_somebody_met_is_counted():
    figures = drill(
        ending(good(1.0), (11.0, "app:3", 500, ""), (11.5, "app:3", 500, ""), good(13.0)), (PROMISE,)
    ).figures
    assert figures
    assert (figures.bad, figures.seen) == (2, Exposure(1.0, 0.5))
