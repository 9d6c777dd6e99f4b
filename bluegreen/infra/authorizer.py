"""Who may call the HTTP API: whoever shows a token that the settings' issuer made for one of their audiences."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.apigatewayv2_authorizer import Apigatewayv2Authorizer
from constructs import Construct

from bluegreen.settings import Settings


def authorizer(
    scope: Construct, id_: str, *, api: Apigatewayv2Api, settings: Settings
) -> Apigatewayv2Authorizer | None:
    """Return the authorizer that closes a route; None where everyone may call."""
    jwt = settings.api.jwt
    if not jwt.issuer:
        return None
    return Apigatewayv2Authorizer(
        scope,
        id_,
        api_id=api.id,
        name=f"{settings.name}-jwt",
        authorizer_type="JWT",
        identity_sources=["$request.header.Authorization"],
        jwt_configuration={"issuer": jwt.issuer, "audience": list(jwt.audience)},
    )
