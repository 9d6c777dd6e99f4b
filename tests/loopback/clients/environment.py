"""The environment of a client that runs as a process of its own: the loopback as AWS, and nothing of the user's."""

from __future__ import annotations

import os
from pathlib import Path

from bluegreen import provider_mirror

REGION = "us-east-1"
THE_USERS_OWN = ("AWS_", "TF_", "BOTO")


def of(endpoint: str, folder: Path) -> dict[str, str]:
    """Return the variables; `folder` takes the file that says where Terraform finds its provider."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(THE_USERS_OWN)}
    return {
        **kept,
        **provider_mirror.environment(folder / "terraform.tfrc", os.environ),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
    }
