"""Which boxes stand. In: a grid. Out: the best set of boxes, smallest closed rectangles that never cross.

Many a rectangle is only the space between boxes and wires. What is left is taken in the order of its flaws, and what
then crosses a better one, or borrows its border, is none.
"""

from collections.abc import Sequence

from notes.diagrams.glyphs import OPPOSITE, STEP, N, S, Sides, is_drawn, stubs
from notes.diagrams.grid import Cell, Grid
from notes.diagrams.hypotheses import Box, find_hypotheses


def find_boxes(grid: Grid) -> tuple[Box, ...]:
    """The smallest closed rectangles, in the order of reading."""
    found = find_hypotheses(grid)
    return _consistent([box for box in found if not _is_a_gap(grid, box, found)])


def _is_a_gap(grid: Grid, box: Box, found: Sequence[Box]) -> bool:
    return _is_between(box, found) or _is_doubled(box, found) or _is_crossed(grid, box, found)


def _is_between(box: Box, found: Sequence[Box]) -> bool:
    """Whether a rectangle is only the space between two boxes that two wires join."""
    beside = [
        other
        for other in found
        if other.top <= box.top and box.bottom <= other.bottom and other.bottom - other.top > box.bottom - box.top
    ]
    stacked = [
        other
        for other in found
        if other.left <= box.left and box.right <= other.right and other.right - other.left > box.right - box.left
    ]
    left, right = any(other.right == box.left for other in beside), any(other.left == box.right for other in beside)
    above, below = any(other.bottom == box.top for other in stacked), any(other.top == box.bottom for other in stacked)
    return (left and right) or (above and below)


def _is_doubled(box: Box, found: Sequence[Box]) -> bool:
    """Whether a rectangle only takes in the border of the box beside it, where two boxes touch."""
    sides = {(other.top, other.bottom, other.left, other.right) for other in found}
    return bool(
        sides & {(box.top, box.bottom, box.left + 1, box.right), (box.top + 1, box.bottom, box.left, box.right)}
    )


def _is_crossed(grid: Grid, box: Box, found: Sequence[Box]) -> bool:
    """Whether a rectangle is the space between a container's border and a bus: wires run on into the container."""
    ends = (box.top, N, box.right), (box.bottom, S, box.rights[-1])
    return any(
        all(_is_wire(grid, found, Cell(row, column), side) for column in (box.left, right))
        for row, side, right in ends
        for other in found
        if row in {other.top, other.bottom} and other.left < box.left and box.right < other.right
    )


def _is_wire(grid: Grid, found: Sequence[Box], cell: Cell, side: Sides) -> bool:
    """Whether an upright line that is no box's side goes on from a cell."""
    rows, _ = STEP[side]
    beyond = Cell(cell.row + rows, cell.column)
    mark = grid.at(*cell)
    goes_on = stubs(mark) & side if is_drawn(mark) else stubs(grid.at(*beyond)) & OPPOSITE[side]
    return bool(goes_on) and not any(
        other.top <= beyond.row <= other.bottom and beyond.column in {other.left, other.right_at(beyond.row)}
        for other in found
        if not other.is_mended
    )


def _is_patchwork(box: Box, found: Sequence[Box]) -> bool:
    """Whether a border is only mended from those of other boxes, as under a row of boxes with a bus below."""
    return box.is_mended and any(
        other.bottom == box.top or other.top == box.bottom for other in found if _overlap(box, other)
    )


def _overlap(box: Box, other: Box) -> bool:
    return box.left < other.right and other.left < box.right


def _consistent(found: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes with the fewest flaws, none of which crosses another."""
    kept: list[Box] = []
    for box in sorted(
        (box for box in found if not _is_patchwork(box, found)),
        key=lambda box: (box.flaws, box.area, box.top, box.left),
    ):
        if not any(box.crosses(other) or box.borrows(other) for other in kept):
            kept.append(box)
    return tuple(sorted(kept, key=lambda box: (box.top, box.left, -box.area)))
