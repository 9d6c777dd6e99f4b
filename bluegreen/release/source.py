"""The git revision that an image is built from."""

from __future__ import annotations

import subprocess

from .errors import ReleaseError


def git_revision(*, allow_dirty: bool) -> str:
    """Return the short git revision, with `-dirty` when the tree has changes and that is allowed.

    Raises:
        ReleaseError: this is no git checkout, or the tree has changes that the revision does not hold.
    """
    revision = _git("rev-parse", "--short=7", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no").splitlines()
    if not changed:
        return revision
    if not allow_dirty:
        raise ReleaseError(
            f"{len(changed)} changed file(s) are not in git ({changed[0][2:].strip()} …), so the tag {revision} "
            "would not say what the image holds: commit them, or push with --allow-dirty"
        )
    return f"{revision}-dirty"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise ReleaseError("git is not on PATH: install it, or name the whole tag with --tag") from None
    except subprocess.CalledProcessError as error:
        words_of_git = error.stderr.strip().splitlines() or ["git failed"]
        raise ReleaseError(f"no git revision for the tag: {words_of_git[0]}; name the whole tag with --tag") from None
    return done.stdout.strip("\n")
