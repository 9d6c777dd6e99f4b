"""The AWS provider, as every stack has it."""

from __future__ import annotations

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags


def configure(stack: TerraformStack, *, region: str, tags: dict[str, str]) -> None:
    """Give `stack` its provider and its tags.

    Endpoints and credentials come from Terraform's environment, so that the same stack goes to AWS and to a loopback.
    """
    AwsProvider(stack, "aws", region=region, default_tags=[AwsProviderDefaultTags(tags=tags)])


def tags(*, project: str, environment: str) -> dict[str, str]:
    return {"project": project, "environment": environment, "managed-by": "cdktf"}
