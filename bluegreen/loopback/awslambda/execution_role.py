"""The role that a function runs with: whether Lambda can take it, what it grants, and the function's credentials."""

from __future__ import annotations

import threading

from moto.awslambda.exceptions import InvalidParameterValueException

from bluegreen.loopback.iam.roles import allows, exists, is_trusted
from bluegreen.loopback.iam.sessions import Session, assume
from bluegreen.loopback.iam.statement import Request

from .function import Function

SERVICE = "lambda.amazonaws.com"
NOT_ASSUMABLE = "The role defined for the function cannot be assumed by Lambda."
# What Lambda does with the role to put a function into a VPC; it says which of them is missing.
NETWORK_INTERFACES = ("CreateNetworkInterface", "DescribeNetworkInterfaces", "DeleteNetworkInterface")


def check(role_arn: str, *, in_vpc: bool) -> None:
    """Check a role as CreateFunction and UpdateFunctionConfiguration do; what is no role's ARN is moto's to refuse.

    Raises:
        InvalidParameterValueException: with Lambda's words.
    """
    if not exists(role_arn):
        return
    if not is_trusted(role_arn, SERVICE):
        raise InvalidParameterValueException(NOT_ASSUMABLE)
    for action in NETWORK_INTERFACES if in_vpc else ():
        if not allows(role_arn, Request(action=f"ec2:{action}", resource=None)):
            words = f"The provided execution role does not have permissions to call {action} on EC2"
            raise InvalidParameterValueException(words)


def may_log(function: Function, stream: str, *, new_group: bool) -> bool:
    """Whether the output reaches CloudWatch Logs: Lambda writes it with the function's role, or drops it silently."""
    group = f"{function.arn_of('logs', f'log-group:{function.log_group}')}:log-stream:"
    wanted = [
        Request(action=f"logs:{action}", resource=group + stream) for action in ("CreateLogStream", "PutLogEvents")
    ]
    if new_group:
        wanted.append(Request(action="logs:CreateLogGroup", resource=group))
    return allows(function.role, *wanted)


class Credentials:
    """The sessions of the functions of one region, each made when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[tuple[str, str], Session] = {}

    def of(self, function: Function) -> Session:
        """Return credentials that are good for longer than a function may run.

        Raises:
            NotAssumableError: the role is gone, or does not trust Lambda any more.
        """
        key = function.role, function.name
        with self._lock:
            known = self._sessions.get(key)
            if known is None or not known.lasting or not is_trusted(function.role, SERVICE):
                known = assume(function.role, service=SERVICE, session_name=function.name, region=function.region)
            self._sessions[key] = known
            return known
