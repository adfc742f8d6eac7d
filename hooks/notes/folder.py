"""Folder: what of a folder on disk belongs to the site. In: a path. Out: bytes of the notes, paths of the rest.

Only reads. Hidden files and folders (`.obsidian`, `.git`, `.trash`) are left out, and so is whatever a
symbolic link takes from elsewhere: it is told, never published.
"""

import os
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from notes.addresses import free
from notes.problems import Kind, Position, Problem
from notes.vault import is_note


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder."""

    notes: dict[str, bytes]
    """Each note's bytes, by its path below the folder, with `/`."""
    assets: tuple[str, ...]
    """Paths of all other files."""
    problems: tuple[Problem, ...]


def read_folder(root: Path) -> Folder:
    """Read a folder of notes."""
    kept, problems = sort_out(root, tuple(paths_in(root)))
    shown, more = legible(kept)
    notes = {shown.get(path, path): (root / path).read_bytes() for path in kept if is_note(path)}
    assets = tuple(shown.get(path, path) for path in kept if not is_note(path))
    return Folder(notes, assets, (*problems, *more))


def legible(paths: Collection[str]) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Give text for the paths that hold bytes that are no UTF-8, which no page and no address can hold."""
    used = {path.casefold(): 1 for path in paths}
    shown: dict[str, str] = {}
    for path in paths:
        if not path.isascii() and (text := os.fsencode(path).decode("utf-8", "replace")) != path:
            shown[path] = free(text, used, *posixpath.splitext(text))
    return shown, tuple(_illegible(path) for path in shown.values())


def _illegible(path: str) -> Problem:
    message = "the name of this file is no UTF-8; its bytes are shown as \ufffd"
    return Problem(Kind.NOT_UTF8, Position(path, 1, 1), message, "Rename the file.")


def sort_out(root: Path, paths: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Keep the paths whose files lie in the folder itself; tell the others."""
    base = root.resolve()
    real_folders: dict[Path, Path] = {}
    kept: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        file = base / path
        if file.parent not in real_folders:
            real_folders[file.parent] = file.parent.resolve()
        real_folder = real_folders[file.parent]
        real = file.resolve() if file.is_symlink() else real_folder / file.name
        if not real.is_file():
            problems.append(_refused(path, "leads to no file") if file.is_symlink() else _unreadable(path, "no file"))
        elif not real.is_relative_to(base):
            problems.append(_refused(path, "leads out of the folder of notes; it is not published"))
        elif real_folder != file.parent:
            problems.append(_refused(path, "lies behind a link to a folder that is here already"))
        elif not os.access(real, os.R_OK):
            problems.append(_unreadable(path, "a file that may not be read"))
        else:
            kept.append(path)
    return tuple(kept), tuple(problems)


def _unreadable(path: str, what: str) -> Problem:
    way_out = "Allow reading it, or put a copy in its place."
    return Problem(Kind.UNREADABLE, Position(path, 1, 1), f"this is {what}; it is not published", way_out)


def _refused(path: str, why: str) -> Problem:
    return Problem(
        Kind.LEAVES_FOLDER, Position(path, 1, 1), f"the symbolic link {why}", "Put a copy of the file in its place."
    )


def paths_in(root: Path) -> Iterator[str]:
    """All files below a folder that are not hidden, by their path with `/`."""
    for folder, folders, files in os.walk(root, followlinks=True):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _loops(here / name))
        below = here.relative_to(root)
        yield from ((below / name).as_posix() for name in sorted(files) if not name.startswith("."))


def _loops(folder: Path) -> bool:
    """A link to a folder above itself would be walked without end."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())
