"""Pagefind, which cuts an index into pieces. In: the theme's index. Out: Pagefind's files, as far as ours need them."""

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from searching.pages import write_pages

_SECONDS: Final = 600
_NOT_NEEDED: Final = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own dialogs."""


class CutError(Exception):
    """The program failed; what it said."""


def can_cut() -> bool:
    """Tell whether the program is there and runs: it is not published for every kind of machine."""
    try:
        _run("--version")
    except CutError:
        return False
    return True


def cut(index: Path, language: str, pieces: Path) -> None:
    """Cut the theme's index; the same index gives the same pieces.

    What is written on the way stands beside the index: who takes away what a stopped build has left has that too.
    """
    entries = json.loads(index.read_text(encoding="utf-8"))["docs"]
    with TemporaryDirectory(dir=index.parent) as folder:
        pages, made = Path(folder, "pages"), Path(folder, "pieces")
        pages.mkdir()
        write_pages(entries, language, pages)
        _run("--silent", "--site", pages, "--output-path", made, folder=folder)
        _copy(made, pieces)


def _copy(made: Path, pieces: Path) -> None:
    """Copy each file beside what is there already: a note may be called as the folder is.

    `copytree` would go on where the disk is full, and tell of every file.
    """
    for file in made.rglob("*"):
        if file.is_file() and not any(map(file.match, _NOT_NEEDED)):
            target = pieces / file.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _run(*arguments: str | Path, folder: str | None = None) -> None:
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - see `can_cut`

        command = [get_executable(), *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - ours
    except subprocess.CalledProcessError as error:
        raise CutError(error.stderr.decode(errors="replace").strip() or str(error)) from error
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        raise CutError(str(error)) from error
