"""The one error that reading settings raises."""


class SettingsError(ValueError):
    """One line: the file, the key, what was found, what is allowed."""

    @classmethod
    def about(cls, file: str, key: str, found: object, allowed: str) -> "SettingsError":
        return cls(f"{file}: {key}: found {found!r}, allowed: {allowed}")
