"""In: CommonMark text. Out: pyromark's events as typed records, one parse, no corrections."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import pyromark
from pyromark import Options

from .spans import Span


class Kind(StrEnum):
    """What an event is; its `data` in parentheses."""

    START = "Start"
    """A container opens (see `Event.tag`)."""
    END = "End"
    TEXT = "Text"
    """(str, entities and escapes resolved)."""
    CODE = "Code"
    HTML = "Html"
    """A line of a block of raw HTML (str)."""
    INLINE_HTML = "InlineHtml"
    INLINE_MATH = "InlineMath"
    DISPLAY_MATH = "DisplayMath"
    FOOTNOTE_REFERENCE = "FootnoteReference"
    """(str, the footnote's label)."""
    TASK_LIST_MARKER = "TaskListMarker"
    """(bool, whether it is done)."""
    SOFT_BREAK = "SoftBreak"
    HARD_BREAK = "HardBreak"
    RULE = "Rule"

    # Python's own for members of an enumeration is many times slower, and a page asks for it thousands of times.
    __hash__ = str.__hash__


class Link(NamedTuple):
    """The `data` of a link or an image."""

    destination: str
    """As the author wrote it, entities and escapes resolved, nothing percent-encoded."""
    title: str
    kind: object
    """pyromark's link type: `Inline`, `Autolink`, `Email`, …, or `{"WikiLink": …}`."""


class Event(NamedTuple):
    """One step of the parse, with the bytes of the source that it stands for."""

    kind: Kind
    tag: str
    """Of a container: `Paragraph`, `Heading`, `Link`, `TableCell` …; else empty."""
    data: Any
    """A container's own (Heading: level 1 to 6; List: first number or None; CodeBlock: info string, None
    if indented; Table: alignments; FootnoteDefinition: label; Link, Image: `Link`), else see `Kind`."""
    start: int
    """Byte offset."""
    end: int
    """Byte offset, exclusive."""

    def opens(self, *tags: str) -> bool:
        """Ask whether one of these containers starts here."""
        return self.kind is Kind.START and self.tag in tags

    def closes(self, *tags: str) -> bool:
        """Ask whether one of these containers ends here."""
        return self.kind is Kind.END and self.tag in tags


Events = Sequence[Event]

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""No page may hold them, and some could forge Python-Markdown's place-holders."""

LINKS: Final = ("Link", "Image")
FORMULAS: Final = frozenset({Kind.INLINE_MATH, Kind.DISPLAY_MATH})
LITERALS: Final = FORMULAS | {Kind.CODE}
RAW_HTML: Final = frozenset({Kind.HTML, Kind.INLINE_HTML})
BREAKS: Final = frozenset({Kind.SOFT_BREAK, Kind.HARD_BREAK})
INLINE_TAGS: Final = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})

_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
)
_KINDS = {str(kind): kind for kind in Kind}

# A run of blanks is taken as a whole: to part it in two in each way takes the square of its length.
_DELIMITER_ROW = re.compile(
    rb"^[ \t>]*+\|?[ \t]*+:?-++:?(?:[ \t]*+\|[ \t]*+:?-++:?){7,}[ \t]*+\|?[ \t]*+\r?$", re.MULTILINE
)
_BLANK_LINE = re.compile(rb"\n[ \t>]*+(?=\r?\n)")
_FENCE_WITH_TABS = re.compile(rb"^[ \t>]*+(?:`{3,}|~{3,})[ \t]+$", re.MULTILINE)
_MOST_FILLED: Final = 100_000
"""Cells that are not written."""


def parse(source: bytes, *, wiki_links: bool = False) -> Iterator[Event]:
    """Read UTF-8 with GFM's tables, footnotes, tasks and strikethrough, and maths; lazily."""
    options = _OPTIONS | Options.ENABLE_WIKILINKS if wiki_links else _OPTIONS
    if b"`\t" in source or b"~\t" in source:
        source = _FENCE_WITH_TABS.sub(_with_blanks_at_its_end, source)
    if grows(source):
        options &= ~Options.ENABLE_TABLES
    # A page has thousands of events: what the loop needs is local, the most frequent kind is asked for first, and no
    # event is made by a function of Python.
    kinds, new, cls, detail = _KINDS, tuple.__new__, Event, _detail
    text_kind, start_kind, end_kind = Kind.TEXT, Kind.START, Kind.END
    event: Any
    for event, place in pyromark.events_with_range(source.decode(), options=options):
        if event.__class__ is str:
            yield new(cls, (kinds[event], "", None, place["start"], place["end"]))
            continue
        name, payload = event.popitem()  # it has only one
        if name == "Text":
            yield new(cls, (text_kind, "", payload, place["start"], place["end"]))
        elif name == "End":
            tag = payload if payload.__class__ is str else next(iter(payload))
            yield new(cls, (end_kind, tag, None, place["start"], place["end"]))
        elif name == "Start":
            tag, data = (payload, None) if payload.__class__ is str else detail(payload)
            yield new(cls, (start_kind, tag, data, place["start"], place["end"]))
        else:
            yield new(cls, (kinds[name], "", payload, place["start"], place["end"]))


def _with_blanks_at_its_end(fence: re.Match[bytes]) -> bytes:
    """CommonMark lets tabs stand behind the marks that end code; to the parser they would be code."""
    marks = fence[0].rstrip()
    return marks.ljust(len(fence[0]))


def definitions(source: bytes) -> Iterator[Span]:
    """Find the definitions of links by reference, the first of each name: byte offsets."""
    for found in pyromark.reference_definitions(source.decode(), options=_OPTIONS).values() if b"]:" in source else ():
        yield found["span"]["start"], found["span"]["end"]


def grows(source: bytes) -> bool:
    """Ask whether a table would fill far more cells than are written: as text it is short, as a table it is endless."""
    if source.count(b"|") * source.count(b"\n") <= _MOST_FILLED:
        return False
    done = 0
    for row in _DELIMITER_ROW.finditer(source):
        if row.start() >= done:
            end = _BLANK_LINE.search(source, row.end())
            done = end.start() if end else len(source)
            filled = row[0].count(b"|") * source.count(b"\n", row.end(), done)
            if filled - 2 * source.count(b"|", row.end(), done) > _MOST_FILLED:
                return True
    return False


def _detail(container: Any) -> tuple[str, object]:  # noqa: ANN401 - each container has its own
    """Give a container's tag and what it says of itself."""
    ((tag, detail),) = container.items()
    if tag in LINKS:
        return tag, Link(detail["dest_url"], detail["title"], detail["link_type"])
    if tag == "Heading":
        return tag, int(detail["level"][1:])
    if tag == "CodeBlock":
        return tag, detail["Fenced"] if isinstance(detail, dict) else None
    return tag, detail


def without_start(event: Event, at: int) -> Event | None:
    """Cut off what stands before a byte offset, which is text as it stands in the source; None if that is all."""
    if event.start >= at:
        return event
    if event.end <= at:
        return None
    return event._replace(data=event.data.encode()[at - event.start :].decode(), start=at)
