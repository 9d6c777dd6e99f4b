"""Which environment variables a container may be given."""

from __future__ import annotations

import re

from .allowed import Allowed, each, matching, pairs

NAME = r"[A-Za-z_][A-Za-z0-9_]{0,254}"

RESERVED = (
    "SHUTDOWN_SECONDS",
    "ECS_CONTAINER_METADATA_URI",
    "ECS_CONTAINER_METADATA_URI_V4",
    "ECS_AGENT_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_EXECUTION_ENV",
)
"""Set by the stack (from `stop_timeout`) and by ECS; the identity header and the task's role need theirs."""

_IN_SSM = r"/[A-Za-z0-9_./-]{1,1010}|arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter/[A-Za-z0-9_./-]+"
_OF_MANAGER = r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+(:[^:]*:[^:]*:[^:]*)?"

_words = f"a variable's name, but {', '.join(RESERVED)}"
_name = matching(rf"(?!(?:{'|'.join(RESERVED)})$){NAME}", _words)

VALUES = pairs(_name, Allowed(words="texts", accepts=lambda _: True))

SECRETS = pairs(
    _name,
    matching(
        f"{_IN_SSM}|{_OF_MANAGER}",
        "an SSM parameter's name that begins with /, its ARN, or the ARN of a secret (and :json-key:stage:version)",
    ),
)

KEYS = each(matching(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+", "the ARN of a KMS key"))


def is_secret(value: str) -> bool:
    """Return whether a value names a secret of Secrets Manager, and not a parameter of SSM."""
    return re.fullmatch(_OF_MANAGER, value) is not None
