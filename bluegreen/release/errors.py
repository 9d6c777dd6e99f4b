"""One clear line for every failure that a release can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import clock_skew
from .exit_codes import ExitCode

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

DEBUG = "BLUEGREEN_DEBUG"
"""The variable that asks for the traceback of an error; `bluegreen --debug` sets it."""
CREDENTIALS_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException"})
CREDENTIALS_UNKNOWN = frozenset(
    {
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "SignatureDoesNotMatch",
        "AuthFailure",
        "InvalidSignature",
        "InvalidSignatureException",
    }
)
DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
THROTTLED = frozenset({"Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"})


class ReleaseError(Exception):
    """A failure in the user's words: what was found, what is allowed, what to do."""

    def __init__(self, message: str, exit_code: ExitCode = ExitCode.REFUSED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def in_one_line(error: BaseException) -> str:
    """Put any exception into one line, without the name of a Python class where the failure is known."""
    # botocore takes a quarter of a second to import, and has been imported if it failed.
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    if isinstance(error, ClientError):
        text = _refused_by_aws(error)
    elif isinstance(error, BotoCoreError):
        text = _never_reached_aws(error)
    elif type(error).__module__.startswith("bluegreen."):
        text = str(error)
    else:
        text = f"unexpected {type(error).__name__}: {error} (`bluegreen --debug …` shows where)"
    return " ".join(text.split())


def code_of(error: ClientError) -> str:
    """Return AWS's error code, without the prefix that JSON services put before it."""
    return str(error.response.get("Error", {}).get("Code", "")).rpartition("#")[2]


def message_of(error: ClientError) -> str:
    """Return AWS's own words."""
    details = error.response.get("Error", {})
    return str(details.get("Message") or details.get("Code") or error)


def _refused_by_aws(error: ClientError) -> str:
    code, message, operation = code_of(error), message_of(error), error.operation_name
    if clock := clock_skew.explain(code, error.response.get("Error", {})):
        return clock
    if code in CREDENTIALS_EXPIRED:
        return f"the AWS credentials have expired ({code}): sign in again"
    if code in CREDENTIALS_UNKNOWN:
        return f"AWS does not accept these credentials ({code}): check AWS_PROFILE or the access key"
    if code in DENIED:
        return f"the credentials may not call {operation}: {message}"
    if code in THROTTLED:
        return f"AWS throttles {operation} ({code}): try again in a minute"
    return f"AWS refused {operation}: {message} ({code})"


def _never_reached_aws(error: BaseException) -> str:
    from botocore import exceptions  # noqa: PLC0415

    match error:
        case exceptions.NoCredentialsError() | exceptions.PartialCredentialsError():
            return "no AWS credentials found: sign in, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and its secret"
        case exceptions.ProfileNotFound():
            return f"{error}: check AWS_PROFILE"
        case exceptions.SSOError() | exceptions.TokenRetrievalError() | exceptions.CredentialRetrievalError():
            return f"the AWS credentials cannot be read: {error}: sign in again"
        case exceptions.HTTPClientError() | exceptions.ConnectionError():
            return f"AWS cannot be reached: {error} Check the network, the proxy and AWS_ENDPOINT_URL"
        case _:
            return f"the AWS client gave up: {error}"
