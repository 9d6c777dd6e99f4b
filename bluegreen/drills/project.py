"""The project that drills are played in: the user's own, with the drills' environment beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

from bluegreen import settings
from bluegreen.settings import Settings

ENVIRONMENTS = Path(__file__).parent / "environments"
LINKED = ("main.py", "target", ".build")


def write(folder: Path, project: Path) -> Path:
    """Write the project into `folder`, whatever else was built staying where it is in `project`; return the folder."""
    for source in (project / "environments", ENVIRONMENTS):
        shutil.copytree(source, folder / "environments", dirs_exist_ok=True)
    (project / ".build").mkdir(exist_ok=True)  # else a link that leads nowhere stands where a folder is to be made
    for name in LINKED:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(project / name)
    return folder


def services(folder: Path, environment: str) -> tuple[Settings, ...]:
    """Return the settings of each service of an environment.

    Raises:
        SettingsError: the environment's file has a mistake.
    """
    return settings.load(environment, folder / "environments").of_services()
