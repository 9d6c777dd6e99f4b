"""Settings of the tokens that callers show."""

from __future__ import annotations

from dataclasses import dataclass

from .allowed import each, matching, setting

_ISSUER = matching(r"|https://[!-~]{1,1000}", "an https URL")
_AUDIENCE = each(matching(r"[!-~]{1,1000}", "a word"), at_most=50)


@dataclass(frozen=True, kw_only=True)
class JwtSettings:
    """An authorizer on every route: API Gateway refuses calls without a valid token."""

    issuer: str = setting("", "Issuer of the tokens (`iss`); empty: everyone may call.", _ISSUER)
    audience: tuple[str, ...] = setting((), "Audiences, one of which a token is for (`aud` or `client_id`).", _AUDIENCE)
