r"""In: the source and its events. Out: what formulas of several lines say, and the source with each on one line.

To Obsidian (help, "Advanced formatting syntax") such a formula is a block of its own: nothing in it is Markdown. To the
parser it is a part of a paragraph, which ends at a line such as `- \frac{a}{b}`, `=` or an empty one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from .events import LITERALS, RAW_HTML, Event, Kind

MARK: Final = b"$$"
_STAND_IN: Final = b"x"
"""Of each byte between the two marks, line ends too."""

# From the first of some backslashes alone, so that no long row of them is tried from each.
_PLACE = re.compile(rb"(?<!\\)(?P<before>\\*+)\$\$")
_OPENING = re.compile(rb"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++[ \t>]*+)*+\Z")
"""What may stand before a formula on its line: the marks of quotes and items.

Of two blanks behind a mark, each could be the one or the other's: to try all doubles the time with each mark.
"""
_LONGEST_PREFIX: Final = 200
"""Bytes."""
_CLOSING = re.compile(rb"[ \t]*(?:[.,;:][ \t]*|\^[A-Za-z0-9-]+[ \t]*)?\r?(?:\n|\Z)")
_OUTSIDE = re.compile(rb"^[ \t>]*(?:```|~~~|%%)", re.MULTILINE)
"""A line that is in no formula."""


def formulas(source: bytes, events: Iterable[Event]) -> Mapping[int, tuple[int, str]]:
    """Find the formulas of several lines: where each starts, where it ends (byte offsets), and its LaTeX.

    Left alone: those that the parser finds as they are, and whatever else has one `$$` without another one.
    """
    literal = [(event.start, event.end, event.kind) for event in events if _is_literal(event)]
    found: dict[int, tuple[int, str]] = {}
    marks = _marks(source, literal)
    right = {start: end for start, end, kind in literal if kind is Kind.DISPLAY_MATH}
    done = 0
    for at, following in pairwise((*marks, -1)):
        if at < done:
            continue
        end = right.get(at, 0)
        quotes = _quotes(source, at) if following >= 0 else None
        if quotes is not None and _is_block(source, quotes, at, following):
            end = following + len(MARK)
            if right.get(at) != end:
                found[at] = end, _latex(source[at:end], quotes)
        done = max(end, at + len(MARK))
    return found


def on_one_line(source: bytes, found: Mapping[int, tuple[int, str]]) -> bytes:
    """Keep every offset: what is between the marks becomes a word of as many bytes."""
    changed = bytearray(source)
    for start, (end, _) in found.items():
        inner = slice(start + len(MARK), end - len(MARK))
        changed[inner] = _STAND_IN * (inner.stop - inner.start)
    return bytes(changed)


def as_written(event: Event, found: Mapping[int, tuple[int, str]]) -> Event:
    """Give an event that is such a formula its LaTeX."""
    if event.kind is Kind.DISPLAY_MATH and event.start in found:
        return event._replace(data=found[event.start][1])
    return event


def _is_literal(event: Event) -> bool:
    return event.kind in LITERALS or event.kind in RAW_HTML or event.opens("CodeBlock")


def _marks(source: bytes, literal: Sequence[tuple[int, int, Kind]]) -> Sequence[int]:
    """Every `$$` that is not escaped, and in no code or HTML."""
    nowhere = (len(source), len(source))
    hidden = ((start, end) for start, end, kind in literal if kind is not Kind.DISPLAY_MATH)
    start, end = next(hidden, nowhere)
    marks: list[int] = []
    for place in _PLACE.finditer(source):
        at = place.end() - len(MARK)
        while end <= at:
            start, end = next(hidden, nowhere)
        if len(place["before"]) % 2 == 0 and not start <= at < end:
            marks.append(at)
    return marks


def _quotes(source: bytes, at: int) -> int | None:
    """In how many quotes a `$$` stands, if only marks of blocks are before it on its line."""
    first = max(0, at - _LONGEST_PREFIX)
    line = source.rfind(b"\n", first, at)
    is_short = line >= 0 or not first
    return source.count(b">", line + 1, at) if is_short and _OPENING.match(source, line + 1, at) else None


def _is_block(source: bytes, quotes: int, at: int, following: int) -> bool:
    """Whether what is between two marks is a formula of several lines: the second one ends its line, in one quote."""
    inner = source[at + len(MARK) : following]
    if b"\n" not in inner or not inner.strip() or not _CLOSING.match(source, following + len(MARK)):
        return False
    return not _OUTSIDE.search(inner) and all(map(_marks_of(quotes).match, inner.split(b"\n")[1:]))


def _marks_of(quotes: int) -> re.Pattern[bytes]:
    """What a line within so many quotes starts with."""
    return re.compile(rb"(?:[ \t]*>){%d}" % quotes)


def _latex(formula: bytes, quotes: int) -> str:
    """The text between the marks, without the quotes' own; empty lines mean nothing in a formula."""
    first, *others = formula[len(MARK) : -len(MARK)].split(b"\n")
    lines = [first, *(_marks_of(quotes).sub(b"", line, count=1) for line in others)]
    return b"\n".join(line for line in lines if line.strip()).decode()
