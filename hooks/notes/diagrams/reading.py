"""The stages in order. In: a drawing and its fence's language. Out: `Read` or `Declined`.

Two readings at most: of the drawing as it stands and, if that is not understood, of the drawing realigned.
"""

from typing import Final

from notes.diagrams.account import check
from notes.diagrams.areas import arrange
from notes.diagrams.assemble import assemble
from notes.diagrams.boxes import find_boxes
from notes.diagrams.chains import same_names
from notes.diagrams.edges import find_links
from notes.diagrams.ends import attach
from notes.diagrams.grid import Cell, Grid, lay_out
from notes.diagrams.judge import judge
from notes.diagrams.labels import find_roles
from notes.diagrams.lines import find_lines
from notes.diagrams.outcome import Declined, Kind, Read, Stop
from notes.diagrams.realign import realign
from notes.diagrams.refuse import limit, refuse
from notes.diagrams.texts import find_texts
from notes.diagrams.wires import weave

FORCED: Final = "diagram"
"""The fence's language by which an author says that it is a diagram."""
_FEW: Final = 2
_KEPT: Final = frozenset({"text", "ascii"})
"""Those by which an author says that it stays as drawn."""


def read(drawing: str, info: str = "") -> Read | Declined:
    """Read the graph of a drawing; `info` is its fence's info string.

    Only fences without a language are read, and those in `diagram`, where the doubt whether it is a diagram at all
    is the author's to answer; `text` and `ascii` keep a drawing as it is.
    """
    language = info.split()[0].casefold() if info.strip() else ""
    if language and language != FORCED:
        kind = Kind.KEPT if language in _KEPT else Kind.NOT_A_DIAGRAM
        return Declined(kind, f"its language is `{language}`", 1, 1)
    grid = lay_out(drawing)
    try:
        limit(grid)
        if language != FORCED:
            refuse(grid)
        return read_grid(grid)
    except Stop as stop:
        again = _read_realigned(grid) if stop.kind is Kind.UNCERTAIN else None
        return again or _declined(grid, stop)


def _declined(grid: Grid, stop: Stop) -> Declined:
    """What is not understood and has no two boxes is no diagram for a reader either."""
    is_plain = stop.kind is Kind.UNCERTAIN and len(find_boxes(grid)) < _FEW
    kind = Kind.NOT_A_DIAGRAM if is_plain else stop.kind
    return Declined(kind, stop.reason, *grid.place(Cell(stop.row, stop.column)))


def _read_realigned(grid: Grid) -> Read | None:
    moved = realign(grid)
    if moved.rows == grid.rows:
        return None
    try:
        return read_grid(moved)
    except Stop:
        return None


def read_grid(grid: Grid) -> Read:
    """Read a grid as it stands; `Stop` where it is not understood."""
    field = arrange(grid, find_boxes(grid))
    lines = find_lines(grid, field)
    texts = find_texts(grid, field, lines)
    attached = attach(grid, field, lines, texts, weave(grid, field, lines))
    links = find_links(attached)
    if not field.areas:
        links = same_names(texts, links)
    roles = find_roles(field, lines, texts, attached, links)
    judge(grid, field, texts, attached, links, roles)
    check(grid, field, lines, texts)
    return assemble(grid, field, texts, links, roles)
