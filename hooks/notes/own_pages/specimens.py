"""Specimens: of each thing that one can write, a short passage of the notes that has it. In: a site. Out: ranges.

The guide shows them with what comes of them, so that it cannot say what the site does not do.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from notes.base_files import LANGUAGE
from notes.diagrams import Read
from notes.drawings import mermaid_fences
from notes.names import is_note
from notes.note import Block, BlockKind, LinkSyntax, Note
from notes.outgoing import is_wanted
from notes.site import Site

LONGEST: Final = 800
"""Bytes; a longer passage shows less, not more."""
_SEEN: Final = 100
"""So many passages of each thing are looked at: the first of a vault, since it may have hundreds of thousands."""
_KEPT: Final = 4
"""How many of them, the shortest, there are to choose from."""


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
    sign: bytes
    """What a note cannot lack that has it: one byte where one is rare, as Python finds it fastest."""
    places: Callable[[Site, Note], Iterator[int]] | None = None
    """Byte offsets in a note; the block holds one of them."""
    pattern: re.Pattern[bytes] | None = None
    """Found in the block's source."""
    but: re.Pattern[bytes] | None = None
    """Not found in it."""


def _links(site: Site, note: Note, *, wanted: bool) -> Iterator[int]:
    for link in site.outgoing[note.path]:
        is_in_text = link.link.syntax is LinkSyntax.WIKI and not link.link.embeds and link.link.block >= 0
        if is_in_text and (is_wanted(link) if wanted else link.path):
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
    return (fence.start for fence in named if fence.info.split()[0] not in ("text", "mermaid", LANGUAGE))


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
    "bold": _Thing(_PARAGRAPH, b"**", pattern=re.compile(rb"\*\*\S")),
    "list": _Thing(_LIST, b"", but=_TASK),
    "quote": _Thing(_QUOTE, b">", but=_CALLOUT),
    "link": _Thing(_PARAGRAPH | _LIST, b"[[", _resolved),
    "wanted": _Thing(_PARAGRAPH | _LIST, b"[[", _wanted),
    "embed": _Thing(_PARAGRAPH, b"!", _embeds),
    "flag": _Thing(_PARAGRAPH | _LIST, b"#", _flags),
    "callout": _Thing(_QUOTE, b"[!", pattern=_CALLOUT),
    "highlight": _Thing(_PARAGRAPH, b"=", _highlights),
    "struck": _Thing(_PARAGRAPH, b"~", pattern=re.compile(rb"~~\S")),
    "maths": _Thing(_PARAGRAPH, b"$", _maths),
    "footnote": _Thing(_PARAGRAPH, b"^", _footnotes),
    "tasks": _Thing(_LIST, b"]", pattern=_TASK),
    "table": _Thing(frozenset({BlockKind.TABLE}), b"|"),
    "code": _Thing(_FENCE, b"", _code),
    "mermaid": _Thing(_FENCE, b"mermaid", _mermaid),
    "drawing": _Thing(_FENCE, b"", _drawings),
}
"""All that the guide shows of the notes."""


def specimens(site: Site) -> dict[str, Specimen]:
    """A short passage of each thing, another one for each where there are several; of equal ones the first."""
    found: dict[str, Specimen] = {}
    for thing, known in _passages(site).items():
        shortest = sorted(known, key=lambda passage: passage.end - passage.start)[:_KEPT]
        unused = (passage for passage in shortest if passage not in found.values())
        if shortest:
            found[thing] = next(unused, shortest[0])
    return found


def _passages(site: Site) -> Mapping[str, Sequence[Specimen]]:
    """Some passages of each thing, note by note; what is made of a canvas or a base, nobody has written."""
    passages: dict[str, list[Specimen]] = {thing: [] for thing in _THINGS}
    for note in (note for path, note in site.vault.notes.items() if is_note(path)):
        wanted = [thing for thing, known in passages.items() if len(known) < _SEEN]
        for thing, passage in _passages_of(site, note, wanted):
            passages[thing].append(passage)
    return passages


def _passages_of(site: Site, note: Note, things: Iterable[str]) -> Iterator[tuple[str, Specimen]]:
    """Those of one note. What an author hides is not shown, and what is flagged only to show flags."""
    places = _places(site, note, things)
    if not places:
        return
    hidden, flagged = [start for start, _ in note.comments], list(_flags(site, note))
    for block in _blocks(note, places):
        if not _holds(block, hidden):
            for thing in _shown(note, block, places, is_flagged=_holds(block, flagged)):
                yield thing, Specimen(note, _line_start(note, block.start), block.end)


Places = Mapping[str, Sequence[int]]
"""Where a note has each thing that is looked for in it: byte offsets, in order."""


def _places(site: Site, note: Note, things: Iterable[str]) -> Places:
    """Those of the things that a note may show."""
    found: dict[str, Sequence[int]] = {}
    for thing in things:
        rule = _THINGS[thing]
        if rule.sign in note.source.text:
            places = sorted(rule.places(site, note)) if rule.places else ()
            if places or not rule.places:
                found[thing] = places
    return found


def _blocks(note: Note, things: Iterable[str]) -> Iterator[Block]:
    """The blocks at the top that are short enough, of the kinds that may show the things."""
    kinds = {kind for thing in things for kind in _THINGS[thing].kinds}
    return (
        block
        for block in note.blocks
        if block.parent < 0 and block.kind in kinds and block.end - block.start <= LONGEST
    )


def _shown(note: Note, block: Block, places: Places, *, is_flagged: bool) -> Iterator[str]:
    """Those of the things that a block shows."""
    for thing in places:
        rule = _THINGS[thing]
        if (
            block.kind in rule.kinds
            and (thing == "flag" or not is_flagged)
            and _shows(note, block, rule, places[thing])
        ):
            yield thing


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
