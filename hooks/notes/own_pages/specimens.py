"""Specimens: of each thing that one can write, the shortest passage of the notes that has it. In: a site. Out: ranges.

The guide shows them with what comes of them, so that it cannot say what the site does not do.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import itemgetter
from typing import Final, NamedTuple

from notes.diagrams import Read
from notes.drawings import mermaid_fences
from notes.links import is_wanted
from notes.note import Block, BlockKind, LinkSyntax, Note
from notes.site import Site

LONGEST: Final = 800
"""Bytes; a longer passage shows less, not more."""
_KEPT: Final = 4
"""How many passages of each thing there are to choose from."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A passage of a note."""

    note: Note
    start: int
    """Byte offset, of a line's start."""
    end: int


class _Thing(NamedTuple):
    """What one can write, and how a top-level block that shows it is known."""

    kinds: frozenset[BlockKind]
    places: Callable[[Site, Note], Iterator[int]] | None = None
    """Byte offsets in a note; the block holds one of them."""
    pattern: re.Pattern[bytes] | None = None
    """Found in the block's source."""
    but: re.Pattern[bytes] | None = None
    """Not found in it."""


def _links(site: Site, note: Note, *, wanted: bool) -> Iterator[int]:
    for link in site.outgoing[note.path]:
        if link.link.syntax is LinkSyntax.WIKI and not link.link.embeds and (is_wanted(link) if wanted else link.path):
            yield link.link.start


def _resolved(site: Site, note: Note) -> Iterator[int]:
    return _links(site, note, wanted=False)


def _wanted(site: Site, note: Note) -> Iterator[int]:
    return _links(site, note, wanted=True)


def _embeds(site: Site, note: Note) -> Iterator[int]:
    return (link.link.start for link in site.outgoing[note.path] if link.link.embeds and link.path)


def _flags(site: Site, note: Note) -> Iterator[int]:
    return (flag.tag.start for flag in site.flags[note.path])


def _highlights(_site: Site, note: Note) -> Iterator[int]:
    return (run.start for run in note.runs if not run.is_code and _HIGHLIGHT.search(run.text))


def _maths(_site: Site, note: Note) -> Iterator[int]:
    return (run.start for run in note.runs if run.is_code and note.source.text[run.start] == ord("$"))


def _footnotes(_site: Site, note: Note) -> Iterator[int]:
    return (footnote.start for footnote in note.footnotes if footnote.block < 0)


def _code(_site: Site, note: Note) -> Iterator[int]:
    named = (fence for fence in note.fences if fence.closed and fence.info.strip())
    return (fence.start for fence in named if fence.info.split()[0] not in ("text", "mermaid"))


def _mermaid(_site: Site, note: Note) -> Iterator[int]:
    return (fence.start for fence, _ in mermaid_fences(note) if fence.closed)


def _drawings(site: Site, note: Note) -> Iterator[int]:
    return (it.fence.start for it in site.drawings[note.path] if isinstance(it.reading, Read))


_HIGHLIGHT = re.compile(r"==[^=\s][^=\n]*==")
_CALLOUT = re.compile(rb"\A>[ \t]*\[![^\]\n]+\]")
_TASK = re.compile(rb"^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]", re.MULTILINE)

_PARAGRAPH = frozenset({BlockKind.PARAGRAPH})
_LIST = frozenset({BlockKind.LIST})
_QUOTE = frozenset({BlockKind.QUOTE})
_FENCE = frozenset({BlockKind.CODE})

_THINGS: Final[Mapping[str, _Thing]] = {
    "bold": _Thing(_PARAGRAPH, pattern=re.compile(rb"\*\*\S")),
    "list": _Thing(_LIST, but=_TASK),
    "quote": _Thing(_QUOTE, but=_CALLOUT),
    "link": _Thing(_PARAGRAPH | _LIST, _resolved),
    "wanted": _Thing(_PARAGRAPH | _LIST, _wanted),
    "embed": _Thing(_PARAGRAPH, _embeds),
    "flag": _Thing(_PARAGRAPH | _LIST, _flags),
    "callout": _Thing(_QUOTE, pattern=_CALLOUT),
    "highlight": _Thing(_PARAGRAPH, _highlights),
    "struck": _Thing(_PARAGRAPH, pattern=re.compile(rb"~~\S")),
    "maths": _Thing(_PARAGRAPH, _maths),
    "footnote": _Thing(_PARAGRAPH, _footnotes),
    "tasks": _Thing(_LIST, pattern=_TASK),
    "table": _Thing(frozenset({BlockKind.TABLE})),
    "code": _Thing(_FENCE, _code),
    "mermaid": _Thing(_FENCE, _mermaid),
    "drawing": _Thing(_FENCE, _drawings),
}
"""All that the guide names."""
_OF_KIND: Final = {kind: [thing for thing, rule in _THINGS.items() if kind in rule.kinds] for kind in BlockKind}


def specimens(site: Site) -> dict[str, Specimen]:
    """The shortest passage of each thing, another one for each where there are several; of equal ones the first.

    What an author hides is not shown, and what is flagged only to show flags.
    """
    shortest: dict[str, list[tuple[int, Specimen]]] = {thing: [] for thing in _THINGS}
    for note in site.vault.notes.values():
        places = cache(partial(_places, site, note))
        for block in note.blocks:
            things = [thing for thing in _OF_KIND[block.kind] if block.parent < 0 and _is_short(block, shortest[thing])]
            for thing in _shown(note, block, things, places) if things else ():
                ranked = shortest[thing]
                ranked.append((_size(block), Specimen(note, _line_start(note, block.start), block.end)))
                ranked.sort(key=itemgetter(0))
                del ranked[_KEPT:]
    found: dict[str, Specimen] = {}
    for thing, ranked in shortest.items():
        passages = [passage for _, passage in ranked]
        unused = (passage for passage in passages if passage not in found.values())
        if passages:
            found[thing] = next(unused, passages[0])
    return found


def _is_short(block: Block, ranked: Sequence[tuple[int, Specimen]]) -> bool:
    """Whether it would be kept; asked before what it shows, as of thousands of blocks hardly any is."""
    return _size(block) < ranked[-1][0] if len(ranked) == _KEPT else _size(block) <= LONGEST


def _size(block: Block) -> int:
    return block.end - block.start


Places = Callable[[str], Sequence[int]]
"""Where a note has a thing: byte offsets, in order."""


def _places(site: Site, note: Note, thing: str) -> Sequence[int]:
    rule = _THINGS[thing]
    return sorted(rule.places(site, note)) if rule.places else ()


def _shown(note: Note, block: Block, things: Iterable[str], places: Places) -> Sequence[str]:
    """Those of the things that a block shows."""
    if _holds(block, [start for start, _ in note.comments]):
        return ()
    is_flagged = _holds(block, places("flag"))
    return [
        thing
        for thing in things
        if (thing == "flag" or not is_flagged) and _shows(note, block, _THINGS[thing], places(thing))
    ]


def _shows(note: Note, block: Block, rule: _Thing, places: Sequence[int]) -> bool:
    if rule.places and not _holds(block, places):
        return False
    source = note.source.text[block.start : block.end]
    return (rule.pattern is None or bool(rule.pattern.search(source))) and not (rule.but and rule.but.search(source))


def _holds(block: Block, places: Sequence[int]) -> bool:
    """Whether one of the byte offsets, in order, lies in a block."""
    first = bisect_left(places, block.start)
    return first < len(places) and places[first] < block.end


def _line_start(note: Note, start: int) -> int:
    """The blanks before a block's first line belong to it, or the others would stand deeper than it does."""
    return note.source.text.rfind(b"\n", 0, start) + 1
