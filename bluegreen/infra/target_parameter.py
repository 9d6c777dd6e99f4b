"""Publishes the release target, so that a release needs no Terraform state."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
from constructs import Construct

from bluegreen.release_target import ReleaseTarget, parameter_name


def target_parameter(scope: Construct, id_: str, *, target: ReleaseTarget) -> SsmParameter:
    return SsmParameter(
        scope,
        id_,
        name=parameter_name(target.environment, target.service_name),
        description="What `bluegreen` needs to know for a release",
        type="String",
        # It holds no secret, and a plan review shall show what changes in it.
        insecure_value=target.to_json(),
    )
