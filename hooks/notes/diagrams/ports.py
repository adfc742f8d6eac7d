"""Boxes that touch at a port. In: a grid and its field. Out: links without a line.

Where one box stands right below another and a joint in the one border meets a joint or a head in the other, the two
are linked as by a line of no length.
"""

from collections.abc import Iterator

from notes.diagrams.areas import Field
from notes.diagrams.edges import Link
from notes.diagrams.ends import Place
from notes.diagrams.glyphs import OPPOSITE, E, S, Sides, is_drawn, points, stubs
from notes.diagrams.graph import Heads
from notes.diagrams.grid import Cell, Grid
from notes.diagrams.hypotheses import Box
from notes.diagrams.lines import neighbour


def touching_links(grid: Grid, field: Field) -> tuple[Link, ...]:
    """The links between boxes whose ports meet."""
    return tuple(link for cell in field.borders for side in (S, E) for link in _link(grid, field, cell, side))


def _link(grid: Grid, field: Field, cell: Cell, side: Sides) -> Iterator[Link]:
    beyond = neighbour(cell, side)
    near, far = field.borders[cell], field.borders.get(beyond)
    if far is None or not _faces(field.areas[near].box, field.areas[far].box, cell, side):
        return
    back = OPPOSITE[side]
    forward = bool(points(grid.at(*beyond)) & side)
    backward = bool(points(grid.at(*cell)) & back)
    joined = _is_joint(grid.at(*cell), side) and _is_joint(grid.at(*beyond), back)
    source, target = Place(is_text=False, index=near), Place(is_text=False, index=far)
    if forward and backward:
        yield Link(source, target, Heads.BOTH, side, back, (cell, beyond))
    elif forward:
        yield Link(source, target, Heads.TARGET, side, back, (cell, beyond))
    elif backward:
        yield Link(target, source, Heads.TARGET, back, side, (beyond, cell))
    elif joined:
        yield Link(source, target, Heads.NONE, side, back, (cell, beyond))


def _faces(near: Box, far: Box, cell: Cell, side: Sides) -> bool:
    """Whether the cell stands on the side of one box right before the other, corners aside."""
    if side == S:
        inside = near.left < cell.column < near.right_at(cell.row) and far.left < cell.column < far.right
        return inside and cell.row == near.bottom == far.top - 1
    inside = near.top < cell.row < near.bottom and far.top < cell.row < far.bottom
    return inside and cell.column == near.right_at(cell.row) == far.left - 1


def _is_joint(character: str, side: Sides) -> bool:
    """Whether a border goes on to the outside here; of ASCII joints one cannot tell."""
    return is_drawn(character) and bool(stubs(character) & side) and not points(character)
