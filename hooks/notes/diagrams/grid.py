"""A drawing as cells of a terminal. In: the text of a fence. Out: `Grid`, one character a cell, all rows equally wide.

Wide characters take two cells, combining marks none, tabs reach to the next stop. Rows and columns are 0-based
cells everywhere in this package; only `Grid.place` turns them into the author's lines and characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, NamedTuple

BLANK: Final = " "
FILLER: Final = "\uffff"
"""The second cell of a wide character. A noncharacter, so no text can hold it by right."""
_TAB: Final = 8
_JOINER: Final = "\u200d"
_AS_EMOJI: Final = "\ufe0f"
"""Makes an emoji, two cells wide, of the sign before it."""
_SYLLABLE_GOES_ON: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
"""Vowels and last consonants of Korean, where a syllable is written as its letters: the first one is as wide as it."""


class Cell(NamedTuple):
    """A place in a grid."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells. Make it with `lay_out`."""

    rows: tuple[str, ...]
    """Exactly one character a cell."""
    width: int
    clusters: Mapping[Cell, str]
    """What stands in a cell where it is more than the cell's character: a letter and its marks."""
    source: tuple[str, ...]
    """The author's lines."""

    @property
    def height(self) -> int:
        """How many rows."""
        return len(self.rows)

    def at(self, row: int, column: int) -> str:
        """The character in a cell; all around the drawing is blank."""
        if 0 <= row < len(self.rows) and 0 <= column < self.width:
            return self.rows[row][column]
        return BLANK

    def text(self, row: int, start: int, stop: int) -> str:
        """What the author wrote in these cells of a row, as text."""
        piece = self.rows[row][max(start, 0) : stop]
        if not self.clusters:
            return piece.replace(FILLER, "")
        cells = (self.clusters.get(Cell(row, start + at), character) for at, character in enumerate(piece))
        return "".join(cells).replace(FILLER, "")

    def place(self, cell: Cell) -> tuple[int, int]:
        """The author's line and character of a cell, both 1-based."""
        column = 0
        line = self.source[cell.row] if cell.row < len(self.source) else ""
        for at, (_, width) in enumerate(_measured(line)):
            column += width
            if column > cell.column:
                return cell.row + 1, at + 1
        return cell.row + 1, len(line) + 1


def lay_out(text: str, wide: int = 2) -> Grid:
    """Put a text into cells; `wide` is how many cells a wide character takes in its author's editor."""
    source = tuple(line.rstrip() for line in text.split("\n"))
    clusters: dict[Cell, str] = {}
    rows = [_cells(row, line, wide, clusters) for row, line in enumerate(source)]
    width = max(map(len, rows), default=0)
    return Grid(tuple(row.ljust(width) for row in rows), width, clusters, source)


def _cells(row: int, line: str, wide: int, clusters: dict[Cell, str]) -> str:
    if line.isascii() and "\t" not in line:
        return line
    cells: list[str] = []
    for character, width in _measured(line):
        if character == "\t":
            cells.extend(BLANK * width)
        elif width:
            cells.extend((character, FILLER)[: min(width, wide)])
        elif cells:
            head = len(cells) - (2 if cells[-1] == FILLER else 1)
            place = Cell(row, head)
            clusters[place] = clusters.get(place, cells[head]) + character
    return "".join(cells)


def cell_count(text: str) -> int:
    """How many cells the beginning of a line takes."""
    return sum(width for _, width in _measured(text))


def _measured(line: str) -> Iterator[tuple[str, int]]:
    """Each character with the number of cells that it takes."""
    column, joined = 0, False
    for character, following in zip_longest(line, line[1:]):
        width = 0 if joined else _TAB - column % _TAB if character == "\t" else _width(character)
        width = 2 if width and following == _AS_EMOJI else width
        yield character, width
        column, joined = column + width, character == _JOINER


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} or _SYLLABLE_GOES_ON.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
