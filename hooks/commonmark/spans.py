"""Offsets into a text. In: offsets, spans. Out: the characters that stand there, and which span an offset lies in."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

Span = tuple[int, int]
"""Byte offsets, but where it is said that they count characters; the second exclusive."""

LONGEST_CHARACTER: Final = 4
"""Bytes of UTF-8."""


def within(spans: Sequence[Span], at: int) -> bool:
    """Ask whether an offset lies in one of the spans, which are in order."""
    return around(spans, at) is not None


def around(spans: Sequence[Span], at: int) -> Span | None:
    """Give the span that an offset lies in, of some in order."""
    before = bisect_right(spans, at, key=lambda span: span[0])
    return spans[before - 1] if before and at < spans[before - 1][1] else None


def union(spans: Iterable[Span]) -> Sequence[Span]:
    """Put spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def character_before(text: bytes, at: int) -> str:
    """Give the character that ends at a byte offset; empty at the start."""
    return text[max(0, at - LONGEST_CHARACTER) : at].decode("utf-8", "ignore")[-1:]


def character_after(text: bytes, at: int) -> str:
    """Give the character that starts at a byte offset; empty at the end."""
    return text[at : at + LONGEST_CHARACTER].decode("utf-8", "ignore")[:1]
