"""One author's file as text: bytes in, valid UTF-8 and positions out.

All offsets of stage 1 are byte offsets into `Source.text`; lines and columns are made only to be shown.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, NewType

from commonmark.spans import LONGEST_CHARACTER
from notes.problems import EXCERPT, EXCERPT_BEFORE, Kind, Position, Problem

NotePath = NewType("NotePath", str)
"""A note's path below the folder of notes, with `/`, as on disk."""

NOTE_ENDINGS: Final = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs makes pages of and Obsidian, or its users, call a note; in any case."""

CANVAS_ENDING: Final = ".canvas"
BASE_ENDING: Final = ".base"
"""Of what becomes a page too, but is linked to by its whole name."""

_STEP: Final = 4096
"""Bytes between two marks: to find one place among thousands costs no more than to count so far."""
_CONTINUATION: Final = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that start no character."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. Line ends, a byte order mark aside, are as the author wrote them."""

    path: NotePath
    text: bytes
    """Valid UTF-8 without NUL and without a byte order mark."""

    def position(self, offset: int) -> Position:
        """Where a byte offset stands in the author's editor."""
        mark, start = _mark_before(self.text, offset), self._line_start(offset)
        line = mark.lines + self.text.count(b"\n", mark.at, offset) + 1
        return Position(self.path, line, _characters(self.text, offset) - _characters(self.text, start) + 1)

    def excerpt(self, offset: int) -> str:
        """What a message shows of the author's line around a byte offset; a line may be longer than a book."""
        start = max(self._line_start(offset), offset - EXCERPT_BEFORE * LONGEST_CHARACTER)
        before = self.text[start:offset].decode("utf-8", "ignore")[-EXCERPT_BEFORE:]
        line, _, _ = self.text[offset : offset + EXCERPT * LONGEST_CHARACTER].partition(b"\n")
        return (before + line.rstrip(b"\r").decode("utf-8", "ignore"))[:EXCERPT]

    def _line_start(self, offset: int) -> int:
        mark = _mark_before(self.text, offset)
        return self.text.rfind(b"\n", mark.at, offset) + 1 or mark.line_start

    def problem(self, kind: Kind, offset: int, message: str, way_out: str) -> Problem:
        """A problem at a byte offset of this file."""
        return Problem(kind, self.position(offset), message, way_out, self.excerpt(offset))


class _Mark(NamedTuple):
    """What is before a place in a text."""

    at: int
    lines: int
    characters: int
    line_start: int
    """Where the line that the place is in starts."""


@lru_cache(maxsize=16)
def _marks(text: bytes) -> Sequence[_Mark]:
    return tuple(_counted(text))


def _counted(text: bytes) -> Iterator[_Mark]:
    mark = _Mark(0, 0, 0, 0)
    yield mark
    for at in range(_STEP, len(text) + 1, _STEP):
        lines = mark.lines + text.count(b"\n", mark.at, at)
        start = text.rfind(b"\n", mark.at, at) + 1 or mark.line_start
        mark = _Mark(at, lines, _characters_from(mark, text, at), start)
        yield mark


def _mark_before(text: bytes, offset: int) -> _Mark:
    return _marks(text)[offset // _STEP]


def _characters(text: bytes, offset: int) -> int:
    return _characters_from(_mark_before(text, offset), text, offset)


def _characters_from(mark: _Mark, text: bytes, offset: int) -> int:
    return mark.characters + len(text[mark.at : offset].translate(None, _CONTINUATION))


def read_source(path: NotePath, data: bytes) -> tuple[Source, tuple[Problem, ...]]:
    """Decode a file; what is no UTF-8 is shown as U+FFFD and told, never an error."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _read_utf16(path, data[len(mark) :], encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    problems: list[Problem] = []
    try:
        data.decode("utf-8")
        text = data
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace").encode("utf-8")
        problems.append(_not_utf8(Source(path, data), error))
    if (nul := text.find(b"\0")) >= 0:
        problems.append(_has_nul(Source(path, text), nul))
        text = text.replace(b"\0", "\ufffd".encode())
    return Source(path, text), tuple(problems)


def _read_utf16(path: NotePath, data: bytes, encoding: str) -> tuple[Source, tuple[Problem, ...]]:
    text = data.decode(encoding, "replace").replace("\0", "\ufffd").encode("utf-8", "replace")
    source = Source(path, text)
    problem = source.problem(Kind.NOT_UTF8, 0, "this file is UTF-16, not UTF-8", "Save it as UTF-8.")
    return source, (problem,)


def _not_utf8(source: Source, error: UnicodeDecodeError) -> Problem:
    return source.problem(
        Kind.NOT_UTF8,
        error.start,
        f"byte 0x{source.text[error.start]:02X} is not valid UTF-8; it is shown as \ufffd",
        "Save the file as UTF-8.",
    )


def _has_nul(source: Source, offset: int) -> Problem:
    return source.problem(
        Kind.NUL,
        offset,
        "a NUL character; it is shown as \ufffd",
        "Delete the character.",
    )
