"""Settings of a domain of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import matching, setting

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME = matching(rf"|{_LABEL}(\.{_LABEL})+", "a domain's name in lower case, as in api.example.com")
_CERTIFICATE = matching(
    r"|arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[A-Za-z0-9-]+", "the ARN of a certificate in ACM"
)
_ZONE = matching(r"|Z[A-Z0-9]{1,31}", "the id of a hosted zone, as in Z0123456789ABCDEFGHIJ")


@dataclass(frozen=True, kw_only=True)
class CustomDomainSettings:
    """The HTTP API under a name of yours."""

    name: str = setting("", "Domain name; empty: AWS's own name alone.", _NAME)
    certificate: str = setting("", "ARN of its certificate, in the environment's region.", _CERTIFICATE)
    hosted_zone: str = setting("", "Route 53 zone that gets an alias record; empty: you make it.", _ZONE)
