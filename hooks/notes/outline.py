"""Outline: a note's headings with the ids that its page gives them. In: what the reader found. Out: the headings.

The code that makes the page's headings is asked; it is given the events that stage 2 will see.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, takewhile

from commonmark import dialect, headings, marks
from commonmark.events import Kind as Event
from commonmark.events import Link as WrittenLink
from notes.note import Heading, displayed_target
from notes.reader import Reader

_CODE = frozenset({Event.CODE, Event.INLINE_MATH, Event.DISPLAY_MATH})
_BARE_WIKI_LINK = {"WikiLink": {"has_pothole": False}}
_PILL = WrittenLink(f"{marks.FLAG_PAGE}#{marks.FLAG_PREFIX}", "", "Inline")


def outline(reader: Reader) -> tuple[Heading, ...]:
    """All headings, in order."""
    if not reader.headings:
        return ()
    found = headings.outline(list(_as_shown(reader)) if reader.flagged or reader.linked else reader.outlined)
    return tuple(
        Heading(heading.written_level, heading.text, heading.anchor, start, end, at, heading.is_empty)
        for at, heading in zip(reader.headings, found, strict=True)
        for _, start, end, _ in (reader.blocks[at],)
    )


def _as_shown(reader: Reader) -> Iterator[dialect.Event]:
    """The events after the edits of stage 1, as far as headings can tell: flags are pills, `[[A#B]]` says `A > B`."""
    target = ""
    for event in reader.events if reader.flagged else reader.outlined:
        kind = event.kind
        if kind is Event.START and event.tag == "Link" and event.data.kind == _BARE_WIKI_LINK:
            target = event.data.destination
        if kind is Event.TEXT and target:
            yield event._replace(data=displayed_target(target))
            target = ""
        elif reader.flagged and (kind is Event.TEXT or kind in _CODE):
            yield from _with_pills(event, reader)
        else:
            yield event


def _with_pills(event: dialect.Event, reader: Reader) -> Iterator[dialect.Event]:
    """Words with a pill in the place of each flag; of its reason nothing is left."""
    first = bisect_right(reader.flagged, event.start, key=lambda span: span[1])
    flagged = list(takewhile(lambda span: span[0] < event.end, reader.flagged[first:]))
    at = event.start
    for start, end in flagged:
        yield event._replace(data=_words(reader, at, start))
        if start >= event.start:
            yield event._replace(kind=Event.START, tag="Link", data=_PILL)
            yield event._replace(kind=Event.END, tag="Link", data=None)
        at = end
    if rest := _words(reader, at, event.end) if flagged else event.data:
        yield event._replace(data=rest)


def _words(reader: Reader, start: int, end: int) -> str:
    """What the source shows between two byte offsets, without comments."""
    first = bisect_right(reader.comments, start, key=lambda span: span[1])
    cuts = takewhile(lambda span: span[1] <= end, reader.comments[first:])
    edges = [start, *chain.from_iterable(cuts), end]
    shown = (reader.source.text[one:other] for one, other in zip(edges[::2], edges[1::2], strict=True))
    return b"".join(shown).decode()
