"""Boxes whose corners are left out get them. In: a grid. Out: the grid, in which `-----` and `|---|` over bars are borders.

Only what is closed to the cell: a run of dashes, bars under both of its ends, row by row, and the same run again.
"""

import re
from dataclasses import replace
from typing import Final

from notes.diagrams.grid import Grid

_RUN: Final = re.compile(r"(?<![\w+|.'`<>─-])(?:-{3,}|─{3,}|\|-{3,}\||│─{3,}│)(?![\w+|.'`<>─-])")
_CORNER: Final = "+"
_SIDES: Final = frozenset("|│")


def add_corners(grid: Grid) -> Grid:
    """The same drawing with a corner wherever a border of dashes ends at a side of bars."""
    rows = [list(row) for row in grid.rows]
    tops: dict[tuple[int, int], int] = {}
    for row, text in enumerate(grid.rows):
        runs = {(run.start(), run.end() - 1) for run in _RUN.finditer(text)}
        for ends in runs & tops.keys():
            for column in ends:
                rows[row][column] = rows[tops[ends]][column] = _CORNER
        tops = {ends: top for ends, top in tops.items() if all(text[column] in _SIDES for column in ends)}
        tops |= dict.fromkeys(runs, row)
    return replace(grid, rows=tuple(map("".join, rows)))
