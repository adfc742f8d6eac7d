"""Note: the parse of one file. In: its bytes. Out: its blocks, headings, links and text, with byte ranges.

Nothing here knows other notes; `vault` does. Offsets are bytes into `Note.source.text`, front matter included.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from commonmark import dialect, headings, marks
from commonmark.callouts import MARKER
from commonmark.events import INLINE_TAGS
from commonmark.events import Kind as Event
from commonmark.events import Link as WrittenLink
from notes.front_matter import FrontMatter, read_front_matter
from notes.problems import Kind, Problem
from notes.source import NotePath, Source, read_source

LONGEST_TARGET = 1000
"""Characters; a longer `[[…]]` is text, as no file system has such names."""


class BlockKind(Enum):
    """CommonMark's and GFM's blocks."""

    PARAGRAPH = "Paragraph"
    HEADING = "Heading"
    LIST = "List"
    ITEM = "Item"
    QUOTE = "BlockQuote"
    CODE = "CodeBlock"
    HTML = "HtmlBlock"
    TABLE = "Table"
    HEAD = "TableHead"
    ROW = "TableRow"
    CELL = "TableCell"
    FOOTNOTE = "FootnoteDefinition"
    RULE = "Rule"

    @property
    def holds_prose(self) -> bool:
        """Whether words in it are the author's sentences."""
        return self not in (BlockKind.CODE, BlockKind.HTML)


_LONGEST_CHARACTER = 4
"""Bytes of UTF-8."""

_EMPHASIS = {"Emphasis": 1, "Strong": 2}
"""How many characters open it."""
_BREAKS = frozenset({Event.SOFT_BREAK, Event.HARD_BREAK})
_CODE = frozenset({Event.CODE, Event.INLINE_MATH, Event.DISPLAY_MATH})
_BARE_WIKI_LINK = {"WikiLink": {"has_pothole": False}}

_PILL = WrittenLink(f"{marks.FLAG_PAGE}#{marks.FLAG_PREFIX}", "", "Inline")
_PARENTHESES = r"\((?:[^()\\\r\n]|\\[^\r\n]%s)*+\)"
REASON = rf"[ \t]?{_PARENTHESES % ('|' + _PARENTHESES % ('|' + _PARENTHESES % ''))}"
"""What may stand right after a flag: a text in parentheses, on one line, with parentheses in it up to three deep."""
_REASON = re.compile(REASON.encode())

_BLOCKS = {kind.value: kind for kind in BlockKind}


class Block(NamedTuple):
    """One block."""

    kind: BlockKind
    start: int
    end: int
    parent: int
    """Index of the block that holds it; -1 at the top."""


class Run(NamedTuple):
    """A piece of text as a reader sees it."""

    start: int
    end: int
    text: str
    block: int
    """Index of the innermost block that holds it."""
    is_code: bool
    """Inline code or maths: words to read, but nothing to interpret."""
    link: int
    """Index of the link whose label it is; -1 outside of links."""


class BlockId(NamedTuple):
    """One `^id`."""

    id: str
    """As written."""
    start: int
    """Of the block that it names."""
    end: int
    mark_start: int
    """Of the `^id` itself."""
    mark_end: int


class LinkSyntax(Enum):
    """How a link is written."""

    WIKI = "wiki"
    """`[[Note]]`, `![[Note]]`"""
    MARKDOWN = "markdown"
    """`[text](Note)`, `![alt](image.png)`, with a reference too"""


class Link(NamedTuple):
    """One link or embed as written."""

    start: int
    end: int
    syntax: LinkSyntax
    embeds: bool
    """Written with a leading `!`."""
    target: str
    """Where to, as written; a Markdown link's is decoded by CommonMark's rules."""
    label: str
    """Markdown source of what is shown; empty if the target itself is shown."""
    label_end: int
    """Byte offset after the label of a Markdown link: where `](…)` starts."""
    title: str
    """Of a Markdown link."""
    block: int
    """Index of the innermost block that holds it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading."""

    level: int
    """1 to 6, as written."""
    text: str
    """Plain text."""
    id: str
    """The fragment that leads to it on the page."""
    start: int
    end: int
    block: int
    is_empty: bool
    """Nothing is written under it before the next heading of its level, or the end."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced code block."""

    start: int
    end: int
    info: str
    content: str
    closed: bool


class Footnote(NamedTuple):
    """One `[^label]`: a mention, or the start of a definition."""

    start: int
    end: int
    label: str
    block: int
    """Index of the definition's block; -1 of a mention."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One `#tag` in the text."""

    start: int
    end: int
    name: str
    """Without `#`, as written."""
    block: int


@dataclass(frozen=True, slots=True)
class Note:
    """The parse of one file."""

    source: Source
    front_matter: FrontMatter
    title: str
    """Front matter `title`, else a sole leading `#` heading, else the file's name."""
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    fences: tuple[Fence, ...]
    tags: tuple[Tag, ...]
    footnotes: tuple[Footnote, ...]
    runs: tuple[Run, ...]
    block_ids: Mapping[str, BlockId]
    """By their casefolded form."""
    comments: tuple[tuple[int, int], ...]
    """Byte ranges of what Obsidian hides."""
    unshown: tuple[tuple[int, int], ...]
    """Byte ranges of words that no reader is shown: flags with their reasons, the `[!kind]` of callouts."""
    problems: tuple[Problem, ...]

    @property
    def path(self) -> NotePath:
        """Below the folder of notes."""
        return self.source.path

    @property
    def name(self) -> str:
        """The file's name without folder and ending: what `[[…]]` says."""
        return _name(self.path)


def read_note(path: NotePath, data: bytes, flags: frozenset[str] = frozenset()) -> Note:
    """Parse a file. `flags` (casefolded tags) are no part of a heading's text: they are never shown."""
    source, problems = read_source(path, data)
    front_matter, more = read_front_matter(source)
    reader = _Reader(source, front_matter.body, flags)
    reader.read()
    fences = tuple(reader.fences)
    found = _headings(reader)
    return Note(
        source=source,
        front_matter=front_matter,
        title=front_matter.title or _sole_title(found) or _name(path),
        blocks=tuple(reader.blocks),
        headings=found,
        links=tuple(reader.links),
        fences=fences,
        tags=tuple(reader.tags),
        footnotes=tuple(reader.footnotes),
        runs=tuple(reader.runs),
        block_ids={found.id.casefold(): found for found in _block_ids(reader)},
        comments=_from_start(reader.comments, reader.body),
        unshown=tuple(sorted((*_from_start(reader.flagged, reader.body), *_callout_marks(reader)))),
        problems=(*problems, *more, *_unclosed(source, fences), *_spaced_bold(source, reader)),
    )


def _from_start(spans: Iterable[tuple[int, int]], body: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + body, end + body) for start, end in spans)


@dataclass(slots=True)
class _Open:
    """A link whose end has not come yet."""

    start: int
    written: WrittenLink
    embeds: bool
    label_end: int = -1


@dataclass(slots=True)
class _Reader:
    """Turns the parser's events into a note's parts, in one pass."""

    source: Source
    body: int
    flags: frozenset[str]
    events: Sequence[dialect.Event] = ()
    flagged: list[tuple[int, int]] = field(default_factory=list)
    """Byte ranges, in the body, of flags with their reasons."""
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    """Of the headings, by block."""
    spaced_bold: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    _block: int = -1
    """Index of the innermost block that is open."""
    _emphasis: int = -1
    """Byte offset after the mark that opened emphasis last: what stands before it is no part of a word."""
    _open: list[_Open] = field(default_factory=list)
    _code: list[str] | None = None
    _info: str | None = None

    def read(self) -> None:
        """Fill the lists."""
        reading = dialect.read(self.source.text[self.body :].decode(), wiki_links=True)
        self.spaced_bold = reading.spaced_bold
        self.events = reading.events
        self.comments = reading.comments
        for event in reading.events:
            self._take(event, event.kind, event.start + self.body, event.end + self.body)

    def _take(self, event: dialect.Event, kind: Event, start: int, end: int) -> None:
        # The frequent kinds come first: a page has thousands of events.
        if kind is Event.TEXT:
            self._text(event.data, start, end)
        elif kind is Event.END:
            self._end(event.tag, start, end)
        elif kind is Event.START:
            self._start(event, start, end)
        elif kind in _BREAKS:
            self._run(" ", start, end, is_code=False)
        elif kind in _CODE:
            self._run(event.data, start, end, is_code=True)
        elif kind is Event.RULE:
            self.blocks.append(Block(BlockKind.RULE, start, end, self._block))
        elif kind is Event.FOOTNOTE_REFERENCE:
            self.footnotes.append(Footnote(start, end, event.data, -1))
        elif kind is Event.INLINE_HTML and self._open:
            self._open[-1].label_end = end

    def _start(self, event: dialect.Event, start: int, end: int) -> None:
        if isinstance(event.data, WrittenLink):
            self._open.append(_Open(start, event.data, event.tag == "Image"))
        elif event.tag in _EMPHASIS:
            self._emphasis = start + _EMPHASIS[event.tag]
        elif kind := _BLOCKS.get(event.tag):
            self.blocks.append(Block(kind, start, end, self._block))
            self._block = len(self.blocks) - 1
            if kind is BlockKind.FOOTNOTE:
                colon = self.source.text.find(b"]:", start)
                self.footnotes.append(Footnote(start, colon + 1, event.data, self._block))
            elif kind is BlockKind.HEADING:
                self.levels[self._block] = event.data
            elif kind is BlockKind.CODE:
                self._code, self._info = [], event.data

    def _end(self, tag: str, start: int, end: int) -> None:
        if tag in ("Link", "Image"):
            link = self._open.pop()
            if self._open:
                self._open[-1].label_end = end
            self._close(link, end)
        elif tag in _BLOCKS:
            self._block = self.blocks[self._block].parent
            if self._code is not None:
                self._end_code(self._code, start, end)

    def _end_code(self, code: list[str], start: int, end: int) -> None:
        if self._info is not None:
            closed = _is_closed(self.source.text[start:end])
            self.fences.append(Fence(start, end, self._info, "".join(code), closed))
        self._code = self._info = None

    def _text(self, text: str, start: int, end: int) -> None:
        if self._code is not None:
            self._code.append(text)
            return
        self._run(text, start, end, is_code=False)
        if "#" in text and not self._open:
            places = _tags(self.source.text, start, end, is_after_mark=start == self._emphasis)
            found = [Tag(*place, self._block) for place in places if not self._is_hidden(place[0])]
            self.tags += found
            flags = [tag for tag in found if tag.name.casefold() in self.flags]
            self.flagged += [(tag.start - self.body, flag_end(self.source, tag) - self.body) for tag in flags]

    def _is_hidden(self, offset: int) -> bool:
        """Whether it lies in a comment: a piece of text may reach across one."""
        before = bisect_right(self.comments, offset - self.body, key=lambda span: span[0])
        return bool(before) and offset - self.body < self.comments[before - 1][1]

    def _run(self, text: str, start: int, end: int, *, is_code: bool) -> None:
        if self._open:
            self._open[-1].label_end = end
        self.runs.append(Run(start, end, text, self._block, is_code, len(self.links) if self._open else -1))

    def _close(self, link: _Open, end: int) -> None:
        wiki = isinstance(link.written.kind, dict) and "WikiLink" in link.written.kind
        if any(outer.embeds for outer in self._open):
            return  # the description of a picture is words only
        found = self._wiki(link, end) if wiki else self._markdown(link, end)
        if found is None:
            self._unlink()
        else:
            self.links.append(found)

    def _unlink(self) -> None:
        """What looked like a link is text: its runs belong to no link."""
        for index in range(len(self.runs) - 1, -1, -1):
            if self.runs[index].link != len(self.links):
                break
            self.runs[index] = self.runs[index]._replace(link=-1)

    def _wiki(self, link: _Open, end: int) -> Link | None:
        inner = self.source.text[link.start + (3 if link.embeds else 2) : end - 2].decode()
        target, bar, label = inner.partition("|")
        target = target.removesuffix("\\") if bar else target
        if not is_wiki_target(target):
            return None
        shown = label if label.strip() else ""
        return Link(link.start, end, LinkSyntax.WIKI, link.embeds, target.strip(), shown, end, "", self._block)

    def _markdown(self, link: _Open, end: int) -> Link | None:
        written = link.written
        if written.kind in ("Autolink", "Email"):
            return None
        opening = link.start + (2 if link.embeds else 1)
        label_end = self.source.text.find(b"]", max(opening, link.label_end), end)
        label = self.source.text[opening:label_end].decode()
        return Link(
            link.start,
            end,
            LinkSyntax.MARKDOWN,
            link.embeds,
            written.destination,
            label,
            label_end,
            written.title,
            self._block,
        )


def _tags(text: bytes, start: int, end: int, *, is_after_mark: bool) -> Iterator[tuple[int, int, str]]:
    """Tags in one piece of text; the character before it decides whether one starts there, but no mark of emphasis."""
    before = "" if is_after_mark else text[max(0, start - _LONGEST_CHARACTER) : start].decode("utf-8", "ignore")[-1:]
    piece = before + text[start:end].decode("utf-8", "ignore")
    for match in dialect.TAG.finditer(piece, len(before)):
        at = start + len(piece[len(before) : match.start()].encode())
        yield at, at + len(match[0].encode()), match["name"]


def flag_end(source: Source, flag: Tag) -> int:
    """Byte offset after a flag and the reason in parentheses that may stand right after it."""
    reason = _REASON.match(source.text, flag.end)
    return reason.end() if reason else flag.end


def is_wiki_target(target: str) -> bool:
    """Whether `[[target]]` is a link at all; otherwise it stays text, as in Obsidian."""
    if not target.strip() or len(target) > LONGEST_TARGET:
        return False
    return not any(character in target for character in "[]\n\r")


def _headings(reader: _Reader) -> tuple[Heading, ...]:
    """Ask the code that makes the page's headings; it is given the events that stage 2 will see."""
    if not reader.levels:
        return ()
    found = headings.outline(list(_as_shown(reader)))
    return tuple(
        Heading(
            heading.written_level,
            heading.text,
            heading.anchor,
            *_extent(reader, block),
            block,
            heading.is_empty,
        )
        for block, heading in zip(reader.levels, found, strict=True)
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _sole_title(found: Sequence[Heading]) -> str:
    tops = [heading for heading in found if heading.level == 1]
    return tops[0].text if len(tops) == 1 and tops[0].block == 0 else ""


def _extent(reader: _Reader, block: int) -> tuple[int, int]:
    return reader.blocks[block].start, reader.blocks[block].end


def _as_shown(reader: _Reader) -> Iterator[dialect.Event]:
    """The events after the edits of stage 1, as far as headings can tell: flags are pills, `[[A#B]]` says `A > B`."""
    target = ""
    for event in reader.events if reader.flagged else _of_headings(reader.events):
        if event.opens("Link") and event.data.kind == _BARE_WIKI_LINK:
            target = event.data.destination
        if event.kind is Event.TEXT and target:
            yield event._replace(data=displayed_target(target))
            target = ""
        elif event.kind is Event.TEXT or event.kind in _CODE:
            yield from _with_pills(event, reader)
        else:
            yield event


def _of_headings(events: Iterable[dialect.Event]) -> Iterator[dialect.Event]:
    """The events that an outline is made of: most are words of paragraphs, which it passes over."""
    in_heading = False
    for event in events:
        if event.tag == "Heading":
            in_heading = event.kind is Event.START
        if in_heading or (event.tag not in INLINE_TAGS if event.tag else event.kind is Event.HTML):
            yield event


def _with_pills(event: dialect.Event, reader: _Reader) -> Iterator[dialect.Event]:
    """Words with a pill in the place of each flag; of its reason nothing is left."""
    first = bisect_right(reader.flagged, event.start, key=lambda span: span[1])
    flagged = list(takewhile(lambda span: span[0] < event.end, reader.flagged[first:]))
    at = event.start
    for start, end in flagged:
        yield event._replace(data=_words(reader, at, start))
        if start >= event.start:
            yield event._replace(kind=Event.START, tag="Link", data=_PILL)
            yield event._replace(kind=Event.END, tag="Link", data=None)
        at = end
    if rest := _words(reader, at, event.end) if flagged else event.data:
        yield event._replace(data=rest)


def _words(reader: _Reader, start: int, end: int) -> str:
    """What the source shows between two byte offsets of the body, without comments."""
    return _outside(reader.source.text[reader.body :], reader.comments, start, end)


def _outside(text: bytes, comments: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """A piece of text without the comments in it."""
    if not comments:
        return text[start:end].decode()
    first = bisect_right(comments, start, key=lambda span: span[1])
    cuts = takewhile(lambda span: span[1] <= end, comments[first:])
    edges = [start, *chain.from_iterable(cuts), end]
    return b"".join(text[one:other] for one, other in zip(edges[::2], edges[1::2], strict=True)).decode()


def shown_text(note: Note, run: Run) -> str:
    """A run's text as the page shows it: a bare `[[Note#A]]` as `Note > A`, flags and their reasons taken out."""
    first = max(0, bisect_right(note.unshown, (run.start,)) - 1)
    last = bisect_right(note.unshown, (run.end,), first)
    cuts = [span for span in note.unshown[first:last] if span[1] > run.start]
    if not cuts:
        return _displayed(note, run)
    edges = [run.start, *chain.from_iterable(cuts), run.end]
    return "".join(text_between(note, run, one, other) for one, other in zip(edges[::2], edges[1::2], strict=True))


def text_between(note: Note, run: Run, start: int, end: int) -> str:
    """What a run shows between two byte offsets."""
    if start <= run.start and run.end <= end:
        return _displayed(note, run)
    start, end = max(start, run.start), min(end, run.end)
    return "" if start >= end or run.is_code else _outside(note.source.text, note.comments, start, end)


def _displayed(note: Note, run: Run) -> str:
    if 0 <= run.link < len(note.links):
        link = note.links[run.link]
        if link.syntax is LinkSyntax.WIKI and not link.label and link.start < run.start < link.end:
            return displayed_target(link.target)
    return run.text


def displayed_target(target: str) -> str:
    """What Obsidian shows for a link without a label: `Note > Heading`, `Heading` for `#Heading`."""
    name, *subpath = target.rstrip("#").split("#")
    return " > ".join(part for part in (name, *subpath) if part) if any(subpath) else target


def _block_ids(reader: _Reader) -> Iterator[BlockId]:
    last = {run.block: run for run in reader.runs}
    marked = {block: run for block, run in last.items() if "^" in run.text and not run.is_code and run.link < 0}
    above = _blocks_above(reader.blocks) if marked else {}
    text = reader.source.text
    for block, run in marked.items():
        if match := dialect.BLOCK_ID.search(run.text):
            mark = text.rfind(b"^" + match["id"].encode(), run.start, run.end)
            named = _named_block(reader, block, above, is_alone=mark == reader.blocks[block].start)
            if named >= 0 and text[mark - 1 : mark] != b"\\":
                whole = reader.blocks[named]
                yield BlockId(match["id"], whole.start, whole.end, mark, mark + len(match["id"]) + 1)


def _blocks_above(blocks: Iterable[Block]) -> Mapping[int, int]:
    """For each block, the one before it in the same container; -1 for the first."""
    latest: dict[int, int] = {}
    above: dict[int, int] = {}
    for at, block in enumerate(blocks):
        above[at] = latest.get(block.parent, -1)
        latest[block.parent] = at
    return above


def _named_block(reader: _Reader, block: int, above: Mapping[int, int], *, is_alone: bool) -> int:
    """The block that an id names: the one above where it stands alone, a whole item or quote at its end; else -1."""
    found, parent = reader.blocks[block], reader.blocks[block].parent
    if is_alone and found.kind is BlockKind.PARAGRAPH:
        return above[block]
    if is_alone and found.kind is BlockKind.CELL:
        return reader.blocks[parent].parent if _is_line_below(reader, parent) else -1
    if parent >= 0 and reader.blocks[parent].kind in (BlockKind.ITEM, BlockKind.QUOTE):
        return parent
    return block


def _is_line_below(reader: _Reader, row: int) -> bool:
    """To GFM, a line right below a table is a row of one cell."""
    line = reader.source.text[reader.blocks[row].start : reader.blocks[row].end]
    return b"|" not in line and reader.blocks[row].kind is BlockKind.ROW


def _is_closed(text: bytes) -> bool:
    lines = text.rstrip(b"\r\n").split(b"\n")
    mark = lines[0].lstrip()[:1]
    last = lines[-1].strip(b" \t\r>")
    return len(lines) > 1 and last.startswith(mark * 3) and not last.strip(mark)


def _unclosed(source: Source, fences: Iterable[Fence]) -> Iterable[Problem]:
    for fence in fences:
        if not fence.closed:
            yield source.problem(
                Kind.UNCLOSED_FENCE,
                fence.start,
                "this code block is not closed; everything to its end is shown as code",
                "Close it with a line of the same marks.",
            )


def _spaced_bold(source: Source, reader: _Reader) -> Iterable[Problem]:
    for start, _ in reader.spaced_bold:
        yield source.problem(
            Kind.SPACED_EMPHASIS,
            start + reader.body,
            "a blank inside `**…**`: CommonMark shows the asterisks; the paragraph is shown bold",
            "Delete the blank next to the asterisks.",
        )


def _callout_marks(reader: _Reader) -> Iterator[tuple[int, int]]:
    for quote, first in pairwise(reader.blocks):
        if quote.kind is BlockKind.QUOTE and first.kind is BlockKind.PARAGRAPH and first.start < quote.end:
            mark = MARKER.match(reader.source.text, first.start)
            if mark is not None:
                yield mark.span()
