"""Lines become wires. In: the links of the lines. Out: `Web`: knots, what joins them, and every loose end.

A knot is a cell of a line; where two lines cross, the cell has two knots, one for each. Lines go straight on over the
borders of containers and over other lines, and a line that meets another without a joint in it still joins it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from notes.diagrams.areas import Field
from notes.diagrams.glyphs import (
    ACROSS,
    ALL_FOUR,
    ALONG,
    EACH_SIDE,
    NE,
    NONE,
    NW,
    OPPOSITE,
    SE,
    SW,
    E,
    N,
    S,
    Sides,
    W,
    is_drawn,
    points,
    stubs,
)
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.lines import Lines, neighbour

_FREE_JOINTS: Final = frozenset("+.,'`´*")
"""Joints whose sides only their neighbours tell."""


class Knot(NamedTuple):
    """A cell of a wire, and the sides on which this wire uses it."""

    cell: Cell
    sides: Sides


class End(NamedTuple):
    """Where a wire stops, and the side to which it looks."""

    knot: Knot
    side: Sides
    is_head: bool


@dataclass(frozen=True, slots=True)
class Web:
    """All lines of a drawing, as a graph of knots."""

    joints: Mapping[Knot, tuple[Knot, ...]]
    """The neighbours of each knot."""
    ends: tuple[End, ...]

    def joined(self, pairs: Iterable[tuple[End, End]]) -> "Web":
        """The web in which these ends are tied together and no longer loose."""
        joints = {knot: list(others) for knot, others in self.joints.items()}
        tied: set[End] = set()
        for end, other in pairs:
            joints[end.knot].append(other.knot)
            joints[other.knot].append(end.knot)
            tied |= {end, other}
        loose = tuple(end for end in self.ends if end not in tied)
        return Web({knot: tuple(others) for knot, others in joints.items()}, loose)

    def wires(self) -> Iterator[tuple[Knot, ...]]:
        """The knots of each wire, wire by wire."""
        seen: set[Knot] = set()
        for start in self.joints:
            if start not in seen:
                wire = _reached(self.joints, start)
                seen.update(wire)
                yield wire


def _reached(joints: Mapping[Knot, tuple[Knot, ...]], start: Knot) -> tuple[Knot, ...]:
    reached, queue = {start: None}, [start]
    while queue:
        for other in joints[queue.pop()]:
            if other not in reached:
                reached[other] = None
                queue.append(other)
    return tuple(reached)


def weave(grid: Grid, field: Field, lines: Lines, crossings: frozenset[Cell] = frozenset()) -> Web:
    """Make the web, with everything tied that goes straight on; `crossings` are known not to be a bus."""
    knots = _knots(lines, crossings)
    web = Web({knot: tuple(_linked(knots, knot)) for pair in knots.values() for knot in pair}, ())
    ends = tuple(end for knot in web.joints for end in _ends(grid, field, lines, knot))
    web = Web(web.joints, ends).joined(_straight_on(grid, field, lines, ends))
    return _with_tees(web, knots)


def _knots(lines: Lines, crossings: frozenset[Cell]) -> dict[Cell, tuple[Knot, ...]]:
    return {
        cell: (Knot(cell, Sides(sides & ~ALONG)), Knot(cell, ALONG))
        if cell in crossings or _is_crossing(lines, cell, sides)
        else (Knot(cell, sides),)
        for cell, sides in lines.links.items()
    }


def _is_crossing(lines: Lines, cell: Cell, sides: Sides) -> bool:
    """Whether four lines that meet are two that cross. They are a bus where its two ends turn to the same side."""
    if sides & ALL_FOUR != ALL_FOUR:
        return False
    is_bus = (
        _turn(lines, cell, W) & _turn(lines, cell, E) & ALONG or _turn(lines, cell, N) & _turn(lines, cell, S) & ACROSS
    )
    return not is_bus


def _turn(lines: Lines, cell: Cell, side: Sides) -> Sides:
    """To which sides a line turns where it stops going straight on to one side."""
    while lines.links[cell] & side:
        cell = neighbour(cell, side)
    return lines.links[cell]


def _linked(knots: Mapping[Cell, tuple[Knot, ...]], knot: Knot) -> Iterator[Knot]:
    for side in EACH_SIDE:
        if knot.sides & side:
            others = knots[neighbour(knot.cell, side)]
            yield next(other for other in others if other.sides & OPPOSITE[side])


def _ends(grid: Grid, field: Field, lines: Lines, knot: Knot) -> Iterator[End]:
    character = grid.at(*knot.cell)
    heads = points(character) & ~knot.sides
    loose = _loose_sides(grid, field, lines, knot) & ~heads
    for side in EACH_SIDE if heads or loose else ():
        if (heads | loose) & side:
            yield End(knot, side, is_head=bool(heads & side))


def _loose_sides(grid: Grid, field: Field, lines: Lines, knot: Knot) -> Sides:
    """The sides on which a line visibly stops at a cell."""
    character = grid.at(*knot.cell)
    unlinked = Sides(stubs(character) & ~_taken(lines.links[knot.cell]))
    if is_drawn(character) or points(character) or not knot.sides:
        return unlinked
    if knot.sides not in OPPOSITE:
        return _tee_sides(grid, field, lines, knot) if character == "+" else NONE
    straight = OPPOSITE[knot.sides]
    if character not in _FREE_JOINTS:
        return straight
    touching = [side for side in EACH_SIDE if unlinked & side and neighbour(knot.cell, side) in field.borders]
    touching += [side for side in (N, S) if unlinked & side and _is_missed(lines, neighbour(knot.cell, side))]
    return straight if straight in touching or not touching else touching[0]


def _tee_sides(grid: Grid, field: Field, lines: Lines, knot: Knot) -> Sides:
    """A `+` in a straight line is there for something: a box right beside it. One at a turn, if that has a joint."""
    if lines.links[knot.cell] != knot.sides:
        return NONE
    is_straight = knot.sides in {ACROSS, ALONG}
    sides = 0
    for side in EACH_SIDE:
        beside = neighbour(knot.cell, side)
        if ALL_FOUR & side & ~knot.sides and beside in field.borders and (is_straight or grid.at(*beside) == "+"):
            sides |= side
    return Sides(sides)


def _taken(linked: Sides) -> Sides:
    """Sides that are linked; a slanted line takes the sides to which it leads, too."""
    sides = linked
    for slant, side in ((NE | SE, E), (NW | SW, W), (NE | NW, N), (SE | SW, S)):
        sides = Sides(sides | side) if linked & slant else sides
    return sides


def _is_missed(lines: Lines, cell: Cell) -> bool:
    """Whether an upright line passes a cell by one column."""
    beside = (Cell(cell.row, cell.column + aside) for aside in (-1, 1))
    return any(lines.axes.get(near, NONE) & ALONG for near in beside)


def _straight_on(grid: Grid, field: Field, lines: Lines, ends: Iterable[End]) -> Iterator[tuple[End, End]]:
    """Pairs of ends that look at each other over one cell of another line or of a container's border.

    And pairs of upright ends in adjacent rows that miss each other by a cell: the row of one of them slipped.
    """
    loose = {(end.knot.cell, end.side): end for end in ends if not end.is_head}
    for (cell, side), end in loose.items():
        between = neighbour(cell, side)
        other = loose.get((neighbour(between, side), OPPOSITE[side]))
        if other and side in {E, S} and (between in lines or _is_open_border(field, between)):
            yield end, other
        elif side == S and grid.at(*between) == BLANK:
            missed = [loose.get((Cell(between.row, between.column + aside), N)) for aside in (-1, 1)]
            near = [other for other in missed if other]
            if len(near) == 1:
                yield end, near[0]


def _is_open_border(field: Field, cell: Cell) -> bool:
    area = field.borders.get(cell)
    return area is not None and field.areas[area].is_open


def _with_tees(web: Web, knots: Mapping[Cell, tuple[Knot, ...]]) -> Web:
    """Tie each end that stops right at another line to that line; of a slanted one nobody can say whether it joins."""
    joints = {knot: list(others) for knot, others in web.joints.items()}
    loose: list[End] = []
    for end in web.ends:
        met = knots.get(neighbour(end.knot.cell, end.side))
        if met is None or end.is_head or not end.side & ALL_FOUR:
            loose.append(end)
        else:
            joints[end.knot].append(met[0])
            joints[met[0]].append(end.knot)
    return Web({knot: tuple(others) for knot, others in joints.items()}, tuple(loose))
