"""The registry of a service's images."""

from __future__ import annotations

import json

from cdktf_cdktf_provider_aws.ecr_lifecycle_policy import EcrLifecyclePolicy
from cdktf_cdktf_provider_aws.ecr_repository import EcrRepository, EcrRepositoryEncryptionConfiguration
from constructs import Construct

UNTAGGED_DAYS = 14


class Repository(Construct):
    """An ECR repository whose tags never move."""

    def __init__(self, scope: Construct, id_: str, *, name: str, force_delete: bool) -> None:
        super().__init__(scope, id_)
        self.repository = EcrRepository(
            self,
            "repository",
            name=name,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration={"scan_on_push": True},
            encryption_configuration=[EcrRepositoryEncryptionConfiguration(encryption_type="AES256")],
            force_delete=force_delete,
        )
        EcrLifecyclePolicy(self, "lifecycle", repository=self.repository.name, policy=json.dumps(_lifecycle()))


def _lifecycle() -> dict[str, object]:
    # Releases pin digests of tagged images, and tags never move: what is untagged no revision can need. A rule that
    # counted tagged images would one day expire the image of a live revision.
    untagged = {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days"}
    return {
        "rules": [
            {
                "rulePriority": 1,
                "description": "Untagged images",
                "selection": {**untagged, "countNumber": UNTAGGED_DAYS},
                "action": {"type": "expire"},
            }
        ]
    }
