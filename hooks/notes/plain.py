"""Plain CommonMark, for generators that know nothing of Obsidian. In: a page of stage 1. Out: the same without dialect.

What stage 2 does to a page of ours is written out: comments go, single line breaks are breaks, `==highlights==` become
`<mark>`, callouts become quotes with a bold title, ids of blocks and flagged passages become anchors, pictures with a
size and players HTML, and footnotes in a sentence GFM's. Formulas say what they know by the folder's preamble.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import tostring

from commonmark import marks
from commonmark.callouts import CALLOUT, MARKER, default_title, with_callouts
from commonmark.dialect import Reading, read
from commonmark.emphasis import stumbling_signs
from commonmark.events import FORMULAS, Event, Kind, Link, parse
from commonmark.headings import outline
from commonmark.highlights import highlights
from commonmark.inline_notes import inline_notes
from commonmark.links import image_element
from commonmark.media import play
from commonmark.spans import Span, within
from commonmark.tables import missing_bars
from maths import NO_PREAMBLE, Preamble, WrittenOut
from notes.edits import Edit, apply, outside
from notes.front_matter import FrontMatter
from notes.parse import read_text
from notes.source import NotePath, Source
from notes.uncommented import comment_deletion

_FEATURE = "export"
_WORDS = frozenset({Kind.TEXT, Kind.CODE, Kind.INLINE_MATH, Kind.SOFT_BREAK, Kind.HARD_BREAK})
_EMPHASIS = {"Emphasis": ("em", 1), "Strong": ("strong", 2), "Strikethrough": ("del", 2)}
"""The element that stands for each, and how many signs mark it."""
_COMMENT = re.compile(r"(?<!\\)%")
"""In a formula, up to the end of the line."""
_MARKS = re.compile(rb"[ \t>]*")
_CALLOUT = re.compile(MARKER.pattern + rb"(?P<title>(?:[^\r\n]*[^\s])?)")


def plain(path: NotePath, markdown: str, preamble: Preamble = NO_PREAMBLE, *, line_breaks: bool = True) -> str:
    """Write the dialect of a page out as CommonMark and HTML; `line_breaks`: single ones are shown.

    `preamble`: what all formulas know.
    """
    source = markdown.encode()
    reading = read(markdown)
    titles = list(_callouts(reading, source))
    media = [*titles, *outside(titles, _media(reading.events))]
    comments = (comment_deletion(source, comment, 0, _FEATURE) for comment in reading.comments)
    whole = [*media, *outside(media, comments)]
    formulas = tuple(_formulas(reading.events, preamble))
    others = [
        *(_breaks(reading.events, {title.end for title in titles}) if line_breaks else ()),
        *_highlights(reading, source),
        *formulas,
        *_anchors(reading.events, [formula.start for formula in formulas]),
        *_block_ids(path, source),
        *_bars(reading.events, source),
        *_blank_lines(reading.not_underlined, source),
    ]
    text = _with_emphasis(apply(source, [*whole, *outside(whole, others)]))
    return _with_footnotes(text) if "^[" in text else text


def _bars(events: Sequence[Event], source: bytes) -> Iterator[Edit]:
    """To GFM, a table's head has as many cells as the line below it."""
    heads = [event.start for event in events if event.opens("TableHead")]
    for (start, end), bars in missing_bars(source):
        if bisect_left(heads, start) < bisect_left(heads, end):
            yield Edit.insertion(end, bars.decode(), _FEATURE)


def _blank_lines(apart: Iterable[Span], source: bytes) -> Iterator[Edit]:
    """To CommonMark, a line of dashes right below a title, a formula or a picture makes a heading of it."""
    for _, end in apart:
        line = source.index(b"\n", end) + 1
        if marks := _MARKS.match(source, line):
            yield Edit.insertion(line, f"{marks[0].rstrip().decode()}\n", _FEATURE)


def _breaks(events: Sequence[Event], done: Container[int]) -> Iterator[Edit]:
    """Obsidian shows a single line break; others need two blanks before it. `done` holds where they are already."""
    for event in events:
        if event.kind is Kind.SOFT_BREAK and event.start not in done:
            yield Edit.insertion(event.start, "  ", _FEATURE)


def _highlights(reading: Reading, source: bytes) -> Iterator[Edit]:
    for opening, closing in highlights(reading.events, reading.addresses, source):
        yield Edit.replacement(*opening, "<mark>", _FEATURE)
        yield Edit.replacement(*closing, "</mark>", _FEATURE)


def _formulas(events: Sequence[Event], preamble: Preamble) -> Iterator[Edit]:
    found = [event for event in events if event.kind in FORMULAS]
    if not any(preamble.concerns(event.data) for event in found):
        return
    page = WrittenOut(preamble)
    in_cells = {event.start for event in _in_cells(events)}
    for event in found:
        latex = page.written(event.data)
        text = _formula(event, latex) if latex != event.data else ""
        if text and not (event.start in in_cells and "|" in text):
            yield Edit.replacement(event.start, event.end, text, _FEATURE)


def _in_cells(events: Sequence[Event]) -> Iterator[Event]:
    in_cell = False
    for event in events:
        if event.tag == "TableCell":
            in_cell = event.kind is Kind.START
        elif in_cell:
            yield event


def _formula(event: Event, latex: str) -> str:
    """A formula on one line; empty if it would not be read as one there."""
    marks = "$$" if event.kind is Kind.DISPLAY_MATH else "$"
    text = f"{marks}{' '.join(latex.split())}{marks}"
    read_again = [other.kind for other in read(text).events if other.kind not in (Kind.START, Kind.END)]
    return text if read_again == [event.kind] and not _COMMENT.search(text) else ""


def _with_emphasis(source: bytes) -> str:
    """Write as HTML what only Obsidian reads as emphasis, beside Chinese, Japanese and Korean."""
    events = list(parse(source))
    if not stumbling_signs(source, events):
        return source.decode()
    known = {(event.tag, event.start, event.end) for event in events}
    edits: list[Edit] = []
    for event in read(source.decode()).events:
        tag, width = _EMPHASIS.get(event.tag, ("", 0))
        first, last = event.start + width, event.end - width
        is_marked = event.kind is Kind.START and source[event.start : first] == source[last : event.end]
        if tag and is_marked and (event.tag, event.start, event.end) not in known:
            edits.append(Edit.replacement(event.start, first, f"<{tag}>", _FEATURE))
            edits.append(Edit.replacement(last, event.end, f"</{tag}>", _FEATURE))
    return apply(source, edits).decode()


def _callouts(reading: Reading, source: bytes) -> Iterator[Edit]:
    for event in with_callouts(reading.events, source):
        marked = _CALLOUT.finditer(source, event.start) if event.opens(CALLOUT) else ()
        match = next((found for found in marked if not within(reading.comments, found.start())), None)
        if match is None:
            continue
        start, end = match.start("title"), _end_of_title(reading, source, match)
        if start < end:
            yield Edit.replacement(match.start(), start, "**", _FEATURE)
            yield Edit.insertion(end, "**  ", _FEATURE)
        else:
            yield Edit.replacement(match.start(), start, f"**{default_title(match)}**  ", _FEATURE)


def _end_of_title(reading: Reading, source: bytes, callout: re.Match[bytes]) -> int:
    """Where its words end: what comes after them on the line may be a comment, which may end on another one."""
    start, end = callout.span("title")
    at = bisect_left(reading.comments, (end,))
    while at and reading.comments[at - 1][1] >= end > start:
        at -= 1
        end = reading.comments[at][0]
        while end > start and source[end - 1] in b" \t":
            end -= 1
    return max(start, end)


def _anchors(events: Sequence[Event], written_out: Iterable[int]) -> Iterator[Edit]:
    """A pill says which passage it marks; elsewhere that passage's id stands beside it.

    In a heading its words, those of a notice, and what is written out there, would make another id of the heading's:
    the one that links know stands there too.
    """
    ours = [*written_out]
    for event in events:
        flag = marks.flag_id(event.data.destination) if event.opens("Link") else None
        if flag and event.data.title in set(marks.Scope):
            ours.append(event.start)
            yield Edit.insertion(event.start, _anchor(flag), _FEATURE)
        elif event.kind is Kind.INLINE_HTML and event.data == marks.NOTICE_START:
            ours.append(event.start)
    starts = {event.start: first.start for event, first in pairwise(events) if event.opens("Heading")} if ours else {}
    for heading in outline(events) if ours else ():
        if any(heading.start <= at < heading.end for at in ours):
            yield Edit.insertion(starts[heading.start], _anchor(heading.anchor), _FEATURE)


def _anchor(name: str) -> str:
    return f'<a id="{html.escape(name)}"></a>'


def _media(events: Sequence[Event]) -> Iterator[Edit]:
    """CommonMark has no sizes, and no films."""
    image: Event | None = None
    words: list[str] = []
    in_cell = False
    for event in events:
        if event.tag == "TableCell":
            in_cell = event.kind is Kind.START
        elif event.opens("Image") and image is None:
            image, words = event, []
        elif image and event.closes("Image") and event.end == image.end:
            if written := _medium(image.data, "".join(words)):
                text = written.replace("|", "&#124;") if in_cell else written
                yield Edit.replacement(image.start, image.end, text, _FEATURE)
            image = None
        elif event.kind in _WORDS:
            words.append(event.data or " ")


def _medium(link: Link, alt: str) -> str:
    """The HTML of a medium as stage 2 shows it; empty if CommonMark can say as much."""
    element = image_element(link, alt)
    if element is None:
        return ""
    play(element)
    if element.tag == "img" and "width" not in element.attrib:
        return ""
    html_of = tostring(element, "unicode", method="html")
    # A tag alone on a line would make HTML of the lines below.
    return f"<span>{html_of}</span>" if element.tag == "img" else html_of


def _block_ids(path: NotePath, source: bytes) -> Iterator[Edit]:
    note = read_text(Source(path, source), FrontMatter(), ())  # a rule at the start is no front matter any more
    for block in note.all_block_ids:
        if block == note.block_ids[block.id.casefold()]:
            yield Edit.replacement(block.mark_start, block.mark_end, _anchor(block.anchor), _FEATURE)
        else:
            yield Edit.deletion(block.mark_start, block.mark_end, _FEATURE)


def _with_footnotes(text: str) -> str:
    """Define each `^[footnote]` beneath the outermost block in which it stands: nothing there is open."""
    source, events = text.encode(), read(text).events
    stem = "inline-"
    while f"[^{stem}" in text.casefold():
        stem += stem
    edits: list[Edit] = []
    ends = iter(_ends_of_blocks(events))
    end = 0
    for number, (start, stop) in enumerate(inline_notes(events, source), 1):
        while end <= start:
            end = next(ends)
        label = f"[^{stem}{number}]"
        words = _on_one_line(source[start + len("^[") : stop - len("]")])
        edits.append(Edit.replacement(start, stop, label, _FEATURE))
        edits.append(Edit.insertion(end, _apart(source, end, f"{label}: {words}"), _FEATURE))
    return apply(source, edits).decode()


def _on_one_line(words: bytes) -> str:
    """Words of several lines, without what these start with in a list or a quote."""
    first, *others = words.split(b"\n")
    return b" ".join((first.strip(), *(line.lstrip(b" \t>").rstrip() for line in others))).decode()


def _apart(source: bytes, at: int, block: str) -> str:
    """A block between blank lines, for a byte offset where another one ends."""
    before = "\n" if source[at - 1 : at] == b"\n" else "\n\n"
    after = "\n\n" if source[at : at + 1].strip() else "\n"
    return f"{before}{block}{after}"


def _ends_of_blocks(events: Sequence[Event]) -> Iterator[int]:
    """The byte offsets where the blocks at the top end."""
    depth = 0
    for event in events:
        depth += (event.kind is Kind.START) - (event.kind is Kind.END)
        if event.kind is Kind.END and not depth:
            yield event.end
