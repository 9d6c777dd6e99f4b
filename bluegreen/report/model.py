"""How the evidence's dataclasses are declared: frozen, checked when made, their docstrings in the JSON schema."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

CONFIG = ConfigDict(
    use_attribute_docstrings=True,
    allow_inf_nan=False,
    json_schema_extra={"additionalProperties": False},
)

Count = Annotated[int, Field(ge=0, strict=True)]
"""How many."""

Seconds = Annotated[float, Field(ge=0)]
"""A span, or a moment after the drill's visitors began."""

Text = Annotated[str, StringConstraints(min_length=1)]
"""Words for a reader: never empty."""
