"""A call that CodeDeploy made in the account and that did not work."""

from __future__ import annotations

# The service whose call failed where CodeDeploy could not take the role at all.
ASSUMING = "AWSSecurityTokenService"


class CallFailed(Exception):  # noqa: N818 - it names what happened, as its users read it
    """A call to another service that did not work: `service` as AWS's SDK prints it, and the service's own error."""

    def __init__(self, service: str, code: str, message: str, *, status: int = 400, request_id: str = "") -> None:
        super().__init__(f"{service}: {code}: {message}")
        self.service = service
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id

    @property
    def denied(self) -> bool:
        """Whether the role does not allow the call."""
        return self.code in {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}

    @property
    def unassumable(self) -> bool:
        """Whether the role is gone or does not trust CodeDeploy."""
        return self.service == ASSUMING

    @property
    def passing(self) -> bool:
        """Whether the same call may work a moment later."""
        return (
            (self.status >= 500 and self.status != 501) or "Throttling" in self.code or "TooManyRequests" in self.code
        )
