"""IAM that decides: what a role may not do on AWS, it may not do here. moto keeps the roles and policies."""

from __future__ import annotations

import warnings
from typing import Any


def install() -> None:
    """Make every IAM backend of this process one of ours, and put our gate where moto asks its own IAM."""
    from moto.core.authorization import ActionAuthenticatorMixin  # noqa: PLC0415 - reads its environment when imported
    from moto.iam.models import iam_backends  # noqa: PLC0415

    from . import gate  # noqa: PLC0415
    from .models import LoopbackIAMBackend  # noqa: PLC0415

    iam_backends.backend = LoopbackIAMBackend

    gate.forget()
    # no service's model lists the errors that AWS's front end answers with
    warnings.filterwarnings("ignore", message=r"Exception\(Denial\) with code", category=UserWarning)
    # moto's own evaluation knows no resources and no conditions, and turns away every key that it did not make
    moto: Any = ActionAuthenticatorMixin
    moto._authenticate_and_authorize_normal_action = gate.authorize
    moto._authenticate_and_authorize_s3_action = gate.authorize_s3
