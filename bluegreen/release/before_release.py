"""The doctor's word before a release begins: warnings are told, errors hold it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .doctor import patient, telling
from .doctor.examination import examine
from .doctor.finding import Level, of_level
from .errors import ReleaseError

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .doctor.patient import Wanted
    from .report import Report


def look(clients: Clients, target: ReleaseTarget, wanted: Wanted, told: Report) -> None:
    """Tell what is not sound, errors last.

    Raises:
        ReleaseError: the release would fail.
    """
    findings = examine(patient.admit(clients, target, wanted))
    errors = of_level(findings, Level.ERROR)
    for check, one in {**of_level(findings, Level.WARNING), **errors}.items():
        told.tell(telling.as_event(check, one))
    if errors:
        words = "; ".join(f"{one.found}: {one.remedy}" for one in errors.values())
        raise ReleaseError(f"nothing was released, for it would fail (`--skip-verify` tries all the same): {words}")
