"""Boxes become areas. In: a grid and its boxes. Out: `Field`: areas, how they nest, and what each cell belongs to.

An area is a box, or a stack of boxes on shared borders: compartments of one thing. Cells that meet in both axes are a
table, and no diagram. An area with areas in it, or with lines drawn in it, is open; in a closed one all is its label.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NewType

from notes.diagrams.glyphs import ALONG, LETTER_HEAD, is_word, points, stubs
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.hypotheses import Box
from notes.diagrams.outcome import Reason, Stop

AreaId = NewType("AreaId", int)
"""An area's index in its field."""
OUTSIDE: Final = AreaId(-1)


@dataclass(frozen=True, slots=True)
class Area:
    """A box or a stack of boxes."""

    box: Box
    """Its outline."""
    dividers: tuple[int, ...] = ()
    """Rows in which a border divides it."""
    parent: AreaId = OUTSIDE
    is_open: bool = False
    """Whether its inside is drawn on, so that text in it is not simply its label."""

    def text_rows(self) -> Iterator[int]:
        """The rows between its borders."""
        return (row for row in range(self.box.top + 1, self.box.bottom) if row not in self.dividers)


@dataclass(frozen=True, slots=True)
class Field:
    """What each cell belongs to. Make it with `arrange`."""

    areas: tuple[Area, ...]
    owners: tuple[tuple[AreaId, ...], ...] = field(repr=False)
    """The innermost area of each cell, its border included."""
    borders: Mapping[Cell, AreaId] = field(repr=False)
    """The innermost area whose border a cell is."""

    def owner(self, row: int, column: int) -> AreaId:
        """The innermost area of a cell."""
        if 0 <= row < len(self.owners) and 0 <= column < len(self.owners[row]):
            return self.owners[row][column]
        return OUTSIDE

    def is_free(self, row: int, column: int) -> bool:
        """Whether lines and texts of their own can stand in a cell."""
        owner = self.owner(row, column)
        return (owner == OUTSIDE or self.areas[owner].is_open) and Cell(row, column) not in self.borders

    def is_level(self, cell: Cell) -> bool:
        """Whether a cell of a border is in its upper or lower one."""
        box = self.areas[self.borders[cell]].box
        return cell.row in {box.top, box.bottom}

    def children(self, parent: AreaId) -> tuple[AreaId, ...]:
        """The areas right within another, in the order of reading."""
        return tuple(AreaId(at) for at, area in enumerate(self.areas) if area.parent == parent)

    def is_container(self, area: AreaId) -> bool:
        """Whether other areas lie within."""
        return any(other.parent == area for other in self.areas)

    def within(self, area: AreaId, ancestor: AreaId) -> bool:
        """Whether an area is another or lies anywhere in it; everything lies outside."""
        while area not in {OUTSIDE, ancestor}:
            area = self.areas[area].parent
        return area == ancestor


def arrange(grid: Grid, boxes: Sequence[Box]) -> Field:
    """Group boxes into areas, nest them, and paint them."""
    stacks = _stacks(boxes)
    outlines = [_outline(stack) for stack in stacks]
    areas: list[Area] = []
    for stack, outline in zip(stacks, outlines, strict=True):
        parent = _smallest_holder(outline, outlines)
        if len(stack) > 1 and parent is not None and _is_list(grid, stack):
            areas.extend(Area(box) for box in stack)
        else:
            areas.append(Area(outline, tuple(box.top for box in stack[1:])))
    return _painted(grid, _nested(grid, areas))


def _stacks(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes by the stack to which they belong; a table ends the reading."""
    beside = {box for box in boxes for other in boxes if _share_upright(box, other)}
    stacks: list[list[Box]] = []
    for box in boxes:
        above = next((stack for stack in stacks if _share_level(stack[-1], box)), None)
        if above is None:
            stacks.append([box])
        elif box in beside or above[-1] in beside:
            raise Stop(Reason.TABLE, box.top, box.left)
        else:
            above.append(box)
    return stacks


def _share_upright(box: Box, other: Box) -> bool:
    rows = box.top < other.bottom and other.top < box.bottom
    return rows and (box.right == other.left or box.left == other.right)


def _share_level(above: Box, below: Box) -> bool:
    """Whether one lies right on the other; widths that differ in part make a table's cells, not a stack."""
    if above.bottom != below.top or above.left >= below.right or below.left >= above.right:
        return False
    if above.left == below.left and abs(above.right - below.right) <= above.flaws + below.flaws:
        return True
    raise Stop(Reason.TABLE, below.top, below.left)


def _outline(stack: Sequence[Box]) -> Box:
    first, last = stack[0], stack[-1]
    rights = first.rights + tuple(right for box in stack[1:] for right in box.rights[1:])
    return replace(first, bottom=last.bottom, rights=rights, flaws=sum(box.flaws for box in stack))


def _smallest_holder(box: Box, boxes: Iterable[Box]) -> Box | None:
    return min((other for other in boxes if other.holds(box)), key=lambda other: other.area, default=None)


def _is_list(grid: Grid, stack: Sequence[Box]) -> bool:
    """Whether the boxes of a stack are things of one kind rather than parts of one: a line of text in each."""
    return all(len(_lines_in(grid, box)) == 1 for box in stack)


def _lines_in(grid: Grid, box: Box) -> list[str]:
    lines = (grid.text(row, box.left + 1, box.right_at(row)).strip() for row in range(box.top + 1, box.bottom))
    return [line for line in lines if any(map(is_word, line))]


def _nested(grid: Grid, areas: Sequence[Area]) -> tuple[Area, ...]:
    ordered = sorted(areas, key=lambda area: (area.box.top, area.box.left, -area.box.area))
    index = {area.box: AreaId(at) for at, area in enumerate(ordered)}
    parents = [_smallest_holder(area.box, index) for area in ordered]
    return tuple(
        replace(
            area,
            parent=OUTSIDE if parent is None else index[parent],
            is_open=area.box in parents or _is_drawn_on(grid, area),
        )
        for area, parent in zip(ordered, parents, strict=True)
    )


def _is_drawn_on(grid: Grid, area: Area) -> bool:
    """Whether a row within holds nothing but lines that lead up or down."""
    box = area.box
    return any(_is_passage(grid.rows[row][box.left + 1 : box.right_at(row)]) for row in area.text_rows())


def _is_passage(piece: str) -> bool:
    marks = piece.replace(BLANK, "")
    return bool(marks) and all(
        (stubs(mark) & ALONG == ALONG and mark not in "+*:") or points(mark) & ALONG for mark in marks
    )


def _painted(grid: Grid, areas: tuple[Area, ...]) -> Field:
    owners = [[OUTSIDE] * grid.width for _ in grid.rows]
    borders: dict[Cell, AreaId] = {}
    for at in sorted(range(len(areas)), key=lambda at: -areas[at].box.area):
        area = areas[at]
        for row in range(area.box.top, area.box.bottom + 1):
            right = area.box.right_at(row)
            owners[row][area.box.left : right + 1] = [AreaId(at)] * (right + 1 - area.box.left)
            for column in _border_columns(area, row, right):
                borders[Cell(row, column)] = AreaId(at)
    return Field(areas, tuple(map(tuple, owners)), borders)


def _border_columns(area: Area, row: int, right: int) -> Iterable[int]:
    if row in area.dividers or row in {area.box.top, area.box.bottom}:
        return range(area.box.left, right + 1)
    return area.box.left, right


def area_lines(grid: Grid, area: Area) -> tuple[str, ...]:
    """The lines of text in a closed area, those in its borders included."""
    box = area.box
    lines = [grid.text(row, box.left + 1, box.right_at(row)).strip() for row in area.text_rows()]
    inner = (line for line in lines if any(map(is_word, line)) or not _is_rule(line))
    return (*words_in_border(grid, box, box.top), *inner, *words_in_border(grid, box, box.bottom))


def _is_rule(line: str) -> bool:
    return not line.strip("-=─━═_~ ")


def words_in_border(grid: Grid, box: Box, row: int) -> Iterator[str]:
    """The words in the upper or the lower border of a box, if there are any."""
    words = grid.text(row, box.left + 1, box.right_at(row))
    if sum(map(is_word, LETTER_HEAD.sub("", words))) > 1:
        yield words.strip("-=─━═+ ┤├[]")
