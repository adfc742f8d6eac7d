"""Earlier: a folder of notes as a commit has it. In: the folder, a commit. Out: what `folder` and `settings` read."""

import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from maths import NO_PREAMBLE, Preamble
from notes.folder import Folder, legible, published
from notes.history.git import GitError, blobs, git
from notes.names import becomes_page, path_as_text
from notes.obsidian import preamble_of, preamble_path
from notes.problems import Problem
from notes.settings import SETTINGS, Settings, read_settings, settings_in

_LINK, _MODULE = "120000", "160000"
"""Git's modes of a symbolic link and of another repository."""
_LEFT_OUT: Final = b"S "
"""What `ls-files -t` writes before a path that git does not write to disk; before others stands as much."""


def where_it_left(docs: Path, since: str) -> str:
    """The last commit that both have, so that what the other line did later is no change of this one."""
    try:
        commit = git(docs, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    except GitError as error:
        limits = "a shallow clone has only the newest, and a short id may be that of several"
        message = str(error) or f"git knows no commit `{since}` for certain here; {limits}"
        raise GitError(message) from error
    named = commit.split()[-1].decode()
    try:
        return git(docs, "merge-base", named, "HEAD").strip().decode()
    except GitError:
        return named


def settings_at(docs: Path, commit: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings as a commit has them; as they are, if they, or what a link leads to, are elsewhere."""
    try:
        entry = git(docs.parent, "ls-tree", commit, SETTINGS)
    except GitError:
        return read_settings(docs)
    if entry.startswith(_LINK.encode()):
        return read_settings(docs)
    ids = entry.decode().split()[2:3]
    return settings_in(b"".join(blobs(docs, ids)), docs.parent)


def preamble_at(docs: Path, commit: str) -> tuple[Preamble, tuple[Problem, ...]]:
    """What all formulas know as a commit has it."""
    read = partial(_content_at, docs, commit)
    try:
        path = preamble_path(read)
        return preamble_of(path, read(path))
    except FileNotFoundError:
        return NO_PREAMBLE, ()


def _content_at(docs: Path, commit: str, path: str) -> bytes:
    try:
        entries = dict(_entries(git(docs, "ls-tree", "-z", commit, "--", path)))
    except GitError as error:
        raise FileNotFoundError(path) from error
    mode, blob = entries.get(path, (_MODULE, ""))
    if mode in (_LINK, _MODULE):
        raise FileNotFoundError(path)
    return next(iter(blobs(docs, [blob])))


def folder_at(docs: Path, commit: str, settings: Settings, now: Folder) -> tuple[Folder, frozenset[str]]:
    """The folder as a commit has it, and its symbolic links, of which those that lead out of it lead nowhere there.

    What git does not follow here, because it ignores it or another repository has it, is as it is `now`; what a sparse
    checkout leaves out is left out.
    """
    of_commit = _entries(git(docs, "ls-tree", "-r", "-z", commit))
    found = {path: entry for path, entry in of_commit if not any(part.startswith(".") for part in path.split("/"))}
    entries = {path: found[path] for path in published(found, settings.unpublished)}
    shown, illegible = legible(entries)
    files = {shown.get(path, path): blob for path, (mode, blob) in entries.items() if mode not in (_LINK, _MODULE)}
    is_here = dict(_followed(docs))
    files = {path: blob for path, blob in files.items() if is_here.get(path, True)}
    links = {path: blob for path, (mode, blob) in entries.items() if mode == _LINK}
    files |= dict(_led_to(docs, links, files))
    others = {path: text for path, text in now.notes.items() if path not in is_here}
    notes = {**others, **_texts(docs, {path: blob for path, blob in files.items() if becomes_page(path)})}
    assets = {path for path in files if path not in notes} | {path for path in now.assets if path not in is_here}
    withheld = tuple(path for path in found if path not in entries)
    return Folder(notes, tuple(sorted(assets)), illegible, withheld), frozenset(links)


def _led_to(docs: Path, links: Mapping[str, str], files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files that symbolic links in the folder lead to, by the paths of the links; see `folder.sort_out`."""
    for path, target in _texts(docs, links).items():
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(target)))
        if file in files and (becomes_page(path) or not becomes_page(file)):
            yield path, files[file]


def _texts(docs: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """What git has of some files, by their paths."""
    return dict(zip(files, blobs(docs, tuple(files.values())), strict=True))


def _followed(docs: Path) -> Iterator[tuple[str, bool]]:
    """Paths that git follows, or would if it were told to, and whether they are here.

    What git is to pass over is not, in a sparse checkout; a file whose changes somebody keeps to themselves is.
    """
    listing = git(docs, "ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard")
    for entry in listing.split(b"\0")[:-1]:
        path = path_as_text(entry[len(_LEFT_OUT) :])
        yield path, not entry.startswith(_LEFT_OUT) or (docs / path).exists()


def _entries(listing: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    """Paths with their modes and objects."""
    for entry in os.fsdecode(listing).split("\0")[:-1]:
        about, _, path = entry.partition("\t")
        mode, _, blob = about.split(" ")
        yield path, (mode, blob)
