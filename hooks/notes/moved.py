"""Moved text: what else must change in a text that is shown on another page than its own.

In: a note and byte ranges. Out: edits. Headings go down below the one that they now stand under, `^ids` and comments
go, and nothing that is open swallows what follows. On a page with texts of several notes, their footnotes and links by
reference keep apart.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import chain

from commonmark import addresses
from commonmark.events import definitions
from commonmark.spans import Span, around, within
from notes.block_ids import id_at_end
from notes.edits import Edit, apply, is_escaped, outside
from notes.note import (
    Block,
    BlockKind,
    Fence,
    Footnote,
    Heading,
    Link,
    LinkSyntax,
    Note,
    heading_before,
    next_words,
    runs_between,
)
from notes.parts import starting_in
from notes.uncommented import comment_deletion
from notes.writing import encoded, title

_LOWEST = 6
_MARKS = re.compile(rb"#{1,6}(?=[ \t\r\n]|\Z)")
_UNDERLINE = re.compile(rb"\r?\n[ \t>]*(?:=+|-+)[ \t]*(?=(?:\r?\n)?\Z)")
_LABEL = re.compile(rb"\[(?:[^\[\]\\]|\\.)++\](?=:)", re.DOTALL)
_NAMELESS = "[.]"
_MOST_OF_A_NAME = 24
"""Definitions: the first of them counts, and where its name goes, the next one would."""
_LINE_END = re.compile(rb"\\?[ \t]*+(?P<end>\r?\n)|[ \t]++")
"""With what may stand before it; or blanks that stand before none, so that no long row of them is tried from each."""
_FENCE = re.compile(rb"`{3,}|~{3,}")
_HTML_ENDS = {
    b"<!--": b"-->",
    b"<?": b"?>",
    b"<![cdata[": b"]]>",
    b"<!": b">",
    b"<script": b"</script>",
    b"<pre": b"</pre>",
    b"<style": b"</style>",
    b"<textarea": b"</textarea>",
}
_COMMENT_MARK = re.compile(rb"%(?=%)")
"""Of three, the last two would be one where the first alone is escaped."""
# An escape takes the first of them along, and what is left of two is no mark.
_FORMULA_MARKS = re.compile(rb"(?<![\\$])(?:\\\\)*+(?P<marks>\${2,})")
_FEATURE = "moved text"


def moved_edits(note: Note, ranges: Sequence[Span], level: int, done: Container[int]) -> Iterator[Edit]:
    """The edits for the texts in some ranges, in order, shown under a heading of level `level` (0: none).

    `done` holds the byte offsets of the links that another feature edits.
    """
    headings = tuple(starting_in(note.headings, ranges, lambda heading: heading.start))
    top = min((heading.level for heading in headings), default=1)
    comments = tuple(_without_comments(note, ranges, done))
    yield from comments
    for heading in headings:
        yield from _lowered(note, heading, min(_LOWEST, heading.level - top + level + 1))
    yield from outside(comments, chain.from_iterable(_on_one_line(note, heading) for heading in headings))
    named = [block for block in note.all_block_ids if within(ranges, block.mark_start)]
    ids = sorted((block.mark_start, block.mark_end) for block in named)
    for block in named:
        yield Edit.deletion(block.mark_start, block.mark_end, _FEATURE)
        before = id_at_end(note.source.text, block.start, block.mark_start)  # it would be one now
        if before and not within(ids, before.start()):
            yield Edit.insertion(before.start(), "\\", _FEATURE)


def _without_comments(note: Note, ranges: Sequence[Span], done: Container[int]) -> Iterator[Edit]:
    """A `%%` would find a partner in the text around it: pairs go, a single one is only shown."""
    for comment in note.comments:
        place = around(ranges, comment[0])
        if place and comment[1] <= place[1] and not _is_written_anew(note, comment[0], done):
            above = heading_before(note, comment[0] + 1)
            heading = note.headings[above] if above >= 0 else None
            first = max(place[0], heading.start) if heading else place[0]
            if heading and comment[0] < heading.end:
                yield _out_of_heading(note.source.text, comment, heading)
            else:
                yield comment_deletion(note.source.text, comment, first, _FEATURE)
    for run in chain.from_iterable(runs_between(note, *place) for place in ranges):
        if "%%" in run.text and not run.is_code:
            for mark in _COMMENT_MARK.finditer(note.source.text, run.start, run.end):
                at = mark.start()
                is_text = not within(note.comments, at) and not is_escaped(note.source.text, at)
                if is_text and not _is_written_anew(note, at, done):
                    yield Edit.insertion(at, "\\", _FEATURE)


def _out_of_heading(text: bytes, comment: Span, heading: Heading) -> Edit:
    """What follows it stands behind the heading's marks; between two lines of an underlined one, its line end goes."""
    underline = _UNDERLINE.search(text, heading.start, heading.end)
    start, end = comment
    words = next_words(text, end, underline.start()) if underline and start > heading.start else end
    return Edit.deletion(start, words if b"\n" in text[end:words] else end, _FEATURE)


def _is_written_anew(note: Note, offset: int, done: Container[int]) -> bool:
    """Whether it is in a wiki link or an embed that another feature replaces as a whole; an embed may be in a link."""
    first = bisect_right(note.links, offset, key=lambda link: link.end)  # links are in the order of their ends
    around = (link for link in note.links[first : first + 2] if link.start <= offset)
    return any(link.syntax is LinkSyntax.WIKI or (link.embeds and link.start in done) for link in around)


def footnotes_elsewhere(note: Note, start: int, end: int) -> Iterator[Block]:
    """The footnotes that a text, or one of them, mentions and that stand elsewhere in its note; of a name the first."""
    if not note.footnotes:
        return
    defined: dict[str, Block] = {}
    for footnote in note.footnotes:
        if footnote.block >= 0:
            defined.setdefault(footnote.label.casefold(), note.blocks[footnote.block])
    waiting = list(_footnotes(note, start, end))
    known = {footnote.label.casefold() for footnote in waiting if footnote.block >= 0}
    wanted: list[Block] = []
    while waiting:
        label = waiting.pop().label.casefold()
        if label in defined and label not in known:
            known.add(label)
            wanted.append(defined[label])
            waiting += _footnotes(note, defined[label].start, defined[label].end)
    yield from sorted(wanted, key=lambda block: block.start)


def _footnotes(note: Note, start: int, end: int) -> Sequence[Footnote]:
    first, last = (bisect_left(note.footnotes, at, key=lambda footnote: footnote.start) for at in (start, end))
    return note.footnotes[first:last]


def kept_apart(note: Note, ranges: Sequence[Span], done: Container[int]) -> Iterator[Edit]:
    """The edits for what might belong to another text, on a page with texts of several notes: they may share names.

    That is footnotes, links by reference, and a `$$` without another one.

    `ranges` are in order; `done` holds the byte offsets of the links that another feature edits.
    """
    for footnote in note.footnotes:
        if within(ranges, footnote.start) and not _is_written_anew(note, footnote.start, done):
            label = f"[^{footnote.label}:{encoded(note.path)}]"
            yield Edit.replacement(footnote.start, footnote.end, label, _FEATURE)
    for link in note.links:
        if link.start not in done and within(ranges, link.start):
            yield from _with_address(note, link)
    for marks in chain.from_iterable(_FORMULA_MARKS.finditer(note.source.text, *place) for place in ranges):
        first, last = marks.span("marks")
        if _is_in_words(note, first) and not _is_written_anew(note, first, done):
            yield Edit.replacement(first, last, "\\$" * (last - first), _FEATURE)


def _is_in_words(note: Note, offset: int) -> bool:
    """Whether it is in text: neither in code nor in a comment, as a piece of text may reach across one."""
    at = bisect_right(note.runs, offset, key=lambda run: run.start) - 1
    is_text = at >= 0 and offset < note.runs[at].end and not note.runs[at].is_code
    return is_text and not within(note.comments, offset)


def _with_address(note: Note, link: Link) -> Iterator[Edit]:
    if link.syntax is LinkSyntax.MARKDOWN and note.source.text[link.label_end : link.label_end + 2] != b"](":
        address = f"](<{addresses.encoded(link.target)}>{title(link.title)})"
        yield Edit.replacement(link.label_end, link.end, address, _FEATURE)


def without_names(text: str) -> str:
    """A text whose links have their addresses, its definitions without their names: these hold for all of a page."""
    source = text.encode()
    for _ in range(_MOST_OF_A_NAME):
        found = (_LABEL.search(source, start, end) for start, end in definitions(source))
        labels = [label.span() for label in found if label and label[0] != _NAMELESS.encode()]
        if not labels:
            break
        source = apply(source, [Edit.replacement(*label, _NAMELESS, _FEATURE) for label in labels])
    return source.decode()


def _lowered(note: Note, heading: Heading, level: int) -> Iterator[Edit]:
    text = note.source.text
    marks = "#" * level
    if written := _MARKS.match(text, heading.start):
        yield Edit.replacement(written.start(), written.end(), marks, _FEATURE)
    elif underline := _UNDERLINE.search(text, heading.start, heading.end):
        words = _start_of_words(note, heading)
        yield Edit.insertion(words if words < underline.start() else heading.start, f"{marks} ", _FEATURE)
        yield Edit.deletion(underline.start(), underline.end(), _FEATURE)


def _start_of_words(note: Note, heading: Heading) -> int:
    """The byte offset after the comments that it starts with, and their lines."""
    at = heading.start
    comment = bisect_left(note.comments, (at,))
    while comment < len(note.comments) and note.comments[comment][0] == at:
        at = next_words(note.source.text, note.comments[comment][1], heading.end)
        comment += 1
    return at


def _on_one_line(note: Note, heading: Heading) -> Iterator[Edit]:
    """Only an underlined heading may have several lines."""
    for run in runs_between(note, heading.start, heading.end):
        for line_end in _LINE_END.finditer(note.source.text, run.start, run.end):
            if line_end["end"]:
                words = next_words(note.source.text, line_end.end() - len("\n"), heading.end)
                yield Edit.replacement(line_end.start(), words, " ", _FEATURE)


def closing(note: Note, end: int) -> str:
    """What ends the code or HTML that is still open where a text ends, so that it does not swallow what follows."""
    last = note.fences[-1] if note.fences else None
    if last and last.start < end <= last.end and not last.closed:
        if _is_contained(note, last):
            return ""  # it ends with its item or quote, and its marks would begin another one
        marks = _FENCE.match(note.source.text, last.start)
        return f"\n{marks[0].decode()}\n" if marks else ""
    return closing_html(note, end)


def _is_contained(note: Note, fence: Fence) -> bool:
    at = bisect_left(note.blocks, fence.start, key=lambda block: block.start)
    return any(block.kind is BlockKind.CODE and block.parent >= 0 for block in note.blocks[at : at + 1])


def closing_html(note: Note, end: int) -> str:
    """What ends HTML that is open where a text ends: else it would hide what a page has beneath it.

    In an item or a quote it ends with that.
    """
    last = note.blocks[-1] if note.blocks else None
    if last and last.kind is BlockKind.HTML and last.parent < 0 and last.start < end:
        return _html_closing(note.source.text[last.start : last.end].strip().lower())
    return ""


def _html_closing(block: bytes) -> str:
    """CommonMark's HTML blocks of the kinds 1 to 5 end at a mark of their own, or with the page."""
    for opening, ending in _HTML_ENDS.items():
        if block.startswith(opening):  # of which a part may end it: `<!-->` is a whole comment
            return "" if ending in block[len("<!") :] else f"\n{ending.decode()}\n"
    return ""
