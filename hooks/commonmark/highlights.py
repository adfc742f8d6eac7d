"""In: events of a page. Out: where the two marks of each `==highlight==` are.

Source: Obsidian's help, "Basic formatting syntax". `text_marks` finds the same ones in the page's tree.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .events import INLINE_TAGS, Event, Kind
from .spans import Span, around, character_after, character_before, within

_MARK: Final = re.compile(rb"(?<!=)==(?!=)")


def highlights(
    events: Sequence[Event], addresses: Sequence[Span], source: bytes, apart: Sequence[Span] = ()
) -> Iterator[tuple[Span, Span]]:
    """Pair the marks in one element, neither with a blank beside it on the inside.

    `addresses` are bare ones; what is `apart` stands elsewhere on the page, or nowhere.
    """
    described = [(event.start, event.end) for event in events if event.tag == "Image"]
    opened: list[dict[Span | None, Span]] = []  # in the block, then in each element around: by what it is apart in
    for event in events:
        if event.tag in INLINE_TAGS and event.kind is Kind.START:
            opened.append({})
        elif event.tag in INLINE_TAGS:
            del opened[-1:]
        elif event.tag:
            opened = [] if event.opens("CodeBlock") else [{}]
        elif event.kind is Kind.TEXT and "==" in event.data and opened and not within(described, event.start):
            yield from _pairs(_marks(event, addresses, source), opened[-1], apart, source)


def _pairs(
    marks: Iterable[Span], opened: dict[Span | None, Span], apart: Sequence[Span], source: bytes
) -> Iterator[tuple[Span, Span]]:
    """Pair some marks with what is open, by what it is apart in; what they leave open stays so."""
    for start, end in marks:
        room = around(apart, start)
        first = opened.get(room)
        if first is None and not character_after(source, end).isspace():
            opened[room] = start, end
        elif first and not character_before(source, start).isspace():
            yield first, (start, end)
            del opened[room]


def _marks(event: Event, addresses: Sequence[Span], source: bytes) -> Iterator[Span]:
    """Each `==` of a text, but for one that is escaped or within an address; one may end there."""
    for mark in _MARK.finditer(source, event.start, event.end):
        start, end = mark.span()
        is_escaped = start == event.start and source[start - 1 : start] == b"\\"
        if not is_escaped and not (within(addresses, start) and within(addresses, end)):
            yield start, end
