"""The settings of the foundation that goes with environments of one account."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bluegreen.settings import FoundationSettings, Settings, SettingsError, load_foundation


def foundation_settings(account: Sequence[Settings], folder: Path) -> FoundationSettings:
    """Return what `folder` says of the foundation; a rehearsal's shares nothing with it, and keeps no state.

    Raises:
        SettingsError: an environment is in another region than the images it takes.
    """
    first = account[0]
    if first.rehearsal:
        found, file = FoundationSettings(project=first.project, region=first.region), f"{first.name}.toml"
    else:
        found, file = load_foundation(folder), "foundation.toml"
    for one in account:
        if one.region != found.region:
            allowed = f"{found.region}, as in {folder / file}: an account's images and state are in one region"
            raise SettingsError.about(str(folder / f"{one.name}.toml"), "region", one.region, allowed)
    return found
