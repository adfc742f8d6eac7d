"""In: events. Out: the same, with quotes such as `> [!note]- Title` as containers of their own.

Obsidian's help, "Callouts": the kind without regard to case, unknown kinds as notes, `-` folded, `+` unfolded.
"""

import re
from collections.abc import Generator, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from .events import BREAKS, INLINE_TAGS, Event, Events, Kind, without_start

CALLOUT: Final = "Callout"
TITLE: Final = "CalloutTitle"

# Obsidian's kinds that Material names otherwise, or not at all.
_ALIASES: Final = {
    "summary": "abstract",
    "tldr": "abstract",
    "todo": "info",
    "hint": "tip",
    "important": "tip",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "caution": "warning",
    "attention": "warning",
    "fail": "failure",
    "missing": "failure",
    "error": "danger",
    "cite": "quote",
}
_KINDS: Final = frozenset(
    {"note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug"}
    | {"example", "quote"}
)

MARKER: Final = re.compile(
    rb"\[!(?P<kind>[^\]\[\n|]+)(?:\|[^\]\n]*)?\](?P<fold>[+-]?)"
    rb"(?:(?:[ \t]|\xc2\xa0|\xe3\x80\x80)+(?:#{1,6}[ \t]+(?=\S))?|(?=[\r\n])|\Z)"
)
"""A blank follows, also a wide or a hard one, or the line ends; `[!note]Title` is text, as in Obsidian.

With it go the marks of `[!note] ### Title`: Obsidian shows such words as a heading, to which no link leads.
"""


class Fold(StrEnum):
    """Whether a reader can fold a callout."""

    FIXED = ""
    OPEN = "+"
    CLOSED = "-"


class Callout(NamedTuple):
    """The `data` of the container."""

    kind: str
    """One of Material's."""
    fold: Fold


def with_callouts(events: Events, source: bytes) -> Iterator[Event]:
    """Turn quotes whose first line is a marker into a callout with a title, the rest of the line."""
    quotes: list[bool] = []
    i = 0
    while i < len(events):
        event = events[i]
        if event.opens("BlockQuote"):
            marker = _marker(events, i, source)
            quotes.append(marker is not None)
            if marker is not None:
                yield event._replace(tag=CALLOUT, data=_callout(marker))
                i = yield from _title(events, i + 2, marker)
                continue
        is_callout = event.closes("BlockQuote") and quotes.pop()
        yield event._replace(tag=CALLOUT) if is_callout else event
        i += 1


def _marker(events: Events, i: int, source: bytes) -> re.Match[bytes] | None:
    """A marker counts only as text: `[!note]` may also be a link that the page defines."""
    if not events[i + 1].opens("Paragraph") or events[i + 2].kind is not Kind.TEXT:
        return None
    return MARKER.match(source, events[i + 1].start)


def _callout(marker: re.Match[bytes]) -> Callout:
    kind = marker["kind"].decode(errors="replace").strip().lower()
    kind = _ALIASES.get(kind, kind)
    return Callout(kind if kind in _KINDS else "note", Fold(marker["fold"].decode()))


def _title(events: Events, i: int, marker: re.Match[bytes]) -> Generator[Event, None, int]:
    """Give the title, and the rest of the paragraph if there is one; return where the next event is.

    A title is its line alone: what goes on below, such as emphasis, ends with it and begins again.
    """
    at = marker.end()
    stop, opened = _end_of_line(events, i)
    title = [*_after(events[i:stop], at), *(element._replace(kind=Kind.END) for element in reversed(opened))]
    if not title:
        title = [Event(Kind.TEXT, "", default_title(marker), marker.start(), at)]
    yield Event(Kind.START, TITLE, None, marker.start(), at)
    yield from title
    yield Event(Kind.END, TITLE, None, marker.start(), at)
    if events[stop].closes("Paragraph"):
        return stop + 1
    yield events[i - 1]
    yield from opened
    return stop + 1


def default_title(marker: re.Match[bytes]) -> str:
    """Name the kind, as Obsidian does where no title is written: `[!see-also]` is titled "See also"."""
    return re.sub(r"-+", " ", marker["kind"].decode(errors="replace")).strip().capitalize()


def _after(events: Events, at: int) -> Iterator[Event]:
    """What a marker leaves of its line: it may have links and code of its own, as `[!note|https://a.b]`."""
    for event in events:
        cut = without_start(event, at) if event.kind is Kind.TEXT or event.end <= at else event
        if cut is not None:
            yield cut


def _end_of_line(events: Events, i: int) -> tuple[int, Events]:
    """Find the first end of a line, or of the paragraph, and the elements that go on there."""
    opened: list[Event] = []
    pictures = 0  # a line's end in the description of one is a blank
    while True:
        event = events[i]
        if event.closes("Paragraph") or (event.kind in BREAKS and not pictures):
            return i, opened
        if event.tag in INLINE_TAGS and event.kind is Kind.START:
            opened.append(event)
            pictures += event.tag == "Image"
        elif event.tag in INLINE_TAGS:
            pictures -= opened.pop().tag == "Image"
        i += 1
