"""Settings of a service's own scaling."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import between, setting


@dataclass(frozen=True, kw_only=True)
class AutoscalingSettings:
    """Scaling by CPU and memory: not by requests per target, as that metric is of one of two alternating groups."""

    enabled: bool = setting(False, "Let Application Auto Scaling own the number of tasks.")
    minimum: int = setting(1, "Tasks that are always there.", between(1, 5000))
    maximum: int = setting(4, "Tasks that there are at most; a release doubles them for its time.", between(1, 5000))
    cpu: int = setting(60, "Percent of CPU that is aimed at; 0: not scaled by it.", between(0, 100))
    memory: int = setting(0, "Percent of memory that is aimed at; 0: not scaled by it.", between(0, 100))
    scale_out_cooldown: int = setting(60, "Seconds between two scale-outs.", between(0, 3600))
    scale_in_cooldown: int = setting(300, "Seconds between two scale-ins.", between(0, 3600))
