"""Edits to a note's text in memory: values that are sorted, checked and applied; never written to a file."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commonmark.marks import JOINER
from commonmark.spans import Span, character_after

_MARK_AFTER_WORD = re.compile(rb"(?<![!-/:-@\[-`{-~])(?:\*+|~~)")
_NO_WORD = "PSZC"
"""First letters of Unicode's categories."""


class OverlapError(Exception):
    """Two features want to change the same bytes: a bug of ours, never the author's fault."""


class Edit(NamedTuple):
    """Replace the bytes from `start` to `end` of a note's text."""

    start: int
    end: int
    text: bytes
    feature: str
    """Who asks for it; named when two edits overlap."""

    @classmethod
    def replacement(cls, start: int, end: int, text: str, feature: str) -> "Edit":
        """Put `text` in the place of a range that is not empty."""
        if start >= end:
            message = f"{feature}: nothing to replace at {start}"
            raise ValueError(message)
        return cls(start, end, text.encode(), feature)

    @classmethod
    def link(cls, source: bytes, start: int, end: int, link: str, feature: str) -> "Edit":
        """Put a link in the place of a range, and keep it apart from what stands right beside it.

        A `!` would make it a picture, `[…]` a part of a link by reference; a wiki link before it is written anew. A
        mark right after it, as in `**#tag**s`, must close as it does after a word.
        """
        if source[start - 1 : start] == b"]" and source[start - 2 : start] != b"]]":
            link = f"<wbr>{link}"
        if _closes_between_words(source, end):
            link += JOINER
        edit = cls.replacement(start, end, link, feature)
        if source[start - 1 : start] != b"!" or is_escaped(source, start - 1):
            return edit
        return cls(start - 1, end, b"\\!" + edit.text, feature)

    @classmethod
    def insertion(cls, at: int, text: str, feature: str) -> "Edit":
        """Put `text` before the byte at `at`."""
        if not text:
            message = f"{feature}: nothing to insert at {at}"
            raise ValueError(message)
        return cls(at, at, text.encode(), feature)

    @classmethod
    def deletion(cls, start: int, end: int, feature: str) -> "Edit":
        """Take a range that is not empty away."""
        if start >= end:
            message = f"{feature}: nothing to delete at {start}"
            raise ValueError(message)
        return cls(start, end, b"", feature)


def outside(ranges: Sequence[Edit], edits: Iterable[Edit]) -> list[Edit]:
    """The edits that lie in none of the ranges, each of which is replaced as a whole; what is put before one does."""
    ordered = sorted(ranges)
    if not ordered:
        return list(edits)
    starts = [edit.start for edit in ordered]

    def is_free(edit: Edit) -> bool:
        before = bisect_right(starts, edit.start) - 1
        return before < 0 or ordered[before].end <= edit.start or edit.end == ordered[before].start

    return [edit for edit in edits if is_free(edit)]


def _closes_between_words(source: bytes, at: int) -> bool:
    """Whether a mark of emphasis stands between two characters that are no punctuation (CommonMark, "Emphasis")."""
    mark = _MARK_AFTER_WORD.match(source, at)
    following = character_after(source, mark.end()) if mark else ""
    return bool(following) and unicodedata.category(following)[0] not in _NO_WORD


def is_escaped(source: bytes, at: int) -> bool:
    """Whether an odd number of backslashes stands before a byte offset."""
    first = at
    while first and source[first - 1] == ord("\\"):
        first -= 1
    return (at - first) % 2 == 1


def apply(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with the edits, the same in any order of arrival; raises OverlapError if two edits meet."""
    return _applied(text, sorted(edits), 0, len(text))


def apply_to(text: bytes, edits: Iterable[Edit], ranges: Iterable[Span]) -> list[str]:
    """The same for some byte ranges of the text, each with the edits that fall inside."""
    ordered = sorted(edits)
    return [_applied(text, _starting_in(ordered, *span), *span).decode() for span in ranges]


def _starting_in(edits: Sequence[Edit], start: int, end: int) -> Sequence[Edit]:
    first = bisect_left(edits, start, key=lambda edit: edit.start)
    return edits[first : bisect_right(edits, end, lo=first, key=lambda edit: edit.start)]


def _applied(text: bytes, edits: Iterable[Edit], start: int, end: int) -> bytes:
    pieces: list[bytes] = []
    done = start
    last = ""
    for edit in edits:
        if edit.end > end:
            continue
        if edit.start < done:
            message = f"edits of {last} and {edit.feature} overlap at byte {edit.start}"
            raise OverlapError(message)
        pieces += (text[done : edit.start], edit.text)
        done, last = edit.end, edit.feature
    pieces.append(text[done:end])
    return b"".join(pieces)
