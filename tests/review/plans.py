"""Plans in Terraform's documented format (https://developer.hashicorp.com/terraform/internals/json-format).

What real Terraform writes is tested in test_real_plans.py; these are the same shape, as small as a test allows.
"""

from __future__ import annotations

import json
from typing import Any

from bluegreen.review import guard
from bluegreen.review.finding import Finding
from bluegreen.review.parse import parse
from bluegreen.review.plan import Plan

CREATE, UPDATE, DELETE, REPLACE, KEEP = ["create"], ["update"], ["delete"], ["delete", "create"], ["no-op"]


def resource(
    address: str,
    actions: list[str],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **change: Any,
) -> dict[str, Any]:
    """Return an entry of `resource_changes`; `change` are further keys of its change."""
    kind, name = address.partition("[")[0].split(".")
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}, **change},
    }


def updated(address: str, before: dict[str, Any], **after: Any) -> dict[str, Any]:
    """Return an update that sets the attributes `after`."""
    return resource(address, UPDATE, before, {**before, **after})


def document(*resources: dict[str, Any], references: dict[str, dict[str, str]] | None = None, **more: Any) -> bytes:
    """Return a whole plan; `references` are address → attribute → what its expression refers to."""
    configured = [
        {"address": address, "expressions": {name: {"references": [to]} for name, to in expressions.items()}}
        for address, expressions in (references or {}).items()
    ]
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "resource_changes": resources,
        "configuration": {"root_module": {"resources": configured}},
        **more,
    }
    return json.dumps(plan).encode()


def plan(*resources: dict[str, Any], **more: Any) -> Plan:
    """Return the parsed plan."""
    return parse(document(*resources, **more))


def findings(*resources: dict[str, Any], **more: Any) -> tuple[Finding, ...]:
    """Return what the guard objects to."""
    return guard.inspect(plan(*resources, **more))


def rules_broken(*resources: dict[str, Any], **more: Any) -> list[str]:
    """Return the names of the rules that a plan breaks."""
    return [finding.rule for finding in findings(*resources, **more)]
