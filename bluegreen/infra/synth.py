"""`python main.py`: settings in, Terraform JSON that keeps the rules out, or one line that says why not."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bluegreen.settings import FOLDER, Settings, SettingsError, check_apart, load, names

from . import hook_archive, provider_import
from .foundation_settings import foundation_settings
from .policy_error import PolicyError

SELECTION = "BLUEGREEN_ENVIRONMENTS"

_REFUSALS = (
    SettingsError,
    hook_archive.HookArchiveError,
    provider_import.NodeMissingError,
    provider_import.LoadError,
    PolicyError,
)


def main(environ: Mapping[str, str] = os.environ) -> int:
    """Synthesize the environments that `BLUEGREEN_ENVIRONMENTS` lists, or all; return the exit code."""
    gc.disable()  # the process ends with the synthesis: what it collects until then would be a twentieth of its time
    try:
        synthesize(environ)
    except _REFUSALS as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def synthesize(environ: Mapping[str, str], folder: Path = FOLDER, outdir: Path | None = None) -> Path:
    """Return the folder with the Terraform JSON.

    Raises:
        SettingsError, HookArchiveError: something that synthesis needs is wrong or missing.
        NodeMissingError, LoadError: Node.js, or the libraries that it runs, cannot be used.
        PolicyError: the JSON breaks a rule; it is taken away again.
    """
    selected = [load(name, folder) for name in selection(environ, folder)]
    account = in_account(selected, folder)
    check_apart(account, folder)
    foundation = foundation_settings(account, folder)
    for settings in selected:
        _check_checks(settings, folder)
    hooks = {settings.name: _hook(settings, environ) for settings in selected}
    provider_import.check_node()
    provider_import.load_behind()
    from . import app, policy  # noqa: PLC0415 - they start jsii's Node, which every refusal above does without

    out = app.synthesize(environments=selected, account=account, foundation=foundation, hooks=hooks, outdir=outdir)
    policy.enforce(out, {settings.name for settings in selected if settings.rehearsal})
    return out


def selection(environ: Mapping[str, str], folder: Path) -> Sequence[str]:
    """Return the names of the environments to synthesize."""
    listed = [name.strip() for name in environ.get(SELECTION, "").split(",") if name.strip()]
    selected = listed or names(folder)
    if not selected:
        raise SettingsError(f"{folder}: no environments: found no *.toml, and {SELECTION} names none")
    return list(dict.fromkeys(selected))


def in_account(selected: Sequence[Settings], folder: Path) -> Sequence[Settings]:
    """Return the environments that share an account with those selected, and so the foundation and its names.

    All real ones, whichever are selected: else a change of the selection would destroy the others' images. A rehearsal
    has an account of its own, and so a foundation of its own.
    """
    if all(settings.rehearsal for settings in selected):
        return selected
    everyone = [load(name, folder) for name in names(folder)]
    return [settings for settings in everyone if not settings.rehearsal]


def _hook(settings: Settings, environ: Mapping[str, str]) -> Path | None:
    archive = hook_archive.find(settings, environ)
    if archive is None:
        note = f"{settings.name}: Terraform will refuse to plan this stack until {hook_archive.remedy(settings)}"
        print(note, file=sys.stderr)
    return archive


def _check_checks(settings: Settings, folder: Path) -> None:
    try:
        import route_check  # noqa: PLC0415 - compiled, and needed for nothing but this
    except ModuleNotFoundError as error:
        raise SettingsError(f"{error}: `make setup` builds it, to check the check lists as the hook does") from None
    for service in settings.of_services():
        try:
            route_check.validate(list(service.checks))
        except route_check.CheckListError as error:
            where = f"services.{service.service_name}.checks" if service.service_name else "checks"
            raise SettingsError(f"{folder / settings.name}.toml: {where}: {error}") from None
