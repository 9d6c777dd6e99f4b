"""What every drill must keep, for its visitors and for the account it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from bluegreen.report.drill import Promise
from bluegreen.report.figures import NONE, Exposure, Figures

from . import exposure, measure
from .drill import Drill
from .measure import Counted, Played
from .service import Service

THERE = 0.95
"""Share of the scheduled requests that must have been sent for the figures to mean something."""


def of_visitors(drill: Drill, played: Played, counted: Counted, figures: Figures) -> tuple[Promise, ...]:
    """Return what is promised to visitors."""
    requests = f"{figures.requests:,} requests"
    there = Promise(
        "visitors were there throughout", figures.requests >= THERE * played.due, f"{requests} of {played.due:,.0f}"
    )
    passed = Promise(
        "nobody was answered by a version that had not passed, or had failed",
        figures.unverified == 0,
        f"{figures.unverified} of {requests}",
    )
    right = Promise("every good version answered as it should", not counted.wrong, f"{len(counted.wrong)} otherwise")
    return (there, _dropped(drill, played, counted, figures), passed, right, _exposed(figures, len(counted.bad)))


def _dropped(drill: Drill, played: Played, counted: Counted, figures: Figures) -> Promise:
    found = f"{figures.dropped} of {figures.requests:,} requests"
    if not played.losable.seconds:
        examples = sorted({one.error or f"status {one.status}" for one in counted.dropped})[:3]
        return Promise("no request was dropped", not counted.dropped, ": ".join([found, *examples]))
    lost = measure.seen(played.visits, counted.dropped)
    kept = figures.risked == figures.dropped
    return Promise(_may_be_lost(drill, played.losable), kept, f"{found}: {lost.share:.1%}, within {lost.seconds:.2f} s")


def _may_be_lost(drill: Drill, losable: Exposure) -> str:
    if drill.lost_risk:
        return (
            f"no more requests were lost than the configuration risks: {losable.share:.0%} for {losable.seconds:.1f} s"
        )
    share = f"{losable.share:.0%} of the " if losable.share < 1 else ""
    return f"{share}requests were lost for {losable.seconds:g} s at most, when what served them was killed"


def _exposed(figures: Figures, bad: int) -> Promise:
    seen, allowed = figures.seen, figures.allowed
    words = f"{seen.share:.1%} of visitors for {seen.seconds:.1f} s"
    if allowed == NONE:
        return Promise("nobody met a bad answer", seen == NONE, f"{bad} did" if bad else "nobody did")
    text = f"no more met a bad answer than the configuration risks: {allowed.share:.0%} for {allowed.seconds:.1f} s"
    meanwhile = round(bad / seen.share) if seen.share else 0
    return Promise(text, exposure.within(seen, allowed, meanwhile), words)


def of_account(service: Service, live: str, desired: int) -> tuple[Promise, ...]:
    """Return what is promised of the account, with `live` the revision that should serve."""
    described = service.described()
    sets = described["taskSets"]
    primary = [one for one in sets if one["status"] == "PRIMARY"]
    weights = service.weights()
    (group,) = {balancer["targetGroupArn"] for one in primary for balancer in one["loadBalancers"]}
    alone = weights.get(group, 0) > 0 and not any(weight for arn, weight in weights.items() if arn != group)
    names = {arn.split("/")[1]: weight for arn, weight in weights.items()}
    return (
        _promise("the right version is live", _revision(primary), live),
        _promise("no task set is left over", len(sets), 1),
        _promise("the wanted tasks run", described["runningCount"], desired),
        Promise("all production traffic goes to the live version", alone, f"weights {names}"),
        _promise("no deployment is under way", service.active(), []),
    )


def _promise(text: str, found: object, wanted: object) -> Promise:
    return Promise(text, found == wanted, str(found) if found == wanted else f"{found}, not {wanted}")


def _revision(primary: Sequence[dict[str, str]]) -> str:
    return ", ".join(one["taskDefinition"].rsplit("/", 1)[-1] for one in primary)
