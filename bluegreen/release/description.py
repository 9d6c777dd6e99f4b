"""What a deployment's description says: from which revision to which, of what image, by whom.

CodeDeploy keeps 256 characters that cannot be changed later: enough for who reads the console, and to fill `history`
where no release record was kept. Fields are `name value`, parted by semicolons; a user's own words come before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LENGTH = 256
DIGEST_LENGTH = 12
SHAPE = re.compile(r"^(?:(?P<note>.*) )?\[(?P<facts>[^\[\]]*)\]$", re.DOTALL)
STEP = re.compile(r"^(\S+):(\d+) -> (\S+)$")
PARTING = re.compile(r"[;\[\]\s]+")
FIELDS = {"who": "by", "digest": "digest", "git_revision": "git", "tag": "image", "undoes": "undoes"}
"""The attributes and their names in the text, the most important first: what does not fit is left out."""


@dataclass(frozen=True, kw_only=True)
class Description:
    """Facts that are not known are empty; `before` and `after` are `family:revision`."""

    before: str = ""
    after: str = ""
    who: str = ""
    digest: str = ""
    """The first characters of the image's SHA-256, in hex."""
    git_revision: str = ""
    tag: str = ""
    undoes: str = ""
    """Where it rolls a finished release back: the id of that release's deployment, or the revision it leaves."""
    note: str = ""
    """The user's own words."""


def write(description: Description) -> str:
    """Put a description into at most 256 characters; facts go before the user's words, which are cut."""
    facts = ""
    for fact in (_step(description), *_facts(description)):
        longer = "; ".join(filter(None, [facts, fact]))
        facts = longer if len(longer) + 2 <= LENGTH else facts
    note = " ".join(description.note.split())
    room = LENGTH - len(facts) - 3
    return f"{note[:room].strip()} [{facts}]" if note and room > 0 else f"[{facts}]"


def parse(text: str) -> Description:
    """Read what `write` wrote; anybody else's words are a note."""
    found = SHAPE.match(text)
    if not found:
        return Description(note=text)
    first, *others = found["facts"].split("; ")
    before, after = _revisions(first)
    named = dict(fact.split(" ", 1) for fact in ([] if before else [first]) + others if " " in fact)
    values = {attribute: named.get(name, "") for attribute, name in FIELDS.items()}
    return Description(before=before, after=after, note=found["note"] or "", **values)


def _facts(description: Description) -> list[str]:
    values = ((name, getattr(description, attribute)) for attribute, name in FIELDS.items())
    return [f"{name} {PARTING.sub('_', value)}" for name, value in values if value]


def _step(description: Description) -> str:
    """Name the family once: it may be long."""
    family, _, _ = description.before.rpartition(":")
    after = description.after.removeprefix(f"{family}:") if family else description.after
    return f"{description.before} -> {after}" if description.before and after else ""


def _revisions(text: str) -> tuple[str, str]:
    found = STEP.match(text)
    if not found:
        return "", ""
    family, before, after = found.groups()
    return f"{family}:{before}", after if ":" in after else f"{family}:{after}"
