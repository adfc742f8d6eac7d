"""Patches: what git's `log --patch` and `diff` print, as values. In: bytes. Out: commits, files, hunks, lines.

Source of the format: git's manual, "Generating patch text with -p". A line of a file starts with a blank, `+` or `-`
in a patch, so nothing that a note says can be taken for a line of git's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final, NamedTuple

from notes.names import path_as_text

HEADER: Final = "%x01%H%x00%at%x00%aN"
"""The format of `git log` that `read_log` understands: no patch's line starts with U+0001."""

CONTEXT: Final = 3
"""Lines that a patch shows around each change: what a flag that stands alone marks comes after it."""

_RANGES = re.compile(rb" -(?P<old>\d+)[^+]* \+(?P<new>\d+)")
_IDS = re.compile(rb"^index (?P<old>[0-9a-f]{40,64})\.\.(?P<new>[0-9a-f]{40,64})", re.MULTILINE)
_RENAMES = re.compile(rb"(?:\A|\0)\x01([0-9a-f]{40,64})\0\n?")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))
# Tried from the start of a word alone, so that no long word is tried from each of its letters.
_ADDRESS = re.compile(r"[<(\[]?(?<![^\s<>()\[\]])[^\s<>()\[\]]+@[^\s<>()\[\]]+[>)\]]?")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
"""What no name needs, and a page or a terminal may obey: a sign of these turns the text around it."""
_LONGEST_NAME = 200
"""Characters of an author's name that are shown, beside each passage."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Mark(Enum):
    """What a commit did to a line of the commit before, which of a merge is the first of its parents."""

    KEPT = " "
    ADDED = "+"
    REMOVED = "-"

    @property
    def is_old(self) -> bool:
        """Whether the line was there before."""
        return self is not Mark.ADDED

    @property
    def is_new(self) -> bool:
        """Whether the line is there afterwards."""
        return self is not Mark.REMOVED


_MARKS: Final = {mark.value.encode(): mark for mark in Mark}


class Line(NamedTuple):
    """One line of a hunk."""

    mark: Mark
    text: bytes
    """Without its end."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that follow each other."""

    old: int
    """Number of the first line before the change, from 1."""
    new: int
    """And after it."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FilePatch:
    """What changed in one file."""

    old: str
    """Path from the top of the repository; empty if the file is new."""
    new: str
    """Empty if the file is gone."""
    hunks: tuple[Hunk, ...]
    blob: str = ""
    """Git's id of what it held before; empty if it is new."""
    new_blob: str = ""
    """And of what it holds afterwards, which git does not keep before it is committed; empty if it is gone."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who did something, and when."""

    name: str
    """As git has it, without e-mail addresses and control characters: untrusted text."""
    time: datetime
    """In UTC."""

    @property
    def day(self) -> str:
        """`2024-05-31`."""
        return self.time.date().isoformat()


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit."""

    id: str
    author: Author | None
    """None if git has no date for it that a calendar has."""
    files: tuple[FilePatch, ...]


def read_log(output: bytes) -> Iterator[Commit]:
    """The commits of a log with the format `HEADER`."""
    for chunk in (b"\n" + output).split(b"\n\x01")[1:]:
        header, _, patch = chunk.partition(b"\n")
        commit, seconds, name = (*header.split(b"\0", 2), b"", b"")[:3]
        yield Commit(commit.decode("ascii", "replace"), read_author(name, seconds), read_patch(patch))


def read_author(name: bytes, seconds: bytes) -> Author | None:
    """Who and when, from a name and seconds since 1970."""
    try:
        time = _EPOCH + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None
    return Author(_without_addresses(_UNSEEN.sub(" ", name.decode("utf-8", "replace"))), time)


def read_patch(patch: bytes) -> tuple[FilePatch, ...]:
    """The files of one patch, those without lines left out."""
    files = (_file(chunk) for chunk in (b"\n" + patch).split(b"\ndiff --")[1:])
    return tuple(file for file in files if file.hunks)


def read_renames(output: bytes) -> dict[str, dict[str, str]]:
    """For each commit's id, the old and new paths, from `log --format=%x01%H --name-status -z`."""
    _, *parts = _RENAMES.split(output)
    return {commit.decode(): read_moves(fields) for commit, fields in zip(parts[::2], parts[1::2], strict=True)}


def read_moves(fields: bytes) -> dict[str, str]:
    """Old and new paths, from `--name-status -z`: each has three fields, the first says how sure git is."""
    parts = [path_as_text(field) for field in fields.split(b"\0")]
    return dict(zip(parts[1::3], parts[2::3], strict=False))


def _without_addresses(name: str) -> str:
    bare = " ".join(_ADDRESS.sub(" ", name).split())
    return (bare or name.strip("<([ ").partition("@")[0].strip())[:_LONGEST_NAME].rstrip()


def _file(chunk: bytes) -> FilePatch:
    head, *hunks = chunk.split(b"\n@@")
    names = {line[:4]: line[4:] for line in head.split(b"\n")}
    old, new = (_path(names.get(mark, b"")) for mark in (b"--- ", b"+++ "))
    ids = _IDS.search(head)
    blob = ids["old"].decode() if ids and old else ""
    new_blob = ids["new"].decode() if ids and new else ""
    return FilePatch(old, new, tuple(filter(None, map(_hunk, hunks))), blob, new_blob)


def _path(written: bytes) -> str:
    """A path after `---` or `+++`: quoted if it has odd characters, with a tab at its end if it has blanks."""
    written = written.removesuffix(b"\t")
    if written == b"/dev/null":
        return ""
    if written.startswith(b'"'):
        written = _ESCAPE.sub(lambda match: bytes([_character(match[1])]), written[1:-1])
    return path_as_text(written[2:])


def _character(escape: bytes) -> int:
    return int(escape, 8) if len(escape) > 1 else _ESCAPED.get(escape[0], escape[0])


def _hunk(chunk: bytes) -> Hunk | None:
    head, _, body = chunk.partition(b"\n")
    ranges = _RANGES.match(head)
    if ranges is None:
        return None
    lines = ((_MARKS.get(line[:1]), line[1:]) for line in body.split(b"\n"))
    return Hunk(int(ranges["old"]), int(ranges["new"]), tuple(Line(mark, text) for mark, text in lines if mark))
