"""Identifiers as AWS makes them; the source of randomness is given, so that a simulation can repeat itself."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable

Randomness = Callable[[int], bytes]

_SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_PREFIX = b'{"encryptedData":"'


class Identifiers:
    """Makes deployment ids and the opaque ids of hook executions."""

    def __init__(self, randomness: Randomness = secrets.token_bytes) -> None:
        self._randomness = randomness

    def deployment(self) -> str:
        """Return `d-` and nine upper-case letters or digits."""
        return "d-" + "".join(_SYMBOLS[byte % len(_SYMBOLS)] for byte in self._randomness(9))

    def hook_execution(self) -> str:
        """Return a token of more than a hundred characters, which looks like AWS's and says nothing."""
        sealed = base64.b64encode(self._randomness(96))
        return base64.b64encode(_PREFIX + sealed + b'"}').decode()
