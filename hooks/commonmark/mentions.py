"""In: the source and its events. Out: the events with each footnote that stands right before another bracket.

To the parser the brackets of `[^1][a](b)` are one link by reference, and so text where nothing is called `a`. Source:
GFM as GitHub reads it, and Obsidian: what is no link is a footnote, if its page has one of this name.
"""

import re
from collections.abc import Iterator
from typing import Final

from .events import Event, Events, Kind

_MENTION: Final = re.compile(rb"(?<!\\)\[\^[^\[\]\s]+\](?=\[)")


def with_mentions(seen: Events, source: bytes) -> Events:
    """Read them as mentions."""
    return tuple(_mentioned(seen, source)) if b"[^" in source and _MENTION.search(source) else seen


def _mentioned(seen: Events, source: bytes) -> Iterator[Event]:
    labels = {event.data.casefold(): event.data for event in seen if event.opens("FootnoteDefinition")}
    i = 0
    while i < len(seen):
        opening, end = seen[i], i + 1
        if opening.data == "[" and _MENTION.match(source, opening.start):
            end = _end_of_brackets(seen, i)
        label = "".join(event.data for event in seen[i + 1 : end - 1]).removeprefix("^").casefold()
        if label in labels:
            yield Event(Kind.FOOTNOTE_REFERENCE, "", labels[label], opening.start, seen[end - 1].end)
        else:
            yield from seen[i:end]
        i = end


def _end_of_brackets(seen: Events, start: int) -> int:
    """The index after the bracket that closes, or after the opening one, if not all between them is text."""
    for i in range(start, len(seen)):
        if seen[i].kind is not Kind.TEXT:
            break
        if seen[i].data == "]":
            return i + 1
    return start + 1
