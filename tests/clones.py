"""Fresh clones of the project. In: a folder. Out: a clone in it, at a path with a space, that needs no set-up."""

import os
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path
from typing import Final

import dev
from tests.sites import ROOT

_GIT: Final = {
    **os.environ,
    "GIT_AUTHOR_NAME": "A Contributor",
    "GIT_AUTHOR_EMAIL": "contributor@notes.example",
    "GIT_COMMITTER_NAME": "A Contributor",
    "GIT_COMMITTER_EMAIL": "contributor@notes.example",
    # The checkout may belong to another user than the one who tests it.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
}


def fresh_clone(folder: Path) -> Path:
    """Clone the project as it stands, with what is not committed yet."""
    clone = folder / "a fresh clone"
    git(folder, "clone", "--quiet", str(ROOT), str(clone))
    changed = git(ROOT, "diff", "-z", "--name-only", "--no-renames", "HEAD")
    new = git(ROOT, "ls-files", "-z", "--others", "--exclude-standard")
    for name in filter(None, (changed + new).split("\0")):
        _copy(ROOT / name, clone / name)
    commit(clone, "What is not committed yet")
    _lend_environment(clone)
    if (ROOT / ".cache").is_dir():  # to draw the diagrams again would take a quarter of a minute
        shutil.copytree(ROOT / ".cache", clone / ".cache")
    return clone


def git(repository: Path, *arguments: str) -> str:
    """Run git in a repository; gives what it prints."""
    return subprocess.run(
        ["git", *arguments], cwd=repository, env=_GIT, check=True, capture_output=True, text=True
    ).stdout


def commit(repository: Path, message: str) -> str:
    """Commit all that has changed; gives the commit's id."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(repository, "rev-parse", "HEAD").strip()


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _lend_environment(clone: Path) -> None:
    """Let the clone's `.venv` find the packages that run the tests: to install them again would take a minute."""
    venv.create(clone / ".venv", symlinks=os.name == "posix")
    packages = sysconfig.get_path("purelib", vars={"base": str(clone / ".venv"), "platbase": str(clone / ".venv")})
    Path(packages, "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (clone / dev.STAMP.relative_to(ROOT)).write_text(dev.stamp(), encoding="utf-8")
