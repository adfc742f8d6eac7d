"""In: the source. Out: what no line below underlines, though the parser reads so; the source with headings of one line.

A callout's title is its line, and a formula between two `$$` that starts its line is a block (Obsidian's help,
"Callouts" and "Advanced formatting syntax"): `---` below either is a rule, and `-` an item that waits for words. To the
parser such a line makes a heading of all above it. So it does of a picture, an embedded note or a block id alone on
their line, where a heading would have no words and an embed no place: their authors mean a rule as well.
A heading by `#` ends with its line: the parser is given that, and in its events it is a paragraph again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from .callouts import MARKER
from .comments import BLOT
from .events import BREAKS, Event, Events, Kind, parse, without_start
from .marks import NOTICE_END, NOTICE_START

_UNDERLINE: Final = re.compile(rb"\n[ \t>]*(?:=+|-+)[ \t]*\r?(?:\n|\Z)")
_OPENING: Final = b"[!"
_HEADING: Final = b"# "
_STAND_IN: Final = b"x"
_MARKED: Final = re.compile(rb"#{1,6}(?:[ \t\r\n]|\Z)")
_CLOSED: Final = re.compile(rb"[^\r\n]*[ \t]#+[ \t]*\r?$", re.MULTILINE)
"""A line whose last signs would be no words of such a heading."""

_THING: Final = "\ufffc"
"""Stands for what is shown but has no words."""
_WORDLESS: Final = re.compile(
    rf"(?=.*[{_THING}^])(?:{_THING}[.,;:]?|[ \t{BLOT}])*(?:\^[A-Za-z0-9-]+[ \t]*)?", re.DOTALL
)


class Kept(NamedTuple):
    """What stands on such a line."""

    events: Events
    """Those that the line's own signs would give."""
    end: int
    """Byte offset after them."""


def not_underlined(source: bytes, read: Callable[[bytes], Iterable[Event]] = parse) -> Mapping[int, Kept]:
    """Find what the parser takes for a part of a heading, by its start; `read` gives the events of a source."""
    lines = _UNDERLINE.finditer(source)
    return dict(_found(source, tuple(read(source)))) if any(map(_is_below_text, lines)) else {}


def _is_below_text(line: re.Match[bytes]) -> bool:
    above = line.string.rfind(b"\n", 0, line.start()) + 1
    return bool(line.string[above : line.start()].strip(b"> \t\r"))


def _found(source: bytes, events: Events) -> Iterator[tuple[int, Kept]]:
    opening = 0
    for i, (before, event) in enumerate(pairwise(events), 1):
        if event.opens("Heading"):
            opening = i
            if before.opens("BlockQuote") and _is_title(source, event.start):
                end = event.start + len(_OPENING)
                yield event.start, Kept((Event(Kind.TEXT, "", _OPENING.decode(), event.start, end),), end)
        elif event.closes("Heading") and not _MARKED.match(source, event.start):
            line = _last_line(events[opening + 1 : i])
            if _WORDLESS.fullmatch(_words(line)):
                yield line[0].start, Kept(line, max(each.end for each in line))


def _is_title(source: bytes, at: int) -> bool:
    return MARKER.match(source, at) is not None and not _CLOSED.match(source, at)


def _last_line(events: Events) -> Events:
    opened = 0  # the line's end in an element parts nothing
    start = 0
    for i, event in enumerate(events):
        if event.tag:
            opened += 1 if event.kind is Kind.START else -1
        elif event.kind in BREAKS and not opened:
            start = i + 1
    return events[start:]


def _words(events: Iterable[Event]) -> str:
    """What a line says, with a sign where a thing that has no words starts and ends, and one for what is no text."""
    said: list[str] = []
    within = 0
    for event in events:
        if step := _step(event, is_within=within > 0):
            within += step
            said.append(_THING)
        elif not within and not event.tag:
            said.append(_said(event))
    return "".join(said)


def _step(event: Event, *, is_within: bool) -> int:
    """Whether a picture, or what stage 1 says of one, starts (1) or ends (-1)."""
    if event.tag == "Image":
        return 1 if event.kind is Kind.START else -1
    if event.kind is not Kind.INLINE_HTML:
        return 0
    return -1 if is_within and event.data == NOTICE_END else int(event.data == NOTICE_START)


def _said(event: Event) -> str:
    if event.kind is Kind.TEXT:
        return str(event.data)
    return _THING if event.kind is Kind.DISPLAY_MATH else _STAND_IN.decode()


def as_headings(source: bytes, found: Mapping[int, Kept]) -> bytes:
    """Make each a heading of its line alone; every offset stays."""
    changed = bytearray(source)
    for start, kept in found.items():
        changed[start : kept.end] = _HEADING.ljust(kept.end - start, _STAND_IN)
    return bytes(changed)


def as_paragraphs(seen: Iterable[Event], found: Mapping[int, Kept]) -> Iterator[Event]:
    """Read each of these headings as the paragraph that it is, with what stands there."""
    kept: Kept | None = None
    for event in seen:
        if event.opens("Heading"):
            kept = found.get(event.start)
        if kept is None:
            yield event
        elif event.tag == "Heading":
            yield event._replace(tag="Paragraph", data=None)
            if event.kind is Kind.START:
                yield from kept.events
            else:
                kept = None
        elif rest := without_start(event, kept.end) if event.kind is Kind.TEXT else event:
            yield rest
