"""Settings of the public door."""

from __future__ import annotations

from dataclasses import dataclass, field

from .allowed import between, setting
from .custom_domain import CustomDomainSettings
from .jwt import JwtSettings

ROUTE = r"\$default|(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) /[!-~]*"


@dataclass(frozen=True, kw_only=True)
class ApiSettings:
    """The HTTP API."""

    throttling_rate: int = setting(10000, "Requests per second that are let in.", between(1, 100000))
    throttling_burst: int = setting(5000, "Requests that may come at once.", between(1, 100000))
    domain: CustomDomainSettings = field(default_factory=CustomDomainSettings)
    jwt: JwtSettings = field(default_factory=JwtSettings)
