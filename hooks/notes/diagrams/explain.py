"""What each character of a drawing was read as, for its author. In: a drawing. Out: the drawing, marked, and a verdict.

Under each row of the drawing stands a row of marks: `b` border, `w` wire, `h` head, `l` label, `?` left over.
"""

from enum import Enum

from notes.diagrams.areas import Field, arrange
from notes.diagrams.boxes import find_boxes
from notes.diagrams.glyphs import points
from notes.diagrams.grid import BLANK, Cell, Grid, cell_count
from notes.diagrams.lines import Lines, find_lines
from notes.diagrams.outcome import Declined, Read, Stop
from notes.diagrams.reading import FORCED, prepared, read


class Mark(Enum):
    """What a character is; the value stands under it."""

    BORDER = "b"
    WIRE = "w"
    HEAD = "h"
    LABEL = "l"
    LEFT_OVER = "?"
    BLANK = " "


def explain(drawing: str) -> str:
    """The drawing with its marks, then what it was read as or why it was not."""
    grid = prepared(drawing)
    reading = read(drawing, FORCED)
    rows: list[str] = []
    for at, (words, marks) in enumerate(zip(grid.source, mark_cells(grid), strict=True)):
        line = _line(marks)
        if isinstance(reading, Declined) and reading.line == at + 1:
            place = cell_count(words[: reading.column - 1])
            line = f"{line[:place].ljust(place)}{Mark.LEFT_OVER.value}{line[place + 1 :]}"
        rows += [words, line]
    return "\n".join([*rows, "", _legend(), _verdict(reading)]) + "\n"


def mark_cells(grid: Grid) -> tuple[tuple[Mark, ...], ...]:
    """The mark of each cell."""
    try:
        field = arrange(grid, find_boxes(grid))
    except Stop:
        field = arrange(grid, ())
    lines = find_lines(grid, field)
    return tuple(
        tuple(_mark(grid, field, lines, Cell(row, column)) for column in range(grid.width))
        for row in range(grid.height)
    )


def _mark(grid: Grid, field: Field, lines: Lines, cell: Cell) -> Mark:
    character = grid.at(*cell)
    if character == BLANK:
        return Mark.BLANK
    if points(character) and (cell in lines or cell in field.borders):
        return Mark.HEAD
    if cell in field.borders:
        return Mark.BORDER
    return Mark.WIRE if cell in lines else Mark.LABEL


def _line(marks: tuple[Mark, ...]) -> str:
    return "".join(mark.value for mark in marks).rstrip()


def _legend() -> str:
    return ", ".join(f"{mark.value} {mark.name.lower().replace('_', ' ')}" for mark in Mark if mark is not Mark.BLANK)


def _verdict(reading: Read | Declined) -> str:
    if isinstance(reading, Declined):
        return f"Stays as drawn: {reading.reason} (line {reading.line}, column {reading.column})."
    graph = reading.graph
    return f"Read: {len(graph.nodes)} nodes, {len(graph.containers)} containers, {len(graph.edges)} edges."
