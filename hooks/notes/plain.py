"""Plain CommonMark, for generators that know nothing of Obsidian. In: a page of stage 1. Out: the same without dialect.

What stage 2 does to a page of ours is written out: comments go, `==highlights==` become `<mark>`, callouts become
quotes with a bold title, ids of blocks and flagged passages become anchors.
"""

import html
import re
from collections.abc import Iterator, Sequence

from commonmark import marks
from commonmark.callouts import CALLOUT, with_callouts
from commonmark.dialect import read
from commonmark.events import INLINE_TAGS, Event, Kind
from notes.edits import Edit, apply
from notes.parse import read_note
from notes.source import NotePath

_FEATURE = "export"
_HIGHLIGHT = re.compile(rb"(?<!=)==(?!=)")
_CALLOUT = re.compile(rb"\[!(?P<kind>[^\]\n|]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>[^\r\n]*)")


def plain(path: NotePath, markdown: str) -> str:
    """Write the dialect of a page out as CommonMark and HTML."""
    source = markdown.encode()
    reading = read(markdown)
    edits = [
        *(Edit.deletion(start, end, _FEATURE) for start, end in reading.comments),
        *_highlights(reading.events, source),
        *_callouts(reading.events, source),
        *_anchors(reading.events),
        *_block_ids(path, source),
    ]
    return apply(source, edits).decode()


def _highlights(events: Sequence[Event], source: bytes) -> Iterator[Edit]:
    """A pair of `==` in one block, as stage 2 pairs them."""
    opened: int | None = None
    in_code = False
    for event in events:
        if event.tag and event.tag not in INLINE_TAGS:
            opened = None
            in_code = event.opens("CodeBlock")
        if event.kind is not Kind.TEXT or in_code:
            continue
        for match in _HIGHLIGHT.finditer(source, event.start, event.end):
            if opened is None:
                opened = match.start()
                continue
            yield Edit.replacement(opened, opened + 2, "<mark>", _FEATURE)
            yield Edit.replacement(match.start(), match.end(), "</mark>", _FEATURE)
            opened = None


def _callouts(events: Sequence[Event], source: bytes) -> Iterator[Edit]:
    for event in with_callouts(events, source):
        match = _CALLOUT.search(source, event.start) if event.opens(CALLOUT) else None
        if match:
            title = match["title"].decode().strip() or match["kind"].decode().strip().capitalize()
            yield Edit.replacement(match.start(), match.end(), f"**{title}**  ", _FEATURE)


def _anchors(events: Sequence[Event]) -> Iterator[Edit]:
    """A pill says which passage it marks; elsewhere that passage's id stands beside it."""
    for event in events:
        if event.opens("Link"):
            flag = marks.target(event.data.destination, marks.FLAG_PAGE, marks.FLAG_PREFIX)
            if flag and event.data.title in set(marks.Scope):
                yield Edit.insertion(event.start, f'<a id="{html.escape(flag)}"></a>', _FEATURE)


def _block_ids(path: NotePath, source: bytes) -> Iterator[Edit]:
    for block in read_note(path, source).block_ids.values():
        yield Edit.replacement(block.mark_start, block.mark_end, f'<a id="{html.escape(block.id)}"></a>', _FEATURE)
