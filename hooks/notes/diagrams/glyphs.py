"""What a character can mean in a drawing: the sides on which a line can leave it, and where a head points.

In: one character. Out: sets of sides as bits. What ASCII characters *can* mean says nothing yet: `v`, `+` or `-`
count only where their neighbours agree, and that is for the readers of boxes and wires to say.
"""

import re
import unicodedata
from functools import cache
from typing import Final, NewType

Sides = NewType("Sides", int)
"""A set of the eight sides of a cell, as bits; one side alone is a direction too."""

NONE: Final = Sides(0)
N, E, S, W, NE, SE, SW, NW = (Sides(1 << bit) for bit in range(8))
ACROSS: Final = Sides(E | W)
ALONG: Final = Sides(N | S)
ALL_FOUR: Final = Sides(ACROSS | ALONG)

STEP: Final = {N: (-1, 0), E: (0, 1), S: (1, 0), W: (0, -1), NE: (-1, 1), SE: (1, 1), SW: (1, -1), NW: (-1, -1)}
"""Rows and columns to the neighbour on a side."""
OPPOSITE: Final = {N: S, E: W, S: N, W: E, NE: SW, SE: NW, SW: NE, NW: SE}
EACH_SIDE: Final = tuple(STEP)

_BOX_DRAWING: Final = range(0x2500, 0x2580)
_WORDS: Final = {
    "UP": N,
    "DOWN": S,
    "LEFT": W,
    "RIGHT": E,
    "HORIZONTAL": ACROSS,
    "VERTICAL": ALONG,
}
_ASCII: Final = {
    **dict.fromkeys("-=", ACROSS),
    **dict.fromkeys("|:¦", ALONG),
    **dict.fromkeys("+*", ALL_FOUR),
    **dict.fromkeys(".,", Sides(S | ACROSS)),
    **dict.fromkeys("'`´", Sides(N | ACROSS)),
    **dict.fromkeys("—–―⎯", ACROSS),
    "/": Sides(NE | SW),
    "\\": Sides(NW | SE),
    "╱": Sides(NE | SW),
    "╲": Sides(NW | SE),
}
_HEADS: Final = {
    **dict.fromkeys("^▲△↑⇑⬆⇧▴∧", N),
    **dict.fromkeys("vV▼▽↓⇓⬇⇩▾∨", S),
    **dict.fromkeys(">▶►▷▸→⇒➜➔➝➞➡⟶⟹⇨↦", E),
    **dict.fromkeys("<◀◄◁◂←⇐⬅⟵⟸⇦", W),
    **dict.fromkeys("↔⇄⇆⟷⇔⬌", ACROSS),
    **dict.fromkeys("↕⇕⬍", ALONG),
}
LETTER_HEAD: Final = re.compile(r"(?<!\w)[vV](?!\w)")
"""A letter that is no word, and so may be a head."""


def _of_box_drawing(character: str) -> Sides:
    """The standard's names say it: BOX DRAWINGS LIGHT DOWN AND RIGHT. Diagonals stand in the table above."""
    words = unicodedata.name(character).split()
    if "DIAGONAL" in words:
        return NONE
    sides = 0
    for word in words:
        sides |= _WORDS.get(word, 0)
    return Sides(sides)


def _opposite_of(points: Sides) -> Sides:
    tails = 0
    for side in (N, E, S, W):
        if points & side:
            tails |= OPPOSITE[side]
    return Sides(tails)


_STUBS: Final[dict[str, Sides]] = {
    **{chr(code): _of_box_drawing(chr(code)) for code in _BOX_DRAWING},
    **{character: _opposite_of(points) for character, points in _HEADS.items()},
    **_ASCII,
}


def stubs(character: str) -> Sides:
    """The sides on which a line can leave this character; a head is left by its tail alone."""
    return _STUBS.get(character, NONE)


def points(character: str) -> Sides:
    """Where a head points: one side, two for a double arrow, none for all else."""
    return _HEADS.get(character, NONE)


def is_drawn(character: str) -> bool:
    """Whether the character is there for drawing only: no one writes it in a sentence."""
    return ord(character) in _BOX_DRAWING or (character in _HEADS and character not in "vV^<>")


def is_word(character: str) -> bool:
    """Whether the character belongs to a word, so that a `v` or `-` beside it does too; an emoji is a word."""
    return character.isalnum() or character == "_" or (not character.isascii() and _is_wide(character))


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
