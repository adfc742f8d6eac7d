"""Boxes as hypotheses. In: a grid. Out: for each corner the best `Box` that starts there; `boxes` chooses among them.

The left, top and bottom border decide. Authors count badly on the right, so the right border is fitted row by row;
and borders are broken by lines that pass through, titles and ports. A box that needs less of all this is better.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from notes.diagrams.glyphs import ACROSS, ALONG, E, N, S, Sides, W, is_drawn, is_word, points, stubs
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.outcome import Reason, Stop

_SLIP: Final = 4
"""How many cells a right border may stand off; more looks like something else."""
_PORT_SLIP: Final = 2
"""How far off an upright may stand where a head or a line that passes stands in its place."""
_LAST_SLIP: Final = 12
"""How far off it may stand where nothing else follows in its row."""
_BROKEN: Final = 8
"""How wide a gap in a border may be."""
_TITLE: Final = 60
"""How long a text in a border may be."""
_MOST: Final = 150
"""How many corners a drawing may have; the best set of boxes costs their square."""
_COST_OF_BREAK: Final = 10
_COST_OF_TITLE: Final = 1
_TRIED: Final = 40
"""How many corners of one side are tried, so that a page of plus signs costs no more than its cells."""
_SLIPS: Final = tuple(sorted(range(-_SLIP, _SLIP + 1), key=lambda slip: (abs(slip), -slip)))
_DIAGONAL_CORNERS: Final = {("/", S): E, ("\\", S): W, ("\\", N): E, ("/", N): W}


@dataclass(frozen=True, slots=True)
class Box:
    """A closed rectangle."""

    top: int
    bottom: int
    left: int
    right: int
    """Of the top border."""
    rights: tuple[int, ...]
    """The column of the right border in each row, from top to bottom."""
    flaws: int
    """How much had to be forgiven: cells of slip, and gaps."""
    is_mended: bool
    """Whether there are gaps among them, in the upper or the lower border."""

    def right_at(self, row: int) -> int:
        """The column of the right border in a row of the box."""
        return self.rights[row - self.top]

    def holds(self, other: "Box") -> bool:
        """Whether another box lies within, perhaps on a shared border."""
        rows = self.top <= other.top and other.bottom <= self.bottom
        columns = self.left <= other.left and other.right <= self.right + 1
        return self != other and rows and columns and other.area < self.area

    def crosses(self, other: "Box") -> bool:
        """Whether the insides overlap, and neither holds the other."""
        rows = self.top < other.bottom and other.top < self.bottom
        columns = self.left < other.right and other.left < self.right
        return rows and columns and not self.holds(other) and not other.holds(self)

    def borrows(self, other: "Box") -> bool:
        """Whether a right border that slipped is only that of another box, in or beside which this one lies."""
        rows = range(max(self.top, other.top), min(self.bottom, other.bottom) + 1)
        is_shared = any(self.right_at(row) == other.right_at(row) != self.right for row in rows)
        return is_shared and not self.holds(other)

    @property
    def area(self) -> int:
        """In cells."""
        return (self.bottom - self.top) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A border from its left corner to a possible right one."""

    end: int
    flaws: int


def find_hypotheses(grid: Grid) -> tuple[Box, ...]:
    """For each corner the best rectangle that starts there, in the order of reading."""
    corners = list(islice(_corners(grid), _MOST + 1))
    if len(corners) > _MOST:
        raise Stop(Reason.TOO_MANY_CORNERS)
    return tuple(box for corner in corners if (box := _closed(grid, corner)))


def _corners(grid: Grid) -> Iterator[Cell]:
    for row, text in enumerate(grid.rows[:-1]):
        for column, character in enumerate(text):
            if character != BLANK and _is_corner(character, S, E):
                below = grid.at(row + 1, column)
                if _is_upright(below) and _runs_across(grid, row, column + 1):
                    yield Cell(row, column)


def _is_corner(character: str, along: Sides, across: Sides) -> bool:
    """Whether two borders can meet here, one leaving to `along` and one to `across`."""
    sides = stubs(character)
    if character in ".'`,´" and not points(character):
        return bool(sides & along) or character == "."
    return bool(sides & along and sides & across) or _DIAGONAL_CORNERS.get((character, along)) == across


def _runs_across(grid: Grid, row: int, column: int) -> bool:
    """Whether a border can pass this cell: a line, or the port of a wire that enters from above or below."""
    character = grid.at(row, column)
    if stubs(character) & ACROSS == ACROSS and character not in ",'`´":
        return True
    if stubs(character) == ALONG and character not in ":¦":
        return all(stubs(grid.at(row, beside)) & ACROSS for beside in (column - 1, column + 1))
    if points(character) & ALONG:
        beside = grid.at(row, column - 1), grid.at(row, column + 1)
        return all(stubs(other) & ACROSS for other in beside) and not any(map(is_word, beside))
    return character == "."


def _is_upright(character: str) -> bool:
    return (
        bool(stubs(character) & ALONG and not points(character) & ALONG)
        or bool(points(character) & ACROSS)
        or character == "."
    )


def _is_side(grid: Grid, row: int, column: int) -> bool:
    """Whether a side border can pass this cell: a line, a port, or a wire that runs over it."""
    character = grid.at(row, column)
    if character == BLANK:
        return False
    sides = stubs(character)
    if sides & ALONG == ALONG:
        return True
    if points(character) & ACROSS:
        return character not in "<>" or not all(is_word(grid.at(row, beside)) for beside in (column - 1, column + 1))
    if sides & ACROSS == ACROSS and character not in "'`´,.":
        beside = (grid.at(row, column - 1), E), (grid.at(row, column + 1), W)
        return all((stubs(other) | points(other)) & side for other, side in beside)
    return character == "." and BLANK in {grid.at(row, column - 1), grid.at(row, column + 1)}


def _closed(grid: Grid, corner: Cell) -> Box | None:
    """The best rectangle with this upper left corner: without flaws if there is one, and the smallest."""
    tops = _stretches(grid, corner.row, corner.column, S)
    bottoms = [(row, _stretches(grid, row, corner.column, N)) for row in _feet(grid, corner)]
    fits = (_fitted(grid, corner, row, top, lower) for row, lower in bottoms for top in tops)
    best: Box | None = None
    for box in fits:
        if box and box.flaws == 0:
            return box
        if box and (best is None or box.flaws < best.flaws):
            best = box
    return best


def _feet(grid: Grid, corner: Cell) -> list[int]:
    """Rows in which the left border can end."""
    feet: list[int] = []
    for row in range(corner.row + 1, grid.height):
        if (
            row > corner.row + 1
            and _is_corner(grid.at(row, corner.column), N, E)
            and _runs_across(grid, row, corner.column + 1)
        ):
            feet.append(row)
        if not _is_side(grid, row, corner.column) or len(feet) == _TRIED:
            break
    return feet


def _stretches(grid: Grid, row: int, left: int, along: Sides) -> list[_Stretch]:
    """Where a border that starts at `left` can end; `along` is the side on which the box lies."""
    ends: list[_Stretch] = []
    column, flaws = left + 1, 0
    while column < grid.width and len(ends) < _TRIED:
        is_dotted = grid.at(row, column) == "." == grid.at(row, column + 1)
        if column > left + 1 and not is_dotted and _is_corner(grid.at(row, column), along, W):
            ends.append(_Stretch(column, flaws))
        if _runs_across(grid, row, column):
            column += 1
            continue
        resumed = _resumed(grid, row, column, along) if column > left + 1 else column
        if resumed == column:
            break
        flaws += _COST_OF_TITLE if any(map(is_word, grid.text(row, column, resumed))) else _COST_OF_BREAK
        column = resumed
    return ends


def _resumed(grid: Grid, row: int, start: int, along: Sides) -> int:
    """Where a border that is interrupted at `start` goes on; `start` itself where it does not."""
    behind = _behind_break(grid, row, start, along)
    return _behind_title(grid, row, start) if behind == start and grid.at(row, start - 1) != "+" else behind


def _behind_break(grid: Grid, row: int, start: int, along: Sides) -> int:
    """`+---+  |  +---+` is one border if the box has no walls at the break."""
    for column in range(start, min(start + _BROKEN, grid.width)):
        character = grid.at(row, column)
        if stubs(character) & ACROSS == ACROSS:
            beside = row + (1 if along == S else -1)
            walls = grid.at(beside, start - 1), grid.at(beside, column)
            return start if any(map(_is_upright, walls)) else column
        is_end = is_drawn(character) and stubs(character) & along and stubs(character) & ACROSS
        if is_end or (character != BLANK and not stubs(character) & ALONG):
            break
    return start


def _behind_title(grid: Grid, row: int, start: int) -> int:
    """`+-- Title --+` is one border."""
    for column in range(start, min(start + _TITLE, grid.width)):
        character = grid.at(row, column)
        if is_drawn(character) or (character in "-=" and not is_word(grid.at(row, column - 1))):
            title = grid.text(row, start, column)
            is_title = any(map(is_word, title)) and not any(points(mark) & ACROSS for mark in title)
            return column if is_title and _runs_across(grid, row, column) else start
    return start


def _fitted(grid: Grid, corner: Cell, bottom: int, top: _Stretch, lower: list[_Stretch]) -> Box | None:
    """The rectangle with these borders, if its right side can be seen in each row."""
    near = [foot for foot in lower if abs(foot.end - top.end) <= _SLIP]
    if not near:
        return None
    foot = min(near, key=lambda foot: (abs(foot.end - top.end), foot.flaws))
    rights = [top.end]
    for row in range(corner.row + 1, bottom):
        right = _right_side(grid, row, corner, top.end)
        if right is None:
            return None
        rights.append(right)
    rights.append(foot.end)
    slips = sum(abs(right - top.end) for right in rights)
    is_mended = max(top.flaws, foot.flaws) >= _COST_OF_BREAK
    flaws = slips + top.flaws + foot.flaws
    return Box(corner.row, bottom, corner.column, top.end, tuple(rights), flaws, is_mended)


def _right_side(grid: Grid, row: int, corner: Cell, right: int) -> int | None:
    """Where the right border stands in a row: the nearest upright with no line between, else a port at `right`."""
    near = [right + slip for slip in _SLIPS if right + slip > corner.column + 1]
    sides = [column for column in near if _is_side(grid, row, column) and _is_last_side(grid, row, column, right)]
    uprights = [column for column in sides if stubs(grid.at(row, column)) & ALONG == ALONG]
    if uprights and (right not in sides or abs(uprights[0] - right) <= _PORT_SLIP):
        return uprights[0]
    if right in sides:
        return right
    last = _last(grid, row)
    is_near = abs(last - right) <= _LAST_SLIP and last > corner.column + 1 and right == _last(grid, corner.row)
    return last if is_near and _is_side(grid, row, last) else None


def _last(grid: Grid, row: int) -> int:
    """The column of the last mark in a row."""
    return len(grid.rows[row].rstrip()) - 1


def _is_last_side(grid: Grid, row: int, column: int, right: int) -> bool:
    """Whether what stands from a side to where it should stand is outside of the box: no word right after, no line."""
    beyond = [grid.at(row, other) for other in range(column + 1, right + 1)]
    is_outside = not beyond or beyond[0] == BLANK or bool((stubs(beyond[0]) | points(beyond[0])) & ACROSS)
    return is_outside and not any(stubs(mark) & ALONG for mark in beyond)
