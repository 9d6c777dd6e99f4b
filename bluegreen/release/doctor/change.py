"""What a release would change: nothing, when its revision is live already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bluegreen.release import plan

from .finding import Finding, doubtful, sound

if TYPE_CHECKING:
    from bluegreen.release.plan import Plan

    from .patient import Patient


def look(patient: Patient) -> Finding:
    """Compare the template, with the wanted image or with the one that runs, with what is live."""
    wanted = patient.wanted
    names_image = bool(wanted.tag or wanted.uri)
    uri = patient.image() or wanted.uri
    if names_image and not uri:
        return sound("there is no image to compare with")
    return judge(plan.make(patient.clients, patient.target, tag=None, uri=uri or None), names_image=names_image)


def judge(found: Plan, *, names_image: bool) -> Finding:
    """Doubt a release that changes nothing; say what the template brings beside the image."""
    newer = f"the template {found.template} is newer than {found.live}: {', '.join(map(str, found.changes))}"
    if not names_image:
        return sound(f"{newer}; a release brings that" if found.changes else f"{found.live} is what the template says")
    if found.changes_nothing:
        return doubtful(f"{found.live} is live and already is what would be released", "nothing is to be released")
    more = f"; {newer}" if found.changes else ""
    return sound(f"a release changes {', '.join(found.differences)} of {found.live}{more}")
