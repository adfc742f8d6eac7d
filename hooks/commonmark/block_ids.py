"""In: the source and its events. Out: what a block id is, and the events with a paragraph's end at one above a formula.

Source: Obsidian's help, "Link to a block in a note".
"""

import re
from collections.abc import Container, Iterator
from typing import Final

from .events import BREAKS, INLINE_TAGS, Event, Events, Kind

BLOCK_ID: Final = re.compile(r"(?:^|(?<=[ \t\n]))\^(?P<id>[A-Za-z0-9-]+)[ \t]*\Z")
"""A block id, at the end of a block's text or alone on a line of its own."""

_NAMED: Final = re.compile(r"\^([A-Za-z0-9-]+)")
_BESIDE_HEADING: Final = "~block"
"""Ends the id of a block whose name is the id of a heading; neither ever holds a `~`."""

_ABOVE_FORMULA: Final = re.compile(rb"\^[A-Za-z0-9-]+[ \t]*\r?\n[ \t>]*\$\$")
"""What a page cannot lack in which a paragraph ends so."""


def anchor_of(name: str, headings: Container[str]) -> str:
    """The id that a block has on its page: its name, or another where a heading of its own has that, see `headings`."""
    return f"{name}{_BESIDE_HEADING}" if name in headings else name


def possible_names(text: str) -> frozenset[str]:
    """All that may be the name of a block of a page."""
    return frozenset(_NAMED.findall(text))


def parted_at_ids(seen: Events, source: bytes) -> Events:
    """End a paragraph at a block id right above a formula that starts its line: to Obsidian that is a block."""
    return tuple(_parted(seen)) if _ABOVE_FORMULA.search(source) else seen


def _parted(seen: Events) -> Iterator[Event]:
    opened: list[Event] = []  # from where a block starts or ends
    inside = 0  # so many inline elements, none of which may be parted
    for event in seen:
        if event.tag in INLINE_TAGS:
            inside += 1 if event.kind is Kind.START else -1
        elif event.tag:
            yield from opened
            opened = []
        opened.append(event)
        if event.kind is Kind.DISPLAY_MATH and not inside and _is_below_id(opened):
            first, *words, line_end, _ = opened
            paragraph = Event(Kind.START, "Paragraph", None, words[0].start, line_end.start)
            is_item = first.opens("Item")  # one that has its words right in it
            yield from (*opened[:is_item], paragraph, *words, paragraph._replace(kind=Kind.END))
            opened = [event] if is_item else [first._replace(start=event.start), event]
    yield from opened


def _is_below_id(events: Events) -> bool:
    """Ask whether the last of some events is right below a block id in a paragraph or an item."""
    if events[-2].kind not in BREAKS or events[-3].kind is not Kind.TEXT:
        return False
    return events[0].opens("Paragraph", "Item") and BLOCK_ID.search(events[-3].data) is not None
