"""Anchors: what the `#…` part of a link names in a note. In: a note and the part. Out: a heading, or close names.

Source of the rules: Obsidian's help, "Internal links", on headings and blocks. Each note's headings are indexed once,
when the first link asks: a note may have thousands of them, and as many links to them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from commonmark.html_addresses import ids
from commonmark.spans import Span
from notes import near
from notes.names import folded, normal, stripped
from notes.note import Heading, Note, heading_before

_DEEPEST: Final = 6
"""Headings inside of each other."""
_NOT_IN_A_LINK: Final = re.compile(r"[\[\]|^\\]")
"""What would end the link, or begin its label or the name of a block."""
_NOTES: Final = 1 << 12
"""So many notes' headings are kept indexed."""


class _Scope(NamedTuple):
    """Ranges of a note's headings, by their place among all; in order, none in another."""

    starts: Sequence[int]
    ends: Sequence[int]
    """Exclusive."""


@lru_cache(maxsize=1 << 14)
def find_heading(note: Note, subpath: str) -> Heading | None:
    """The heading that `A`, or `A#B` (B somewhere under A), names: as shown, as Obsidian compares, without punctuation.

    To Obsidian a heading's name is its Markdown: `## [[A|B]]` is `A B`, as its suggestions write.
    """
    parts = tuple(part for part in subpath.split("#") if part.strip())
    places = _called(note, parts) if len(parts) <= _DEEPEST else ()
    places = places or _called(note, (subpath,))
    return note.headings[places[0]] if places else None


def _called(note: Note, path: tuple[str, ...]) -> Sequence[int]:
    """The places of the headings that a path of names leads to, as exactly as can be."""
    if not path:
        return ()
    scope, name = _under(note, path[:-1]), path[-1]
    wanted, sound = " ".join(normal(name).split()), folded(name)
    forms = ((_by_text, wanted), (_by_name, stripped(name)), (_by_sound, sound), (_by_writing, sound), (_by_id, name))
    for index, key in forms:
        if key and (places := _inside(index(note).get(key, ()), scope)):
            return places
    return ()


@lru_cache(maxsize=_NOTES)
def _under(note: Note, path: tuple[str, ...]) -> _Scope:
    """What is under the headings that a path of names leads to; all headings, if there is none."""
    if not path:
        return _Scope((0,), (len(note.headings),))
    starts: list[int] = []
    ends: list[int] = []
    for place in _called(note, path):
        if not ends or place >= ends[-1]:
            starts.append(place + 1)
            ends.append(_ends(note)[place])
    return _Scope(starts, ends)


def _inside(places: Sequence[int], scope: _Scope) -> Sequence[int]:
    if len(places) < len(scope.starts):
        ranges = ((place, bisect_right(scope.starts, place) - 1) for place in places)
        return [place for place, at in ranges if at >= 0 and place < scope.ends[at]]
    spans = zip(scope.starts, scope.ends, strict=True)
    return [place for start, end in spans for place in places[bisect_left(places, start) : bisect_left(places, end)]]


def section_end(note: Note, heading: Heading) -> int:
    """The byte offset at which what is under a heading ends: at the next one of its level or a higher one.

    It ends with the quote or the item that it stands in, too.
    """
    end = _ends(note)[heading_before(note, heading.end)]
    following = note.headings[end].start if end < len(note.headings) else note.end
    return min(following, _container(note, heading)[1])


@lru_cache(maxsize=_NOTES)
def _ends(note: Note) -> Sequence[int]:
    """For each heading, the place of the next one that is not under it."""
    ends = [len(note.headings)] * len(note.headings)
    above: list[int] = []
    for place, heading in enumerate(note.headings):
        while above and _is_over(note, note.headings[above[-1]], heading):
            ends[above.pop()] = place
        above.append(place)
    return ends


def _is_over(note: Note, one: Heading, other: Heading) -> bool:
    """Whether a section is over where another heading stands: not at one in a callout that is a part of it."""
    _, end = _container(note, one)
    start, _ = _container(note, other)
    return end <= other.start or (other.level <= one.level and start <= one.start)


def _container(note: Note, heading: Heading) -> Span:
    """Where the quote or item that a heading stands in starts and ends; the note, if it stands in none."""
    parent = note.blocks[heading.block].parent
    return (note.blocks[parent].start, note.blocks[parent].end) if parent >= 0 else (0, note.end)


@lru_cache(maxsize=_NOTES)
def _by_text(note: Note) -> Mapping[str, Sequence[int]]:
    return _grouped(normal(heading.text) for heading in note.headings)


@lru_cache(maxsize=_NOTES)
def _by_name(note: Note) -> Mapping[str, Sequence[int]]:
    return _grouped(stripped(note.source.text[heading.start : heading.end].decode()) for heading in note.headings)


@lru_cache(maxsize=_NOTES)
def _by_sound(note: Note) -> Mapping[str, Sequence[int]]:
    return _grouped(folded(heading.text) for heading in note.headings)


@lru_cache(maxsize=_NOTES)
def _by_writing(note: Note) -> Mapping[str, Sequence[int]]:
    return _grouped(folded(note.source.text[heading.start : heading.end].decode()) for heading in note.headings)


@lru_cache(maxsize=_NOTES)
def _by_id(note: Note) -> Mapping[str, Sequence[int]]:
    return _grouped(heading.id for heading in note.headings)


def _grouped(names: Iterable[str]) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return places


def close_names(note: Note, subpath: str) -> Sequence[str]:
    """The names of headings, or of blocks, that are most like one that is not there."""
    names = _block_names(note) if subpath.startswith("^") else _heading_names(note)
    return names.close_to(subpath.rpartition("#")[2])


@lru_cache(maxsize=_NOTES)
def _block_names(note: Note) -> near.Names:
    return near.names(f"^{block.id}" for block in note.block_ids.values())


@lru_cache(maxsize=_NOTES)
def _heading_names(note: Note) -> near.Names:
    """As a link may say them, which Obsidian's suggestions write with blanks in the place of such signs."""
    names = (" ".join(_NOT_IN_A_LINK.sub(" ", heading.text).split()) for heading in note.headings)
    return near.names(filter(None, names))


def named(note: Note, subpath: str) -> str:
    """The id of the heading, or of the block if it starts with `^`, that a link names; empty if there is none."""
    if subpath.startswith("^"):
        block = note.block_ids.get(subpath[1:].casefold())
        return block.anchor if block else ""
    heading = find_heading(note, subpath)
    return heading.id if heading else ""


def is_anchor(note: Note, fragment: str) -> bool:
    """Whether a fragment is an id that the author wrote in HTML."""
    return fragment in _html_ids(note)


def is_id(note: Note, fragment: str) -> bool:
    """Whether a fragment is an id of anything of a note on its page."""
    block = note.block_ids.get(fragment.casefold())
    return fragment in _by_id(note) or is_anchor(note, fragment) or (block is not None and block.anchor == fragment)


@lru_cache(maxsize=64)
def _html_ids(note: Note) -> frozenset[str]:
    return frozenset(ids(note.source.text.decode()))
