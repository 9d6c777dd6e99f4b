"""What members of the repository have allowed in the comments of a pull request.

Anybody may comment, so a comment counts only if its author has a part in the repository, and of its text only lines
`plan-allow STACK ADDRESS` are looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .errors import ReviewError

TRUSTED = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_LINE = re.compile(r"plan-allow[ \t]+([\w-]{1,64})[ \t]+([\w.\[\]\"-]{1,256})[ \t]*", re.ASCII)


def allowed(content: bytes, stack: str) -> tuple[str, ...]:
    """Return the addresses that the comments allow for a stack.

    Args:
        content: GitHub's answer to `GET /repos/{owner}/{repo}/issues/{number}/comments`, or a list of such answers.
        stack: the stack whose plan is reviewed.

    Raises:
        ReviewError: it is no such answer.
    """
    try:
        comments = json.loads(content)
        return tuple(dict.fromkeys(address for one in _each(comments) for address in _addresses(one, stack)))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ReviewError("the comments are not what GitHub answers: read them with `gh api`") from None


def _each(comments: Any) -> Iterator[dict[str, Any]]:
    for one in comments:
        if isinstance(one, list):
            yield from one
        else:
            yield one


def _addresses(comment: dict[str, Any], stack: str) -> Iterator[str]:
    if comment["author_association"] not in TRUSTED or comment["user"]["type"] != "User":
        return
    for line in (comment["body"] or "").splitlines():
        found = _LINE.fullmatch(line.strip())
        if found and found[1] == stack:
            yield found[2]
