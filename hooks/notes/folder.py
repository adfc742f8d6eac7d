"""Folder: what of a folder on disk belongs to the site. In: a path. Out: bytes of the notes, paths of the rest.

Only reads. Hidden files and folders (`.obsidian`, `.git`, `.trash`) are left out, and so is whatever a
symbolic link takes from elsewhere: it is told, never published.
"""

import os
import posixpath
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pathspec import GitIgnoreSpec

from notes.addresses import free
from notes.names import becomes_page, path_as_text
from notes.problems import Kind, Position, Problem


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder."""

    notes: dict[str, bytes]
    """The bytes of each note and canvas, by its path below the folder, with `/`."""
    assets: tuple[str, ...]
    """Paths of all other files."""
    problems: tuple[Problem, ...]
    withheld: tuple[str, ...] = ()
    """Paths of what the settings keep off the site."""
    on_disk: Mapping[str, str] = field(default_factory=dict)
    """The paths of the files that are shown by others, see `legible`."""


def read_folder(root: Path, unpublished: Sequence[str] = ()) -> Folder:
    """Read a folder of notes; see `published` for `unpublished`."""
    paths = tuple(paths_in(root))
    on_site = frozenset(published(paths, unpublished))
    kept, problems = sort_out(root, tuple(path for path in paths if path in on_site))
    shown, more = legible(kept)
    notes = {shown.get(path, path): (root / path).read_bytes() for path in kept if becomes_page(path)}
    assets = tuple(shown.get(path, path) for path in kept if not becomes_page(path))
    withheld = tuple(path for path in paths if path not in on_site)
    return Folder(notes, assets, (*problems, *more), withheld, {text: path for path, text in shown.items()})


def published(paths: Iterable[str], unpublished: Sequence[str]) -> Iterator[str]:
    """Leave out the paths that any of some texts names, each of which holds patterns as a `.gitignore` does."""
    specs = [GitIgnoreSpec.from_lines(text.splitlines()) for text in unpublished]
    return (path for path in paths if not any(spec.match_file(path) for spec in specs))


def legible(paths: Collection[str]) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Give text for the paths that hold bytes that are no UTF-8, which no page and no address can hold."""
    used = {path.casefold(): 1 for path in paths}
    shown: dict[str, str] = {}
    for path in paths:
        if not path.isascii() and (text := path_as_text(os.fsencode(path))) != path:
            shown[path] = free(text, used, *posixpath.splitext(text))
    return shown, tuple(_illegible(path) for path in shown.values())


def _illegible(path: str) -> Problem:
    message = "the name of this file is not UTF-8; its bytes are shown as \ufffd"
    return Problem(Kind.NOT_UTF8, Position(path, 1, 1), message, "Rename the file.")


def sort_out(root: Path, paths: Collection[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Keep the paths whose files lie in the folder itself; tell the others."""
    base, published = root.resolve(), frozenset(paths)
    kept: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        file = base / path
        if reason := _unlinkable(file, base, published) if file.is_symlink() else "":
            problems.append(_refused(path, reason))
        elif reason := _unreadable(file):
            problems.append(_no_file(path, reason))
        else:
            kept.append(path)
    return tuple(kept), tuple(problems)


def _unlinkable(link: Path, base: Path, published: Container[str]) -> str:
    """Why what a symbolic link leads to is not published; empty if it is."""
    try:
        real = link.resolve(strict=True)
    except (OSError, RuntimeError):  # a loop is the one or the other, by the version of Python
        return "leads to no file"
    if not real.is_relative_to(base):
        return "leads out of the folder of notes; it is not published"
    if any(part.startswith(".") for part in real.relative_to(base).parts):
        return "leads to what is hidden; it is not published"
    if real.is_dir():
        return "leads to a folder that is here already"
    if real.relative_to(base).as_posix() not in published:
        return "leads to what is not published"
    # As a file it would be published whole, also where its author keeps the note back.
    return (
        "leads to a note, but its own name is not that of a note"
        if becomes_page(real.name) and not becomes_page(link.name)
        else ""
    )


def _unreadable(file: Path) -> str:
    """What a file is that nobody can read; empty if it can be read."""
    if file.is_dir():
        return "a folder that may not be read"
    if not file.is_file():
        return "not a file"
    return "" if os.access(file, os.R_OK) else "a file that may not be read"


def _no_file(path: str, what: str) -> Problem:
    way_out = "Allow reading it, or put a copy in its place."
    return Problem(Kind.UNREADABLE, Position(path, 1, 1), f"this is {what}; it is not published", way_out)


def _refused(path: str, why: str) -> Problem:
    return Problem(
        Kind.LEAVES_FOLDER, Position(path, 1, 1), f"the symbolic link {why}", "Put a copy of the file in its place."
    )


def paths_in(root: Path) -> Iterator[str]:
    """All files below a folder that are not hidden, by their path with `/`.

    A folder behind a symbolic link is not entered: it may lead above itself, or to all of a disk. Such a folder, and
    one that cannot be read, is given by its own path, for `sort_out` to tell.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            # By the dot, a folder that may be listed but not entered is an error too.
            entries = [entry for entry in os.scandir(f"{root / folder}/.") if not entry.name.startswith(".")]
        except OSError:
            yield folder
            continue
        folders = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
        below = f"{folder}/" if folder else ""
        yield from (below + entry.name for entry in sorted(entries, key=_name) if entry.name not in folders)
        waiting += (below + name for name in sorted(folders, reverse=True))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
