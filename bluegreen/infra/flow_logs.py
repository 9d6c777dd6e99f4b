"""Flow logs: which connections of the VPC were let through, and which were not."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.flow_log import FlowLog
from constructs import Construct

from bluegreen.settings import Settings

from .iam_policy import allow
from .log_group import log_group
from .names import Names
from .service_role import ServiceRole

TRAFFIC = {"rejected": "REJECT", "accepted": "ACCEPT", "all": "ALL"}


class FlowLogs(Construct):
    """The log of a VPC, with a role that writes nothing but it."""

    def __init__(self, scope: Construct, id_: str, *, vpc_id: str, settings: Settings) -> None:
        super().__init__(scope, id_)
        log = log_group(self, "log-group", name=Names.of(settings).flow_log_group, settings=settings)
        write = ("logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents")
        role = ServiceRole(
            self,
            "role",
            name=f"{settings.name}-flow-logs",
            service="vpc-flow-logs.amazonaws.com",
            statements=(allow(*write, on=[log.arn, f"{log.arn}:*"]),),
        )
        FlowLog(
            self,
            "log",
            vpc_id=vpc_id,
            traffic_type=TRAFFIC[settings.network.flow_logs],
            log_destination_type="cloud-watch-logs",
            log_destination=log.arn,
            iam_role_arn=role.arn,
            # Delivery is judged by the role's policy from the first record on.
            depends_on=role.policies,
        )
