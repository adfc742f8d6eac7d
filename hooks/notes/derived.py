"""Derived texts: what is made of a file that is no Markdown. In: the file, and pieces of it. Out: a text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from notes.problems import Position
from notes.source import Source


@dataclass(frozen=True, slots=True)
class Derived(Source):
    """A text that is made of a file: what is told of it is told of that file."""

    file: Source
    starts: Sequence[int]
    """Byte offsets at which what is made of a piece of the file begins, …"""
    offsets: Sequence[int]
    """… and where each stands in the file; of what is before the first, the beginning."""

    def position(self, offset: int) -> Position:
        """Where the piece stands in the author's file."""
        return self.file.position(self._in_file(offset))

    def excerpt(self, offset: int) -> str:
        """What a message shows of the author's line."""
        return self.file.excerpt(self._in_file(offset))

    def _in_file(self, offset: int) -> int:
        at = bisect_right(self.starts, offset)
        return self.offsets[at - 1] if at else 0


def derived(file: Source, pieces: Iterable[tuple[str, int]]) -> Derived:
    """A text of some pieces, each with the byte offset in the file that it comes from."""
    encoded = [(text.encode(), offset) for text, offset in pieces]
    starts = tuple(accumulate((len(text) for text, _ in encoded[:-1]), initial=0))
    return Derived(file.path, b"".join(text for text, _ in encoded), file, starts, [offset for _, offset in encoded])
