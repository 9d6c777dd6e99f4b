"""The environments: each is a file of settings, `environments/<name>.toml`."""

from .consistency import check_apart
from .errors import SettingsError
from .foundation import FoundationSettings, load_foundation, state_file, state_key
from .loading import FOLDER, load, names
from .model import Settings
from .subnets import Subnets, subnets

__all__ = [
    "FOLDER",
    "FoundationSettings",
    "Settings",
    "SettingsError",
    "Subnets",
    "check_apart",
    "load",
    "load_foundation",
    "names",
    "state_file",
    "state_key",
    "subnets",
]
