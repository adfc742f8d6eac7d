"""Texts that stand free. In: a grid, its field and its lines. Out: `Texts`: blocks of words outside of closed boxes.

A block is the words of one row up to a wide gap or a line, together with the rows right below that are aligned to it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NewType

from notes.diagrams.areas import Field
from notes.diagrams.glyphs import ACROSS, ALONG, NONE, Sides
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.lines import Lines

TextId = NewType("TextId", int)
"""A text's index in its `Texts`."""
_ALIGNED: Final = 2
"""How many cells two rows of one text may stand apart."""
_WIDE: Final = 3
"""As many blanks before a bracket do not part it from the name that it explains."""
_BRACKETED: Final = re.compile(r"\((?:(?!  )[^()])*\)")
_NEAR: Final = (1, 2, 3)


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """Words in one row, without wide gaps."""

    row: int
    start: int
    stop: int

    def is_aligned(self, below: "Piece") -> bool:
        """Whether the piece in the next row goes on with this one: flush left, flush right or centred."""
        if below.row != self.row + 1 or below.start >= self.stop or self.start >= below.stop:
            return False
        left, right = abs(below.start - self.start), abs(below.stop - self.stop)
        centre = abs(below.start + below.stop - self.start - self.stop) // 2
        return min(left, right, centre) <= _ALIGNED


@dataclass(frozen=True, slots=True)
class Text:
    """A block of words."""

    pieces: tuple[Piece, ...]
    """At least one, from top to bottom."""
    lines: tuple[str, ...]
    """The words of each piece."""

    @property
    def label(self) -> str:
        """All lines, joined by newlines."""
        return "\n".join(self.lines)

    @property
    def start(self) -> Cell:
        """Its first cell."""
        return Cell(self.pieces[0].row, self.pieces[0].start)


@dataclass(frozen=True, slots=True)
class Texts:
    """All blocks of a drawing. Make it with `find_texts`."""

    blocks: tuple[Text, ...]
    at: Mapping[Cell, TextId]
    """Which block each cell belongs to, the blanks between its words included."""


def find_texts(grid: Grid, field: Field, lines: Lines) -> Texts:
    """Group what is neither border nor line nor in a closed box."""
    blocks: list[list[Piece]] = []
    open_blocks: list[list[Piece]] = []
    for row in range(grid.height):
        growing: list[list[Piece]] = []
        for piece in _pieces(grid, field, lines, row):
            above = [
                block for block in open_blocks if block[-1].is_aligned(piece) and _same_owner(field, block[-1], piece)
            ]
            if (
                len(above) == 1
                and above[0] not in growing
                and not any(_beside(lines, piece, ACROSS))
                and not _is_name_and_label(lines, above[0][-1], piece)
            ):
                above[0].append(piece)
                growing.append(above[0])
            else:
                growing.append([piece])
                blocks.append(growing[-1])
        open_blocks = growing
    return _indexed(grid, blocks)


def _pieces(grid: Grid, field: Field, lines: Lines, row: int) -> Iterator[Piece]:
    start = stop = -1
    for column, character in enumerate(grid.rows[row]):
        if character == BLANK:
            continue
        is_wall = Cell(row, column) in lines or not field.is_free(row, column)
        widest = _WIDE if _BRACKETED.match(grid.rows[row], column) else 1
        if start >= 0 and (is_wall or column - stop > widest):
            yield Piece(row, start, stop)
            start = -1
        if not is_wall:
            start, stop = (column if start < 0 else start), column + 1
    if start >= 0:
        yield Piece(row, start, stop)


def _is_name_and_label(lines: Lines, piece: Piece, below: Piece) -> bool:
    """Whether one of two texts stands at the end of an upright line, and the other beside that line."""
    pairs = (piece, below), (below, piece)
    return any(name.start <= cell.column < name.stop for label, name in pairs for cell in _beside(lines, label, ALONG))


def _beside(lines: Lines, piece: Piece, axis: Sides) -> Iterator[Cell]:
    """The cells right beside a piece in which a line runs; one along the row makes the piece a text of its own."""
    near = [Cell(piece.row, piece.start - far) for far in _NEAR] + [
        Cell(piece.row, piece.stop - 1 + far) for far in _NEAR
    ]
    return (cell for cell in near if lines.axes.get(cell, NONE) & axis)


def _same_owner(field: Field, piece: Piece, other: Piece) -> bool:
    return field.owner(piece.row, piece.start) == field.owner(other.row, other.start)


def _indexed(grid: Grid, blocks: Sequence[Sequence[Piece]]) -> Texts:
    at: dict[Cell, TextId] = {}
    texts: list[Text] = []
    for pieces in blocks:
        for piece in pieces:
            at.update((Cell(piece.row, column), TextId(len(texts))) for column in range(piece.start, piece.stop))
        lines = tuple(grid.text(piece.row, piece.start, piece.stop) for piece in pieces)
        texts.append(Text(tuple(pieces), lines))
    return Texts(tuple(texts), at)
