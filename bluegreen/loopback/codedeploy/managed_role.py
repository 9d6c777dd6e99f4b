"""The role in a real account: each call is an HTTP request to the loopback, signed by a session of the role.

What the role's policies do not allow is refused there, as it is on AWS.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import botocore.session
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bluegreen.loopback.iam.roles import is_trusted
from bluegreen.loopback.iam.sessions import NotAssumableError, Session, assume

from .account import Action, Listener, Rule, Service, TargetGroup, TaskSet
from .call_failed import ASSUMING, CallFailed
from .described import listener_of, rules_of, service_of, target_groups_of, task_set_of

# A retry is the engine's decision; a call that hangs would hold up every other deployment.
_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1})
_SERVICE = "codedeploy.amazonaws.com"
_SESSION_NAME = "codedeploy"

# botocore's sessions are not safe to use from several threads, its clients are; each reads the models but once.
_building = threading.Lock()
_botocore = botocore.session.Session()


class ManagedRole:
    """The calls of `Role`, made in the name of the role `arn` and answered by whatever listens on `endpoint`."""

    def __init__(self, endpoint: str, region: str, arn: str) -> None:
        self._endpoint = endpoint
        self._region = region
        self._arn = arn
        self._session: Session | None = None
        self._clients: dict[str, BaseClient] = {}

    def describe_service(self, cluster: str, service: str) -> Service | None:
        """ecs:DescribeServices of one service; None where there is none of that name."""
        answer = self._call("ecs", "describe_services", cluster=cluster, services=[service])
        found = answer.get("services", [])
        return service_of(found[0]) if found else None

    def create_task_set(self, request: Mapping[str, Any]) -> TaskSet:
        """ecs:CreateTaskSet."""
        return task_set_of(self._call("ecs", "create_task_set", **request)["taskSet"])

    def update_service_primary_task_set(self, cluster: str, service: str, task_set: str) -> None:
        """ecs:UpdateServicePrimaryTaskSet."""
        self._call("ecs", "update_service_primary_task_set", cluster=cluster, service=service, primaryTaskSet=task_set)

    def delete_task_set(self, cluster: str, service: str, task_set: str) -> None:
        """ecs:DeleteTaskSet with force: the role has no call that would scale the task set to 0 before."""
        self._call("ecs", "delete_task_set", cluster=cluster, service=service, taskSet=task_set, force=True)

    def describe_target_groups(self, names: Sequence[str]) -> tuple[TargetGroup, ...]:
        """elasticloadbalancing:DescribeTargetGroups."""
        return target_groups_of(self._call("elbv2", "describe_target_groups", Names=list(names)))

    def describe_listener(self, listener: str) -> Listener:
        """elasticloadbalancing:DescribeListeners of one listener."""
        return listener_of(self._call("elbv2", "describe_listeners", ListenerArns=[listener])["Listeners"][0])

    def modify_listener(self, listener: str, actions: Sequence[Action]) -> None:
        """elasticloadbalancing:ModifyListener of the default actions."""
        self._call("elbv2", "modify_listener", ListenerArn=listener, DefaultActions=[dict(one) for one in actions])

    def describe_rules(self, listener: str) -> tuple[Rule, ...]:
        """elasticloadbalancing:DescribeRules, without the default rule."""
        return rules_of(self._call("elbv2", "describe_rules", ListenerArn=listener))

    def modify_rule(self, rule: str, actions: Sequence[Action]) -> None:
        """elasticloadbalancing:ModifyRule of the actions."""
        self._call("elbv2", "modify_rule", RuleArn=rule, Actions=[dict(one) for one in actions])

    def invoke_function(self, function: str, payload: bytes) -> None:
        """lambda:InvokeFunction; what the function returns is ignored, also when it crashes."""
        self._call("lambda", "invoke", FunctionName=function, InvocationType="Event", Payload=payload)

    def describe_alarms(self, names: Sequence[str]) -> Mapping[str, str]:
        """cloudwatch:DescribeAlarms."""
        answer = self._call("cloudwatch", "describe_alarms", AlarmNames=list(names))
        alarms = [*answer.get("MetricAlarms", []), *answer.get("CompositeAlarms", [])]
        return {alarm["AlarmName"]: alarm["StateValue"] for alarm in alarms}

    def get_object(self, location: Mapping[str, Any]) -> bytes:
        """s3:GetObject, or GetObjectVersion where the location names one; S3 refuses an object with another ETag."""
        wanted = {"VersionId": location.get("version"), "IfMatch": location.get("eTag")}
        given = {name: value for name, value in wanted.items() if value}
        with _explained("AmazonS3"):
            client: Any = self._client("s3")
            answer = client.get_object(Bucket=location["bucket"], Key=location["key"], **given)
            return answer["Body"].read()

    def _call(self, api: str, operation: str, **request: Any) -> dict[str, Any]:
        with _explained(_PRINTED_NAMES[api]):
            return getattr(self._client(api), operation)(**request)

    def _client(self, service: str) -> BaseClient:
        """Return a client of a service with credentials of the role.

        Raises:
            NotAssumableError: CodeDeploy cannot take the role (any more).
        """
        with _building:
            session = self._assumed()
            if service not in self._clients:
                self._clients[service] = _botocore.create_client(
                    service,
                    region_name=self._region,
                    endpoint_url=self._endpoint,
                    aws_access_key_id=session.access_key,
                    aws_secret_access_key=session.secret_key,
                    aws_session_token=session.token,
                    config=_CONFIG,
                )
            return self._clients[service]

    def _assumed(self) -> Session:
        """Return a session of the role, which is looked at before every call: a role that is gone fails at once."""
        if self._session and self._session.lasting and is_trusted(self._arn, _SERVICE):
            return self._session
        self._clients.clear()
        self._session = assume(self._arn, service=_SERVICE, session_name=_SESSION_NAME, region=self._region)
        return self._session


_PRINTED_NAMES = {
    "ecs": "AmazonECS",
    "elbv2": "AmazonElasticLoadBalancing",
    "lambda": "AWSLambda",
    "cloudwatch": "AmazonCloudWatch",
}


@contextmanager
def _explained(service: str) -> Iterator[None]:
    try:
        yield
    except NotAssumableError as error:
        raise CallFailed(ASSUMING, "AccessDenied", str(error), status=403) from error
    except ClientError as error:
        metadata = error.response.get("ResponseMetadata", {})
        raise CallFailed(
            service,
            error.response["Error"].get("Code", ""),
            error.response["Error"].get("Message", ""),
            status=metadata.get("HTTPStatusCode", 400),
            request_id=metadata.get("RequestId", ""),
        ) from error
    except BotoCoreError as error:
        raise CallFailed(service, type(error).__name__, str(error), status=503) from error
