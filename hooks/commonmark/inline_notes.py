"""In: events. Out: the same, with `^[a note]` as the mention and the definition of a footnote.

Source: Obsidian's help, "Basic formatting syntax", Footnotes. The definition comes right after its mention, so that
offsets stay in order.
"""

from collections.abc import Iterator
from typing import Final

from .events import INLINE_TAGS, Event, Events, Kind
from .spans import Span

_CARET: Final = "^"
_OPEN: Final = "["
_CLOSE: Final = "]"
_ESCAPE: Final = b"\\"
_BARRIER: Final = -1


def with_inline_notes(events: Events, source: bytes) -> Iterator[Event]:
    """Turn each pair of brackets after a caret into a footnote; within one, others are text."""
    pairs = dict(_pairs(events, source))
    i = 0
    while i < len(events):
        event, end = events[i], pairs.get(i + 1)
        if end is None:
            yield event
            i += 1
        else:
            yield event._replace(data=event.data[: -len(_CARET)], end=event.end - len(_CARET))
            yield from _note(events[i + 1], events[i + 2 : end], events[end])
            i = end + 1


def inline_notes(events: Events, source: bytes) -> Iterator[Span]:
    """Give the span of each `^[a note]`, its caret included; within one, others are text."""
    done = 0
    for start, end in sorted(_pairs(events, source)):
        if start >= done:
            yield events[start].start - len(_CARET), events[end].end
            done = end


def _note(opening: Event, inner: Events, closing: Event) -> Iterator[Event]:
    """Give the mention and the definition; no author's footnote can have the label."""
    label = f"{_CARET}{_OPEN}{opening.start}"
    start, end = opening._replace(kind=Kind.START), closing._replace(kind=Kind.END)
    yield opening._replace(kind=Kind.FOOTNOTE_REFERENCE, data=label)
    yield start._replace(tag="FootnoteDefinition", data=label)
    yield start._replace(tag="Paragraph", data=None)
    yield from inner
    yield end._replace(tag="Paragraph", data=None)
    yield end._replace(tag="FootnoteDefinition", data=None)


def _pairs(events: Events, source: bytes) -> Iterator[tuple[int, int]]:
    """Match brackets as text, none across a block or the edge of an inline element; linear in the events."""
    opened: list[int] = []
    for i, event in enumerate(events):
        if event.tag:
            _cross(event, opened)
        elif event.kind is not Kind.TEXT or _is_escaped(event, events[i - 1], source):
            continue
        elif event.data == _OPEN:
            opened.append(i)
        elif event.data == _CLOSE and opened and opened[-1] != _BARRIER:
            start = opened.pop()
            if i > start + 1 and _is_marked(events[start - 1], events[start - 2], source):
                yield start, i


def _cross(edge: Event, opened: list[int]) -> None:
    if edge.tag not in INLINE_TAGS:
        opened.clear()
    elif edge.kind is Kind.START:
        opened.append(_BARRIER)
    else:
        while opened and opened.pop() != _BARRIER:
            pass


def _is_marked(caret: Event, before: Event, source: bytes) -> bool:
    """Ask whether the event before a bracket ends in a caret that is not escaped."""
    if caret.kind is not Kind.TEXT or not caret.data.endswith(_CARET):
        return False
    return caret.data != _CARET or not _is_escaped(caret, before, source)


def _is_escaped(event: Event, before: Event, source: bytes) -> bool:
    is_apart = before.kind is Kind.START or before.end < event.start
    return is_apart and source[event.start - 1 : event.start] == _ESCAPE
