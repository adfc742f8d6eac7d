"""Trails: the headings that something stands under. In: a note, and a byte offset. Out: headings; or their words."""

from collections.abc import Iterable, Sequence

from notes.note import Heading, Note, heading_before

Trail = tuple[Heading, ...]
"""Headings, each under the one before: where something stands in a note."""

Trails = Sequence[Trail]
"""For each heading of a note: those above it and itself."""


def heading_trails(headings: Iterable[Heading]) -> Trails:
    """The trails of a note's headings."""
    trails = []
    trail: list[Heading] = []
    for heading in headings:
        while trail and trail[-1].level >= heading.level:
            trail.pop()
        trail.append(heading)
        trails.append(tuple(trail))
    return tuple(trails)


def trail_at(note: Note, trails: Trails, offset: int) -> Trail:
    """Where a byte offset of a note stands; `trails` are those of all its headings."""
    above = heading_before(note, offset + 1)
    return trails[above] if above >= 0 else ()


def trail_text(note: Note, trail: Trail) -> str:
    """Where something stands, from the note's title on."""
    texts = [heading.text for heading in trail]
    return " › ".join(texts if texts[:1] == [note.title] else (note.title, *texts))
