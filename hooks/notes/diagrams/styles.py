"""Drawings of other styles are redrawn in one. In: a grid. Out: the grid with solid lines and with corners.

Dashed, dotted and wavy lines, and the ring at a relation's end, become dashes: only in runs that no sentence holds.
Boxes drawn as `-----` or `|---|` over bars get their corners: only where they are closed to the cell.
"""

import re
from dataclasses import replace
from typing import Final

from notes.diagrams.grid import Grid

_DASHED: Final = re.compile(
    r"(?<![\w─-])(?<![─-] )(?:(?:[<◀◄←] ?)?[-─]{1,2}+(?: [-─]{1,2}+){2,}+(?: ?[>▶►→])?"
    r"|[-─]{1,2}+(?: [-─]{1,2}+)++ ?[>▶►→]|[<◀◄←] ?[-─]{1,2}+(?: [-─]{1,2}+)++)(?![\w─-])"
)
"""Several dashes a blank apart; two need a head. Never tried from within a run, nor twice: that would take long."""
_DOTTED: Final = re.compile(
    r"(?<![\w.·~])(?<![.·] )(?:<?(?:[.·]{2,}+|[.·](?: [.·]){2,}+ ?|~{2,}+)>|<(?:[.·]{2,}+|~{2,}+))(?![.·~])"
    r"|(?<=[|+│┤├])(?:\.{4,}+|·{4,}+|~{3,}+)(?=[|+│┤├])"
)
"""Dots or waves with a head, or from border to border."""
_RINGED: Final = re.compile(r"(?<=[|│])[oO○●◇◆](?=[-─]{2})|(?<=[-─]{2})[oO○●◇◆](?=[|│])")
"""The end of a relation at a border."""
_LINE: Final = str.maketrans(dict.fromkeys(" .·~oO○●◇◆", "-"))
_BORDER: Final = re.compile(r"(?<![\w+|.'`<>─-])(?:-{3,}|─{3,}|\|-{3,}\||│─{3,}│)(?![\w+|.'`<>─-])")
_CORNER: Final = "+"
_DOUBLE: Final = re.compile(r"#(?==)|(?<==)#")
"""The corner of a double line."""
_SIDES: Final = frozenset("|│")


def unify(grid: Grid) -> Grid:
    """The same drawing in one style."""
    return replace(grid, rows=_with_corners(tuple(map(_solid, grid.rows))))


def _solid(row: str) -> str:
    for pattern in (_DASHED, _DOTTED, _RINGED):
        row = pattern.sub(lambda found: found[0].translate(_LINE), row)
    return _DOUBLE.sub(_CORNER, row)


def _with_corners(rows: tuple[str, ...]) -> tuple[str, ...]:
    """A corner wherever a border of dashes ends at a side of bars that leads to a border of the same extent."""
    drawn = [list(row) for row in rows]
    tops: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        borders = {(found.start(), found.end() - 1) for found in _BORDER.finditer(row)}
        for ends in borders & tops.keys():
            for column in ends if at - tops[ends] > 1 else ():
                drawn[at][column] = drawn[tops[ends]][column] = _CORNER
        tops = {ends: top for ends, top in tops.items() if all(row[column] in _SIDES for column in ends)}
        tops |= dict.fromkeys(borders, at)
    return tuple(map("".join, drawn))
