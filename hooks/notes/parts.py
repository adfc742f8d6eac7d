"""Parts: what of a note stands in some byte ranges. In: a note, or a list of its parts, and ranges. Out: those alone.

A thousand notes may each embed a line of one that is a book, or that note itself may do so: each embed costs what it
shows, and no look at all that the note has.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import TypeVar

from commonmark.spans import Span
from notes.note import Note

_Part = TypeVar("_Part")
_start = attrgetter("start")


def part_of(note: Note, ranges: Sequence[Span]) -> Note:
    """The same note, but of what stands within blocks only that which starts in some ranges, in order.

    Its blocks, headings and ids are all there: what is around a place is asked of them.
    """
    return replace(
        note,
        links=tuple(starting_in(note.links, ranges, _start)),
        tags=tuple(starting_in(note.tags, ranges, _start)),
        footnotes=tuple(starting_in(note.footnotes, ranges, _start)),
        runs=tuple(starting_in(note.runs, ranges, _start)),
        html=tuple(starting_in(note.html, ranges, itemgetter(0))),
        comments=tuple(starting_in(note.comments, ranges, itemgetter(0))),
    )


def starting_in(parts: Sequence[_Part], ranges: Sequence[Span], start: Callable[[_Part], int]) -> Iterator[_Part]:
    """The parts that start in some ranges; none of them may reach over the edge of one."""
    for first, last in ranges:
        at = bisect_left(parts, first, key=start)
        while at < len(parts) and start(parts[at]) < last:
            yield parts[at]
            at += 1
