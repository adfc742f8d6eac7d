"""In: the source. Out: what Obsidian lets no line below underline; the source with it as headings of one line.

A callout's title is its line, and a formula between two `$$` that starts its line is a block (Obsidian's help,
"Callouts" and "Advanced formatting syntax"): `---` below either is a rule, and `-` an item that waits for words. To the
parser such a line makes a heading of all above it. A heading by `#` ends with its line: the parser is given that, and
in its events it is a paragraph again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from .callouts import MARKER
from .events import Event, Events, Kind, parse, without_start
from .maths_blocks import MARK, ends_line, starts_line

_UNDERLINE: Final = re.compile(rb"\n[ \t>]*(?:=+|-+)[ \t]*\r?(?:\n|\Z)")
_OPENING: Final = b"[!"
_HEADING: Final = b"# "
_STAND_IN: Final = b"x"
_CLOSED: Final = re.compile(rb"[^\r\n]*[ \t]#+[ \t]*\r?$", re.MULTILINE)
"""A line whose last signs would be no words of such a heading."""


def not_underlined(source: bytes) -> Mapping[int, Event]:
    """Find what the parser takes for a part of a heading, by its start: a title's first two signs, or a formula."""
    if not ((_OPENING in source or MARK in source) and any(map(_is_below_text, _UNDERLINE.finditer(source)))):
        return {}
    return {event.start: event for event in _found(source, tuple(parse(source)))}


def _is_below_text(line: re.Match[bytes]) -> bool:
    above = line.string.rfind(b"\n", 0, line.start()) + 1
    return bool(line.string[above : line.start()].strip(b"> \t\r"))


def _found(source: bytes, events: Events) -> Iterator[Event]:
    last: Event | None = None
    for before, event in pairwise(events):
        if event.opens("Heading"):
            last = None
            if before.opens("BlockQuote") and _is_title(source, event.start):
                yield Event(Kind.TEXT, "", _OPENING.decode(), event.start, event.start + len(_OPENING))
        elif event.closes("Heading"):
            if last and starts_line(source, last.start) and ends_line(source, last.end):
                yield last
        elif event.kind is Kind.DISPLAY_MATH:
            last = event


def _is_title(source: bytes, at: int) -> bool:
    return MARKER.match(source, at) is not None and not _CLOSED.match(source, at)


def as_headings(source: bytes, found: Iterable[Event]) -> bytes:
    """Make each a heading of its line alone; every offset stays."""
    changed = bytearray(source)
    for event in found:
        changed[event.start : event.end] = _HEADING.ljust(event.end - event.start, _STAND_IN)
    return bytes(changed)


def as_paragraphs(seen: Iterable[Event], found: Mapping[int, Event]) -> Iterator[Event]:
    """Read each of these headings as the paragraph that it is, with what stands there."""
    kept: Event | None = None
    for event in seen:
        if event.opens("Heading"):
            kept = found.get(event.start)
        if kept is None:
            yield event
        elif event.tag == "Heading":
            yield event._replace(tag="Paragraph", data=None)
            if event.kind is Kind.START:
                yield kept
            else:
                kept = None
        elif rest := without_start(event, kept.end) if event.kind is Kind.TEXT else event:
            yield rest
