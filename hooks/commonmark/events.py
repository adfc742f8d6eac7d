"""In: CommonMark text. Out: pyromark's events as typed records, one parse, no corrections."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import pyromark
from pyromark import Options


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

LEAF_BLOCKS: Final = frozenset({"Paragraph", "Heading", "TableCell", "CodeBlock", "HtmlBlock"})
INLINE_TAGS: Final = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})

_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
)
_KINDS = {str(kind): kind for kind in Kind}


_DELIMITER_ROW = re.compile(rb"^[ \t>]*\|?[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?){7,}[ \t]*\|?[ \t]*\r?$", re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n[ \t>]*(?=\r?\n)")
_MOST_FILLED: Final = 100_000
"""Cells that are not written."""


def parse(source: bytes, *, wiki_links: bool = False) -> Iterator[Event]:
    """Read UTF-8 with GFM's tables, footnotes, tasks and strikethrough, and maths; lazily."""
    options = _OPTIONS | Options.ENABLE_WIKILINKS if wiki_links else _OPTIONS
    if _grows(source):
        options &= ~Options.ENABLE_TABLES
    kinds, edges = _KINDS, (Kind.START, Kind.END)  # as locals: a page has thousands of events
    for event, place in pyromark.events_with_range(source.decode(), options=options):
        start, end = place["start"], place["end"]
        if isinstance(event, str):
            yield Event(kinds[event], "", None, start, end)
            continue
        payload: Any
        ((name, payload),) = event.items()
        kind = kinds[name]
        if kind not in edges:
            yield Event(kind, "", payload, start, end)
        elif isinstance(payload, str):
            yield Event(kind, payload, None, start, end)
        else:
            ((tag, detail),) = payload.items()
            yield Event(kind, tag, _detail(kind, tag, detail), start, end)


def _grows(source: bytes) -> bool:
    """Ask whether a table would fill far more cells than are written: as text it is short, as a table it is endless."""
    done = 0
    for row in _DELIMITER_ROW.finditer(source):
        if row.start() >= done:
            end = _BLANK_LINE.search(source, row.end())
            done = end.start() if end else len(source)
            filled = row[0].count(b"|") * source.count(b"\n", row.end(), done)
            if filled - 2 * source.count(b"|", row.end(), done) > _MOST_FILLED:
                return True
    return False


def _detail(kind: Kind, tag: str, detail: Any) -> object:  # noqa: ANN401 - each container has its own
    if kind is Kind.END:
        return None
    if tag in {"Link", "Image"}:
        return Link(detail["dest_url"], detail["title"], detail["link_type"])
    if tag == "Heading":
        return int(detail["level"][1:])
    if tag == "CodeBlock":
        return detail["Fenced"] if isinstance(detail, dict) else None
    return detail
