"""One author's file as text: bytes in, valid UTF-8 and positions out.

All offsets of stage 1 are byte offsets into `Source.text`; lines and columns are made only to be shown.
"""

import codecs
from dataclasses import dataclass
from typing import NewType

from notes.problems import Kind, Position, Problem

ByteOffset = NewType("ByteOffset", int)
"""From 0, into a file's UTF-8 text."""

NotePath = NewType("NotePath", str)
"""A note's path below the folder of notes, with `/`, as on disk."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. Line ends, a byte order mark aside, are as the author wrote them."""

    path: NotePath
    text: bytes
    """Valid UTF-8 without NUL and without a byte order mark."""

    def position(self, offset: int) -> Position:
        """Where a byte offset stands in the author's editor."""
        start = self.text.rfind(b"\n", 0, offset) + 1
        line = self.text.count(b"\n", 0, offset) + 1
        column = len(self.text[start:offset].decode("utf-8", "ignore")) + 1
        return Position(self.path, line, column)

    def line_at(self, offset: int) -> str:
        """The author's line around a byte offset, without its end."""
        start = self.text.rfind(b"\n", 0, offset) + 1
        end = self.text.find(b"\n", offset)
        return self.text[start : end if end >= 0 else None].rstrip(b"\r").decode("utf-8", "ignore")

    def problem(self, kind: Kind, offset: int, message: str, way_out: str) -> Problem:
        """A problem at a byte offset of this file."""
        return Problem(kind, self.position(offset), message, way_out, self.line_at(offset))


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
        f"byte 0x{source.text[error.start]:02X} is no UTF-8; it is shown as \ufffd",
        "Save the file as UTF-8.",
    )


def _has_nul(source: Source, offset: int) -> Problem:
    return source.problem(
        Kind.NUL,
        offset,
        "a NUL character; it is shown as \ufffd",
        "Delete the character.",
    )
