"""The environments: each is a file of settings, `environments/<name>.toml`."""

from .consistency import check_apart
from .errors import SettingsError
from .loading import FOLDER, load, names
from .model import Settings
from .subnets import Subnets, subnets

__all__ = ["FOLDER", "Settings", "SettingsError", "Subnets", "check_apart", "load", "names", "subnets"]
