"""In: the source and its events. Out: where `%%comments%%` are, and the source with them blotted out."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from .events import INLINE_TAGS, Event, Kind

Span = tuple[int, int]
"""Byte offsets into the source, the second exclusive."""

BLOT: Final = "\x04"
"""Stands for one byte of a comment within a line; no text shows it."""

_MARK: Final = b"%%"
_PREFIX = re.compile(rb"[ \t>]*")
_ANY = re.compile(rb"[^\n]")


def comment_spans(source: bytes, events: Iterable[Event]) -> tuple[Span, ...]:
    """Find what Obsidian hides: from `%%` to the next in one block, or all between two lines of `%%`."""
    if _MARK not in source:
        return ()
    marks = _marks(source, events)
    later = _next_alone(marks)
    spans: list[Span] = []
    i = 0
    while i < len(marks):
        partner = later[i] if marks[i].alone else None
        if partner is None and i + 1 < len(marks) and marks[i + 1].block == marks[i].block:
            partner = i + 1
        if partner is not None:
            spans.append((marks[i].at, marks[partner].at + len(_MARK)))
        i = (i if partner is None else partner) + 1
    return tuple(spans)


def without_comments(source: bytes, spans: Iterable[Span]) -> bytes:
    """Blot comments out and keep every offset: within a line by `BLOT`, whole lines by blanks."""
    kept = bytearray(source)
    for start, end in spans:
        whole_lines = _is_alone(source, start) and _is_alone(source, end - len(_MARK))
        blot = _blank_lines if whole_lines else _blots
        kept[start:end] = blot(source, start, end)
    return bytes(kept)


def _blots(_: bytes, start: int, end: int) -> bytes:
    return BLOT.encode() * (end - start)


def _blank_lines(source: bytes, start: int, end: int) -> bytes:
    """Blanks, but in a quote the signs that keep it one quote."""
    quoted = source[start - 1 : start] == b">" or source[start - 2 : start] == b"> "
    lines = source[start:end].split(b"\n")
    return b"\n".join(_blank(line, quoted=quoted and i > 0) for i, line in enumerate(lines))


def _blank(line: bytes, *, quoted: bool) -> bytes:
    prefix = _PREFIX.match(line)
    kept = prefix.end() if quoted and prefix else 0
    return line[:kept] + _ANY.sub(b" ", line[kept:])


class _Mark(NamedTuple):
    at: int
    """Byte offset of `%%`."""
    block: int
    """Counts the blocks; marks of one block have one number."""
    alone: bool
    """Nothing else is on its line."""


def _marks(source: bytes, events: Iterable[Event]) -> list[_Mark]:
    """Every `%%` of the text: not of code, maths or HTML, and not an escaped one."""
    marks: list[_Mark] = []
    block, before, in_code = 0, 0, False
    for kind, tag, _, start, end in events:
        if tag:
            if tag not in INLINE_TAGS:
                block += 1
                in_code = kind is Kind.START and tag == "CodeBlock"
            continue
        if kind is Kind.TEXT and not in_code and source.find(_MARK, start, end) >= 0:
            # An escape is the one byte that lies between two events of text.
            is_escaped = start > before and source[start - 1 : start] == b"\\"
            marks += (_Mark(at, block, _is_alone(source, at)) for at in _finds(source, start + is_escaped, end))
        before = end
    return marks


def _finds(source: bytes, start: int, end: int) -> Iterator[int]:
    at = source.find(_MARK, start, end)
    while at >= 0:
        yield at
        at = source.find(_MARK, at + len(_MARK), end)


def _is_alone(source: bytes, at: int) -> bool:
    """Look no further than the blanks beside the mark, so that a long line costs no more than its length."""
    left = at
    while left and source[left - 1] in b" \t>":
        left -= 1
    right = at + len(_MARK)
    while right < len(source) and source[right] in b" \t\r":
        right += 1
    return (left == 0 or source[left - 1] in b"\n") and (right == len(source) or source[right] in b"\n")


def _next_alone(marks: list[_Mark]) -> list[int | None]:
    """For each mark, the first later one that has a line to itself."""
    later: list[int | None] = []
    latest = None
    for i in range(len(marks) - 1, -1, -1):
        later.append(latest)
        latest = i if marks[i].alone else latest
    return later[::-1]
