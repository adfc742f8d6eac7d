"""Dashed, dotted and wavy lines become solid. In: a grid. Out: the grid with dashes in the gaps, so that all lines are one.

Only runs that no sentence holds: several dashes a blank apart, dots or waves with a head, dots from border to border.
"""

import re
from dataclasses import replace
from typing import Final

from notes.diagrams.grid import Grid

_DASHED: Final = re.compile(
    r"(?<![\w─-])(?:(?:[<◀◄←] ?)?[-─]{1,2}(?: [-─]{1,2}){2,}(?: ?[>▶►→])?"
    r"|[-─]{1,2}(?: [-─]{1,2})+ ?[>▶►→]|[<◀◄←] ?[-─]{1,2}(?: [-─]{1,2})+)(?![\w─-])"
)
_DOTTED: Final = re.compile(
    r"(?<![\w.·~])(?:<?(?:[.·]{3,}|[.·](?: [.·]){2,} ?|~{2,})>|<(?:[.·]{3,}|~{2,}))(?![.·~])"
    r"|(?<=[|+│┤├])(?:\.{4,}|·{4,}|~{3,})(?=[|+│┤├])"
)
_RINGED: Final = re.compile(r"(?<=[|│])[oO○●◇◆](?=[-─]{2})|(?<=[-─]{2})[oO○●◇◆](?=[|│])")
"""The mark of a relation in a class or entity diagram."""
_SOLID: Final = str.maketrans(" .·~oO○●◇◆", "----------")


def solidify(grid: Grid) -> Grid:
    """The same drawing with solid lines."""
    return replace(grid, rows=tuple(_solid(row) for row in grid.rows))


def _solid(row: str) -> str:
    for pattern in (_DASHED, _DOTTED, _RINGED):
        row = pattern.sub(lambda found: found[0].translate(_SOLID), row)
    return row
