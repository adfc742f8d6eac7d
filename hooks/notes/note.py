"""Note: what one file holds: its blocks, headings, links and text, with byte ranges. `parse` makes it.

Nothing here knows other notes; `vault` does. Offsets are bytes into `Note.source.text`, front matter included.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import takewhile
from typing import NamedTuple

from commonmark.spans import Span
from notes.front_matter import FrontMatter
from notes.problems import Problem
from notes.source import NotePath, Source


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


ITEM_MARKER = re.compile(rb"\s*(?:[-+*]|\d{1,9}[.)])[ \t]+")
"""What a list's item starts with; to the parser that may be the end of the line before."""

_TO_WORDS = re.compile(rb"[ \t]*(?:\r?\n[ \t>]*)?")


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
    anchor: str
    """The id that the block has on its page."""
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
    AUTO = "auto"
    """`<https://site.example>`, always with a scheme"""


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


class PropertyLink(NamedTuple):
    """One link in the note's properties."""

    name: str
    """Of the property."""
    link: Link
    """In no block: its block is -1."""


class Heading(NamedTuple):
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
    is_title: bool
    """It is the page's first heading, and the only one of the highest level."""


class Fence(NamedTuple):
    """One fenced code block."""

    start: int
    end: int
    info: str
    content: str
    closed: bool


def fence_line(source: bytes, fence: Fence, number: int) -> int:
    """The byte offset at which a line of a fence's content starts; `number` is from 1."""
    at = fence.start
    for _ in range(number):
        at = source.find(b"\n", at) + 1
    return at


def fence_end(source: bytes, fence: Fence) -> int:
    """The byte offset after a fence's last line, but for that line's end."""
    return fence.start + len(source[fence.start : fence.end].rstrip(b"\r\n"))


class Footnote(NamedTuple):
    """One `[^label]`: a mention, or the start of a definition."""

    start: int
    end: int
    label: str
    block: int
    """Index of the definition's block; -1 of a mention."""


class Tag(NamedTuple):
    """One `#tag` in the text."""

    start: int
    end: int
    name: str
    """Without `#`, as written."""
    block: int


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """The parse of one file; equal to itself alone, so that what is known of a note can be kept by it."""

    source: Source
    front_matter: FrontMatter
    title: str
    """Front matter `title`, else a sole leading `#` heading, else the file's name."""
    blocks: tuple[Block, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    fences: tuple[Fence, ...] = ()
    tags: tuple[Tag, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    runs: tuple[Run, ...] = ()
    block_ids: Mapping[str, BlockId] = field(default_factory=dict)
    """By their casefolded form; of several of one name the first, which alone a link leads to."""
    all_block_ids: tuple[BlockId, ...] = ()
    html: tuple[Span, ...] = ()
    """HTML, but for that in the labels of links."""
    comments: tuple[Span, ...] = ()
    """What Obsidian hides."""
    unshown: tuple[Span, ...] = ()
    """Words that are not shown there: flags and reasons, the `[!kind]` of callouts, inline footnotes."""
    flagged: tuple[Span, ...] = ()
    """Flags and reasons, also those in inline footnotes."""
    highlighted: tuple[Span, ...] = ()
    """The `==` at both ends of what is highlighted."""
    inline_notes: tuple[Span, ...] = ()
    """Inline footnotes, their `^[` and `]` included; none is in another one."""
    labels_with_embeds: tuple[Span, ...] = ()
    """Links with an embed among their words, where no other link can stand."""
    problems: tuple[Problem, ...] = ()
    property_links: tuple[PropertyLink, ...] = ()
    is_as_written: bool = False
    """It is shown as its author wrote it, since there is too much in it; nothing of it was read."""
    data_start: int | None = None
    """Byte offset at which the data of a drawing of Excalidraw starts, which is none of the note's text."""

    @property
    def path(self) -> NotePath:
        """Below the folder of notes."""
        return self.source.path

    @property
    def end(self) -> int:
        """Byte offset after the note's text."""
        return len(self.source.text) if self.data_start is None else self.data_start

    @property
    def name(self) -> str:
        """The file's name without folder and ending: what `[[…]]` says."""
        return file_name(self.path)


def file_name(path: str) -> str:
    """The last part of a path, without ending."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def runs_from(note: Note, start: int) -> Iterator[Run]:
    """The runs that start at a byte offset or after it."""
    first = bisect_left(note.runs, start, key=lambda run: run.start)
    return (note.runs[at] for at in range(first, len(note.runs)))


def runs_between(note: Note, start: int, end: int) -> Iterator[Run]:
    """The runs that start in a byte range."""
    return takewhile(lambda run: run.start < end, runs_from(note, start))


def next_words(text: bytes, at: int, end: int) -> int:
    """The byte offset after the blanks at another; at a line's end, after what the next line starts with too."""
    blanks = _TO_WORDS.match(text, at, end)
    return blanks.end() if blanks else at


def heading_before(note: Note, offset: int) -> int:
    """The place of the last heading that starts before a byte offset; -1 if none does."""
    return bisect_left(note.headings, offset, key=lambda heading: heading.start) - 1


def displayed_target(target: str) -> str:
    """What Obsidian shows for a link without a label: `Note > Heading`, `Heading` for `#Heading`."""
    if "#" not in target:
        return target
    name, *subpath = target.rstrip("#").split("#")
    return " > ".join(part for part in (name, *subpath) if part) if any(subpath) else target
