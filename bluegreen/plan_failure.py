"""Why Terraform made no plan, in a line: `python -m bluegreen.plan_failure LOG STACK` reads what it printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bluegreen.release import clock_skew
from bluegreen.terraform_state import lock

LONGEST = 400
"""Characters of Terraform's own words."""


def reason(log: str, stack: str) -> str:
    """Return one line: what is wrong and what to do, or else Terraform's own words."""
    held = lock.in_the_way(log)
    if held:
        return lock.explain(held, stack=stack)
    if clock := _clock(log):
        return f"{stack}: {clock}"
    for pattern, told in KNOWN.items():
        found = re.search(pattern, log)
        if found:
            return f"{stack}: {told.format(*found.groups())}"
    return f"{stack}: Terraform made no plan: {_own_words(log)}"


KNOWN = {
    r"make-hook-ARCH-(\w+)": "the hook's zip is not built: `make hook ARCH={0}` builds it",
    r"No valid credential sources found|failed to refresh cached credentials": (
        "no AWS credentials found: sign in, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and its secret"
    ),
    r"ExpiredToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch": (
        "AWS does not accept these credentials, or they have expired: sign in again, or check AWS_PROFILE"
    ),
    r"not authorized to perform: ([\w:-]+)": "these credentials may not call {0}: use a role that may plan",
    r"Backend configuration changed|Backend initialization required": (
        "the state is to move to another place, and a plan moves nothing: docs/state.md says how that is done"
    ),
    r"NoSuchBucket|S3 bucket \"[^\"]*\" does not exist": (
        "the bucket that is to hold the state is not there: docs/state.md says how it is made"
    ),
    r"Failed to (?:query available|install) provider": (
        "Terraform cannot install the AWS provider: check the network, or the mirror that its configuration names"
    ),
    r"dial tcp ([\d.:]+): connect: connection refused": (
        "nothing answers at {0}: check AWS_ENDPOINT_URL, and whether the loopback runs"
    ),
}
"""What Terraform or its provider says → what is told instead; {0} is the first group."""


def _clock(log: str) -> str:
    """Say what a wrong clock did; empty where it did nothing."""
    errors = " ".join(_undecorated(log).split()).split("api error ")[1:]
    told = (
        clock_skew.explain(code, {"Message": message}) for code, _, message in (one.partition(":") for one in errors)
    )
    return next(filter(None, told), "")


def _undecorated(log: str) -> str:
    """Return what Terraform printed without its colours and boxes."""
    return re.sub(r"\x1b\[[\d;]*m|[│╷╵]", "", log)


def _own_words(log: str) -> str:
    text = _undecorated(log)
    found = re.search(r"^ *Error: (.*)", text, re.MULTILINE | re.DOTALL)
    words = " ".join((found[1].split("Error: ")[0] if found else text).split())
    return (words if len(words) <= LONGEST else f"{words[:LONGEST]}…") or "it gave no reason"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m bluegreen.plan_failure LOG STACK", file=sys.stderr)
        return 2
    log, stack = arguments
    print(reason(Path(log).read_text(encoding="utf-8", errors="replace"), stack))
    print(f"Terraform's own words are in {log}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
