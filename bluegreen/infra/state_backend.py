"""Where Terraform keeps the state of a stack: in the foundation's bucket, or in a file of the project's folder."""

from __future__ import annotations

from cdktf import LocalBackend, S3Backend, TerraformStack

from bluegreen.settings import FoundationSettings, state_file, state_key

LOCAL_VERSION = ">= 1.5"
LOCKING_VERSION = ">= 1.10"
"""The first Terraform whose S3 backend keeps its lock in the bucket, without a DynamoDB table."""


def state_backend(stack: TerraformStack, *, name: str, foundation: FoundationSettings | None) -> None:
    """Give the stack `name` its backend; without a foundation (a rehearsal has none to share) the state is a file.

    Neither names an endpoint: where S3 is comes from Terraform's environment, as for the provider.
    """
    if foundation is None or not foundation.shares_state:
        # Relative to the stack's folder, cdktf.out/stacks/<name>: the synthesized JSON is the same on every machine.
        LocalBackend(stack, path=f"../../../{state_file(name)}")
        stack.add_override("terraform.required_version", LOCAL_VERSION)
        return
    S3Backend(stack, bucket=foundation.state_bucket, key=state_key(name), region=foundation.region, encrypt=True)
    # S3Backend has no such argument.
    stack.add_override("terraform.backend.s3.use_lockfile", True)
    stack.add_override("terraform.required_version", LOCKING_VERSION)
