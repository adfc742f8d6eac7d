"""Specimens: of each thing that one can write, the shortest passage of the notes that has it. In: a site. Out: ranges.

The guide shows them with what comes of them, so that it cannot say what the site does not do.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from notes.diagrams import Read
from notes.drawings import mermaid_fences
from notes.links import is_wanted
from notes.note import Block, BlockKind, LinkSyntax, Note
from notes.site import Site

LONGEST: Final = 800
"""Bytes; a longer passage shows less, not more."""

_KEPT: Final = 4
"""How many passages of each thing there are to choose from."""

_CALLOUT = re.compile(rb">[ \t]*\[![^\]\n]+\]")
_TASK = re.compile(rb"^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]", re.MULTILINE)
_HIGHLIGHT = re.compile(r"==[^=\s][^=\n]*==")
_STRUCK = re.compile(rb"~~\S")
_BOLD = re.compile(rb"\*\*\S")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A passage of a note."""

    note: Note
    start: int
    """Byte offset, of a line's start."""
    end: int


@dataclass(frozen=True, slots=True)
class _Passage:
    """A block of a note, and what is asked of it."""

    site: Site
    note: Note
    block: Block

    @property
    def source(self) -> bytes:
        return self.note.source.text[self.block.start : self.block.end]

    def holds(self, offset: int) -> bool:
        return self.block.start <= offset < self.block.end

    def is_a(self, *kinds: BlockKind) -> bool:
        return self.block.kind in kinds

    def has_link(self, *, wanted: bool) -> bool:
        links = self.site.outgoing[self.note.path]
        wiki = (link for link in links if link.link.syntax is LinkSyntax.WIKI and not link.link.embeds)
        return any((is_wanted(link) if wanted else link.path) and self.holds(link.link.start) for link in wiki)

    def has_embed(self) -> bool:
        links = self.site.outgoing[self.note.path]
        return any(link.link.embeds and link.path and self.holds(link.link.start) for link in links)

    def has_flag(self) -> bool:
        return any(self.holds(flag.tag.start) for flag in self.site.flags[self.note.path])

    def has_highlight(self) -> bool:
        runs = (run for run in self.note.runs if self.holds(run.start) and not run.is_code)
        return any(_HIGHLIGHT.search(run.text) for run in runs)

    def has_maths(self) -> bool:
        text = self.note.source.text
        return any(run.is_code and text[run.start] == ord("$") for run in self.note.runs if self.holds(run.start))

    def has_footnote(self) -> bool:
        return any(self.holds(footnote.start) for footnote in self.note.footnotes if footnote.block < 0)

    def is_code(self) -> bool:
        fence = next((fence for fence in self.note.fences if fence.start == self.block.start), None)
        return fence is not None and fence.closed and fence.info.split()[:1] not in ([], ["text"], ["mermaid"])

    def is_mermaid(self) -> bool:
        return any(fence.start == self.block.start and fence.closed for fence, _ in mermaid_fences(self.note))

    def is_drawing(self) -> bool:
        drawings = self.site.drawings[self.note.path]
        return any(it.fence.start == self.block.start and isinstance(it.reading, Read) for it in drawings)


_TEXT: Final = (BlockKind.PARAGRAPH, BlockKind.LIST)

_THINGS: Final[Mapping[str, Callable[[_Passage], object]]] = {
    "bold": lambda it: it.is_a(BlockKind.PARAGRAPH) and _BOLD.search(it.source),
    "list": lambda it: it.is_a(BlockKind.LIST) and not _TASK.search(it.source),
    "quote": lambda it: it.is_a(BlockKind.QUOTE) and not _CALLOUT.match(it.source),
    "link": lambda it: it.is_a(*_TEXT) and it.has_link(wanted=False),
    "wanted": lambda it: it.is_a(*_TEXT) and it.has_link(wanted=True),
    "embed": lambda it: it.is_a(BlockKind.PARAGRAPH) and it.has_embed(),
    "flag": lambda it: it.is_a(*_TEXT) and it.has_flag(),
    "callout": lambda it: it.is_a(BlockKind.QUOTE) and _CALLOUT.match(it.source),
    "highlight": lambda it: it.is_a(BlockKind.PARAGRAPH) and it.has_highlight(),
    "struck": lambda it: it.is_a(BlockKind.PARAGRAPH) and _STRUCK.search(it.source),
    "maths": lambda it: it.is_a(BlockKind.PARAGRAPH) and it.has_maths(),
    "footnote": lambda it: it.is_a(BlockKind.PARAGRAPH) and it.has_footnote(),
    "tasks": lambda it: it.is_a(BlockKind.LIST) and _TASK.search(it.source),
    "table": lambda it: it.is_a(BlockKind.TABLE),
    "code": lambda it: it.is_a(BlockKind.CODE) and it.is_code(),
    "mermaid": lambda it: it.is_a(BlockKind.CODE) and it.is_mermaid(),
    "drawing": lambda it: it.is_a(BlockKind.CODE) and it.is_drawing(),
}
"""Whether a passage shows a thing, for all that the guide names."""


def specimens(site: Site) -> dict[str, Specimen]:
    """The shortest passage of each thing, another one for each where there are several; of equal ones the first.

    What an author hides is not shown.
    """
    shortest: dict[str, list[tuple[int, Specimen]]] = {thing: [] for thing in _THINGS}
    for note in site.vault.notes.values():
        for block in note.blocks:
            if block.parent < 0 and block.end - block.start <= LONGEST and not _hides(note, block):
                _enter(shortest, _Passage(site, note, block))
    found: dict[str, Specimen] = {}
    for thing, ranked in shortest.items():
        passages = [passage for _, passage in ranked]
        unused = (passage for passage in passages if passage not in found.values())
        if passages:
            found[thing] = next(unused, passages[0])
    return found


def _enter(shortest: Mapping[str, list[tuple[int, Specimen]]], passage: _Passage) -> None:
    note, block = passage.note, passage.block
    size = block.end - block.start
    for thing, ranked in shortest.items():
        if (len(ranked) < _KEPT or size < ranked[-1][0]) and _THINGS[thing](passage):
            ranked.append((size, Specimen(note, _line_start(note, block.start), block.end)))
            ranked.sort(key=itemgetter(0))
            del ranked[_KEPT:]


def _line_start(note: Note, start: int) -> int:
    """The blanks before a block's first line belong to it, or the others would stand deeper than it does."""
    return note.source.text.rfind(b"\n", 0, start) + 1


def _hides(note: Note, block: Block) -> bool:
    return any(block.start < end and start < block.end for start, end in note.comments)
