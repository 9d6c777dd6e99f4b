"""Smithy RPC v2 CBOR, in front of services that speak JSON.

SDKs that honour the order of the protocols in a service's model send CBOR first, and take no answer in anything else.
"""

from __future__ import annotations

from .application import Cbor

__all__ = ["Cbor"]
