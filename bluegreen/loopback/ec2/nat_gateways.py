"""A NAT gateway's network interface goes when the gateway goes; moto keeps it."""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Let DeleteNatGateway delete the interface that CreateNatGateway made."""
    from moto.ec2.models.nat_gateways import NatGatewayBackend  # noqa: PLC0415 - moto reads its environment then

    if NatGatewayBackend.delete_nat_gateway is not _delete:
        _moto.append(NatGatewayBackend.delete_nat_gateway)
        NatGatewayBackend.delete_nat_gateway = _delete  # type: ignore[method-assign]


_moto: list[Any] = []


def _delete(backend: Any, nat_gateway_id: str) -> Any:
    gateway = _moto[0](backend, nat_gateway_id)
    backend.enis.pop(gateway._eni.id, None)
    return gateway
