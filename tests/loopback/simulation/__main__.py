"""`python -m tests.loopback.simulation --seeds N`: exits 1 where an invariant did not hold."""

from __future__ import annotations

import argparse
import sys
import time

from .history import Outcome, live_seed
from .runner import violations
from .shrink import shrink

SHOWN = 5


def main() -> int:
    """Live through seeds, or through one of them verbosely."""
    options = _options()
    if options.seed is not None:
        outcome = live_seed(options.seed)
        print(f"seed {options.seed}\n{outcome.plan}\n", *outcome.log, sep="\n")
        return _said(outcome) if outcome.violation else 0
    began, found, done = time.monotonic(), 0, 0
    for done, outcome in violations(range(options.start, options.start + options.seeds), options.processes):
        if outcome:
            found += 1
            if found <= SHOWN:
                _said(outcome)
        elif done % options.every == 0:
            print(f"{done} seeds, {found} violations, {time.monotonic() - began:.0f} s", flush=True)
    seconds = time.monotonic() - began
    print(f"{done} seeds in {seconds:.1f} s ({60 * done / seconds:.0f} a minute), {found} violations")
    return int(found > 0)


def _said(outcome: Outcome) -> int:
    shortest = shrink(outcome)
    print(f"\nseed {outcome.plan.seed} broke {outcome.violation}")
    print(f"its shortest failing history:\n{shortest.plan}\n", *shortest.log, "", sep="\n", flush=True)
    return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.loopback.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2000, help="how many seeds")
    parser.add_argument("--start", type=int, default=0, help="the first of them")
    parser.add_argument("--seed", type=int, help="live through this one verbosely instead")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--every", type=int, default=5000, help="say how far it is after so many seeds")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
