"""The AWS provider and Terraform itself, as every stack has them."""

from __future__ import annotations

from cdktf import LocalBackend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

TERRAFORM_VERSION = ">= 1.5"


def configure(stack: TerraformStack, *, name: str, region: str, tags: dict[str, str]) -> None:
    """Give `stack` its provider, its tags and its state file.

    Endpoints and credentials come from Terraform's environment, so that the same stack goes to AWS and to a loopback.
    """
    AwsProvider(stack, "aws", region=region, default_tags=[AwsProviderDefaultTags(tags=tags)])
    # Relative to the stack's folder, cdktf.out/stacks/<name>: the synthesized JSON is the same on every machine.
    LocalBackend(stack, path=f"../../../terraform.{name}.tfstate")
    stack.add_override("terraform.required_version", TERRAFORM_VERSION)


def tags(*, project: str, environment: str) -> dict[str, str]:
    return {"project": project, "environment": environment, "managed-by": "cdktf"}
