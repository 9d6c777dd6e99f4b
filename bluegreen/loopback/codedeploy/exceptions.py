"""The one way in which an API call is refused."""

from __future__ import annotations

from moto.core.exceptions import JsonRESTError


class Refusal(JsonRESTError):  # noqa: N818 - its users read `raise Refusal("RevisionRequired", …)`
    """HTTP 400 with one of CodeDeploy's own error codes, `name` given without its suffix `Exception`."""

    code = 400

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}Exception", message)
        self.content_type = "application/x-amz-json-1.1"
