"""Rules that no environment may break: checked on the JSON that Terraform will read, whichever construct wrote it."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from . import policy_hook, policy_iam, policy_inward, policy_rules
from .policy_error import PolicyError
from .stack_json import StackJson

RULES = (
    policy_rules.load_balancers_are_internal,
    policy_inward.nothing_is_open_inward,
    policy_hook.the_hook_asks_the_test_listener,
    policy_rules.log_groups_forget,
    policy_rules.releases_own_their_changes,
    policy_iam.statements_are_scoped,
    policy_iam.policies_are_resources_of_their_own,
)


def violations(stack: StackJson) -> list[str]:
    """Return one line for each resource that breaks a rule."""
    return [f"{stack.name}: {address}: {reason}" for rule in RULES for address, reason in rule(stack)]


def enforce(outdir: Path, rehearsals: Collection[str] = ()) -> None:
    """Raise PolicyError if a stack in `outdir` breaks a rule, and take the JSON away, so that nobody applies it.

    `rehearsals` names the stacks that are only ever applied to a loopback.
    """
    files = sorted(outdir.glob("stacks/*/cdk.tf.json"))
    found = []
    for file in files:
        name, document = file.parent.name, json.loads(file.read_text(encoding="utf-8"))
        found += violations(StackJson(name=name, document=document, rehearsal=name in rehearsals))
    if found:
        for file in files:
            file.unlink()
        raise PolicyError("\n".join(found))
