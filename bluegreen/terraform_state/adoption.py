"""What the foundation made before it was killed, and Terraform had no time to note: taken into its state again.

Only what cannot be made twice is of interest; everything else of the foundation is put, whatever is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boto3.session import Session

Tags = Mapping[str, str]
Found = tuple[str, Tags]
"""The id that Terraform imports by, and the tags."""

OURS = {"managed-by": "cdktf", "environment": "foundation"}


def imports(resources: Mapping[str, Mapping[str, Any]], session: Session) -> list[dict[str, str]]:
    """Return an `import` block for each of the stack's resources that the account has, and that bears our tags."""
    return [{"to": address, "id": id_} for address, id_ in _ours(resources, Account(session))]


def _ours(resources: Mapping[str, Mapping[str, Any]], account: Account) -> Iterator[tuple[str, str]]:
    finders: Mapping[str, Callable[[Mapping[str, Any]], Found | None]] = {
        "aws_s3_bucket": account.bucket,
        "aws_ecr_repository": account.repository,
        "aws_iam_openid_connect_provider": account.provider,
        "aws_iam_policy": account.policy,
        "aws_iam_role": account.role,
    }
    for kind, find in finders.items():
        for name, resource in resources.get(kind, {}).items():
            found = find(resource)
            if found and found[1].items() >= OURS.items():
                yield f"{kind}.{name}", found[0]


class Account:
    """Looks for what the arguments of a resource name; None where the account has no such thing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def bucket(self, resource: Mapping[str, Any]) -> Found | None:
        """A bucket of ours without tags and without objects counts as tagged: it gets its tags after it is made."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - boto3 is imported by now

        s3, name = self._session.client("s3"), resource["bucket"]
        try:
            tags = _pairs(s3.get_bucket_tagging(Bucket=name)["TagSet"])
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code")
            if code != "NoSuchTagSet":
                return None
            empty = not s3.list_object_versions(Bucket=name, MaxKeys=1).get("Versions")
            return (name, OURS) if empty else None
        return name, tags

    def repository(self, resource: Mapping[str, Any]) -> Found | None:
        ecr, name = self._session.client("ecr"), resource["name"]
        try:
            (found,) = ecr.describe_repositories(repositoryNames=[name])["repositories"]
        except ecr.exceptions.RepositoryNotFoundException:
            return None
        return name, _pairs(ecr.list_tags_for_resource(resourceArn=found["repositoryArn"])["tags"])

    def provider(self, resource: Mapping[str, Any]) -> Found | None:
        iam, host = self._session.client("iam"), resource["url"].removeprefix("https://")
        for listed in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
            if listed["Arn"].endswith(f"/{host}"):
                found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=listed["Arn"])
                return listed["Arn"], _pairs(found.get("Tags", []))
        return None

    def policy(self, resource: Mapping[str, Any]) -> Found | None:
        iam = self._session.client("iam")
        arn = f"{self._iam()}:policy{resource['path']}{resource['name']}"
        try:
            return arn, _pairs(iam.get_policy(PolicyArn=arn)["Policy"].get("Tags", []))
        except iam.exceptions.NoSuchEntityException:
            return None

    def role(self, resource: Mapping[str, Any]) -> Found | None:
        iam, name = self._session.client("iam"), resource["name"]
        try:
            return name, _pairs(iam.get_role(RoleName=name)["Role"].get("Tags", []))
        except iam.exceptions.NoSuchEntityException:
            return None

    def _iam(self) -> str:
        caller = self._session.client("sts").get_caller_identity()
        return f"arn:{caller['Arn'].split(':')[1]}:iam::{caller['Account']}"


def _pairs(tags: Any) -> Tags:
    return {one["Key"]: one["Value"] for one in tags}
