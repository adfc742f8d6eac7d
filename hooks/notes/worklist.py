"""Worklist: the flags in parts that a page can hold. In: all flags. Out: parts, also of each label where labels differ.

A reader who filters by a label follows a link, so that no script is needed and every view has an address.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from commonmark.marks import FLAG_NOTE, FLAG_PAGE, FLAG_PREFIX
from notes.addresses import free, ids_of_headings, slug
from notes.review import Flag, FlagKey, Label

MOST_CARDS: Final = 60
"""A part has so many, which keeps it below 40 KB; …"""
MOST_PARTS: Final = 25
"""… more where there would be more parts than these: each costs the build a page."""

ADDRESS: Final = "review/"
"""Of the first part of all flags, from the site's root."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one page shows."""

    label: Label | None
    """None: the flags of all labels."""
    number: int
    """From 1, among the parts of the same label."""
    path: str
    """Where the page's Markdown would stand."""
    address: str
    flags: Sequence[Flag]

    @property
    def is_first(self) -> bool:
        """Whether it is the page that is called the review page."""
        return self.label is None and self.number == 1


@dataclass(frozen=True, slots=True)
class Card:
    """Where all that is known of a flag stands."""

    path: str
    """Of the page's Markdown."""
    id: str
    """Of the element: the flag's own id, made another where it stands for a flag of another note already."""


def cards(all_parts: Sequence[Part]) -> dict[FlagKey, Card]:
    """The card of each flag, among the flags of all labels."""
    used = ids_of_headings({flag.note.path: flag.note.title for part in all_parts for flag in part.flags}.values())
    found: dict[FlagKey, Card] = {}
    for part in all_parts:
        for flag in part.flags if part.label is None else ():
            note = slug(flag.note.path.rpartition(".")[0].replace("/", "-"))
            plain = f"{FLAG_PREFIX}{flag.id}"
            wanted = plain if plain.casefold() not in used else f"{plain}{FLAG_NOTE}{note}"
            found[flag.key] = Card(part.path, free(wanted, used))
    return found


def parts(flags: Sequence[Flag], free_path: Callable[[str], str]) -> tuple[Part, ...]:
    """The parts of all flags, then those of each label; `free_path` makes a path one that no file has."""
    found = list(_divided(None, ADDRESS, flags, free_path))
    labels = {flag.label.label: flag.label for flag in flags}
    used: dict[str, int] = {}
    for name in sorted(labels) if len(labels) > 1 else ():
        address = f"{ADDRESS}label/{free(slug(name), used)}/"
        found += _divided(labels[name], address, [flag for flag in flags if flag.label.label == name], free_path)
    return tuple(found)


def _divided(
    label: Label | None, address: str, flags: Sequence[Flag], free_path: Callable[[str], str]
) -> Iterator[Part]:
    size = max(MOST_CARDS, -(-len(flags) // MOST_PARTS))
    for start in range(0, max(1, len(flags)), size):
        number = start // size + 1
        here = address if number == 1 else f"{address}{number}/"
        path = free_path(FLAG_PAGE if here == ADDRESS else f"{here}{FLAG_PAGE}")
        yield Part(label, number, path, here, flags[start : start + size])
