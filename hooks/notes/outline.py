"""Outline: a note's headings with the ids that its page gives them. In: what the reader found. Out: the headings.

The code that makes the page's headings is asked; it is given the events that stage 2 will see.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from commonmark import headings, marks
from commonmark.events import BREAKS, LITERALS, Event, Kind
from commonmark.events import Link as WrittenLink
from notes.note import Heading, displayed_target
from notes.reader import Reader
from notes.shown import is_refused, without_comments, without_size

_LABELLED_WIKI_LINK = {"WikiLink": {"has_pothole": True}}
_PILL = WrittenLink(f"{marks.FLAG_PAGE}#{marks.FLAG_PREFIX}", "", "Inline")


def outline(reader: Reader) -> tuple[Heading, ...]:
    """All headings, in order."""
    if not reader.headings:
        return ()
    found = headings.outline(list(_as_shown(reader)) if reader.flagged or reader.linked else reader.outlined)
    return tuple(
        Heading(
            heading.written_level, heading.text, heading.anchor, start, end, at, heading.is_empty, heading.level == 1
        )
        for at, heading in zip(reader.headings, found, strict=True)
        for _, start, end, _ in (reader.blocks[at],)
    )


def _as_shown(reader: Reader) -> Iterator[Event]:
    """The events after the edits of stage 1, as far as headings can tell.

    Flags are pills, `[[A#B]]` and `[[A#B|]]` say `A > B`, HTML in the label of a wiki link is text.
    """
    target, in_label = "", False
    for event in _allowed(reader.events if reader.flagged else reader.outlined):
        kind = event.kind
        if event.tag == "Link":
            if target:  # nothing is behind its bar
                yield from _with_pills(event._replace(kind=Kind.TEXT, tag="", data=displayed_target(target)), reader)
            written = event.data.kind if kind is Kind.START else None
            target = _said(event, reader) if isinstance(written, dict) else ""
            in_label = written == _LABELLED_WIKI_LINK
        if kind is Kind.TEXT or kind in LITERALS:
            shown = event._replace(data=displayed_target(target)) if target else event
            target = ""
            yield from _with_pills(shown, reader)
        elif kind is Kind.INLINE_HTML and in_label:
            yield event._replace(kind=Kind.TEXT)
        else:
            yield event


def _allowed(events: Iterable[Event]) -> Iterator[Event]:
    """The events with the words of pictures that no page may have in their places, see `schemes`."""
    depth = 0
    words: list[str] = []
    for event in events:
        is_refused_picture = event.opens("Image") and not isinstance(event.data.kind, dict)
        if event.tag == "Image" and (depth or (is_refused_picture and is_refused(event.data.destination, embeds=True))):
            depth += 1 if event.kind is Kind.START else -1
            if not depth:
                yield event._replace(kind=Kind.TEXT, tag="", data=without_size("".join(words)))
                words.clear()
        elif not depth:
            yield event
        elif event.kind is Kind.TEXT or event.kind in LITERALS:
            words.append(event.data)
        elif event.kind in BREAKS:
            words.append(" ")


def _said(event: Event, reader: Reader) -> str:
    """The target that a wiki link says; empty if it has words of its own."""
    _, _, label = reader.source.text[event.start : event.end].removesuffix(b"]]").partition(b"|")
    return "" if label.strip() else event.data.destination


def _with_pills(event: Event, reader: Reader) -> Iterator[Event]:
    """Words with a pill in the place of each flag; of its reason nothing is left."""
    first = bisect_right(reader.flagged, event.start, key=lambda span: span[1])
    flagged = reader.flagged[first : bisect_left(reader.flagged, event.end, first, key=lambda span: span[0])]
    if not flagged:
        yield from (event,) if event.data else ()
        return
    text, at = reader.source.text, event.start
    for start, end in flagged:
        if words := without_comments(text, reader.comments, at, start):
            yield event._replace(data=words)
        if start >= event.start:
            yield event._replace(kind=Kind.START, tag="Link", data=_PILL)
            yield event._replace(kind=Kind.END, tag="Link", data=None)
        at = end
    if rest := without_comments(text, reader.comments, at, event.end):
        yield event._replace(data=rest)
