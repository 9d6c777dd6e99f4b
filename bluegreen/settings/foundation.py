"""Settings of the foundation, `environments/foundation.toml`: what all environments of an account stand on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .allowed import Allowed, matching, one_of, setting
from .errors import SettingsError
from .loading import FOLDER, FOUNDATION
from .schema import check

_BUCKET = matching(
    r"|(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", "a bucket's name: 3 to 63 lower-case letters, digits and -"
)
_REGION = matching(r"[a-z]{2}(-[a-z]+)+-\d", "a region, as in us-east-1")
_PROJECT = matching(r"[A-Za-z0-9 _.:/=+@-]{1,256}", "a tag value")
_GITHUB = matching(r"|[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}", "an owner and a repository, as in acme/shop")
_BRANCH = matching(r"(?!.*[*?])[!-~]{1,255}", "a branch's name, without * and ?")
_PROVIDER = matching(
    r"|arn:aws[a-z-]*:iam::\d{12}:oidc-provider/[!-~]+", "the ARN of an OpenID Connect provider in IAM"
)

_DAYS = Allowed(words="0, or 30 to 3650", accepts=lambda days: days == 0 or 30 <= days <= 3650)


@dataclass(frozen=True, kw_only=True)
class FoundationSettings:
    """The foundation of an account: registries, the bucket with Terraform's state, and GitHub's way in."""

    project: str = setting("bluegreen", "Value of the tag `project` on everything.", _PROJECT)
    region: str = setting("us-east-1", "AWS region of registries and state; the environments' too.", _REGION)
    state_bucket: str = setting("", "S3 bucket with the state of every stack; empty: files in this folder.", _BUCKET)
    state_days: int = setting(365, "Days that replaced versions of a state are kept; 0: for ever.", _DAYS)
    github_repository: str = setting("", "GitHub repository whose workflows get roles; empty: none.", _GITHUB)
    github_branch: str = setting("main", "Branch whose workflows may take the roles.", _BRANCH)
    github_trust: str = setting(
        "branch",
        "Who may apply and release: a job of that branch, or one of the GitHub environment called like ours.",
        one_of("branch", "environment"),
    )
    github_provider: str = setting("", "Provider for GitHub that the account has already; empty: make it.", _PROVIDER)

    @property
    def shares_state(self) -> bool:
        """Whether state lies in a bucket, and not in files of this folder."""
        return bool(self.state_bucket)


def state_key(stack: str) -> str:
    """Return where in the bucket the state of a stack lies; no two stacks have a folder in common."""
    return f"{stack}/terraform.tfstate"


def state_file(stack: str) -> str:
    """Return the name of a stack's state file in the project's folder, where state is not shared."""
    return f"terraform.{stack}.tfstate"


def load_foundation(folder: Path = FOLDER) -> FoundationSettings:
    """Return what `foundation.toml` in `folder` says, or the defaults where there is none.

    Raises:
        SettingsError: it is not what it may be.
    """
    file = folder / f"{FOUNDATION}.toml"
    settings = FoundationSettings(**check(str(file), FoundationSettings, _table(file)))
    if settings.github_repository and not settings.shares_state:
        allowed = "with a state_bucket as well: a workflow's state would go with its machine"
        raise SettingsError.about(str(file), "github_repository", settings.github_repository, allowed)
    return settings


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not TOML: {error}") from None
