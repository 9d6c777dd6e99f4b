"""The AWS provider, as every stack has it."""

from __future__ import annotations

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

LOOPBACK_ACCOUNT = "123456789012"
"""The account of a loopback: AWS keeps the number for examples, so no real account has it."""


def configure(stack: TerraformStack, *, region: str, tags: dict[str, str], rehearsal: bool) -> None:
    """Give `stack` its provider and its tags.

    Endpoints and credentials come from Terraform's environment, so that the same stack goes to AWS and to a loopback.
    A rehearsal's goes to a loopback alone: the provider itself refuses every other account, whoever calls Terraform.
    """
    AwsProvider(
        stack,
        "aws",
        region=region,
        allowed_account_ids=[LOOPBACK_ACCOUNT] if rehearsal else None,
        default_tags=[AwsProviderDefaultTags(tags=tags)],
    )


def tags(*, project: str, environment: str) -> dict[str, str]:
    return {"project": project, "environment": environment, "managed-by": "cdktf"}
