"""Each loose end finds what it stands at. In: the web, the field, the texts. Out: `Attached`.

An end looks straight on, over a few blanks, and meets a box, a text, or nothing. Two bare ends that look at each other
over a text are one wire, and the text is its label. Stubs of one bus over as many boxes belong to them in order:
authors count their boxes better than their columns.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from notes.diagrams.areas import AreaId, Field
from notes.diagrams.glyphs import ACROSS, ALONG, OPPOSITE, STEP, E, S, Sides, points, stubs
from notes.diagrams.grid import Cell, Grid
from notes.diagrams.hypotheses import Box
from notes.diagrams.lines import Lines, neighbour
from notes.diagrams.outcome import Reason, Stop
from notes.diagrams.texts import TextId, Texts
from notes.diagrams.wires import End, Web

_REACH_ACROSS: Final = 4
"""How many cells an end looks along a row."""
_REACH_ALONG: Final = 2
"""How many rows an end looks up or down."""
_PAIR: Final = 2
_JOINTS: Final = frozenset("+*")
"""Marks of whose sides one cannot tell which are used."""
_ASIDE: Final = (0, -1, 1)
"""Columns beside its own in which an upright end still meets a text."""
_PORT_ASIDE: Final = (0, -1, 1, -2, 2)
"""How far beside its line a head in a border may stand."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What a wire can lead to."""

    is_text: bool
    index: int
    """An `AreaId` or a `TextId`."""


class Terminal(NamedTuple):
    """A wire's end and the place that it leads to."""

    end: End
    place: Place
    is_head: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """The web with the ends that meet something."""

    web: Web
    terminals: tuple[Terminal, ...]
    bridges: Mapping[TextId, Cell]
    """Texts that stand in a line, with a cell of that line."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What an end can see."""

    grid: Grid
    field: Field
    lines: Lines
    texts: Texts

    def place(self, end: End) -> Place:
        """What an end meets."""
        reach = _REACH_ACROSS if end.side & ACROSS else _REACH_ALONG
        for cell in _outward(end, reach):
            if cell in self.field.borders:
                return self._at_border(end, cell)
            if cell in self.lines:
                reason = Reason.ARROW_ON_LINE if end.is_head else Reason.LINE_ON_LINE
                raise Stop(reason, *end.knot.cell)
            text = self._text_at(end, cell)
            if text is not None:
                return Place(is_text=True, index=text)
        return self._aside(end)

    def _at_border(self, end: End, cell: Cell) -> Place:
        area = self.field.borders[cell]
        if self.field.areas[area].is_open and self.field.within(self.field.owner(*end.knot.cell), area):
            raise Stop(Reason.FROM_WITHIN, *end.knot.cell)
        box = self.field.areas[area].box
        runs_on = not end.is_head and cell == next(_outward(end, 1))
        if not end.is_head and end.side & ACROSS and cell.row in {box.top, box.bottom}:
            raise Stop(Reason.FROM_CORNER, *end.knot.cell)
        if runs_on and cell.column == box.left and self._runs_on_at_right(end, box):
            raise Stop(Reason.FROM_CORNER, *end.knot.cell)
        return Place(is_text=False, index=self._within(end, cell, area))

    def _runs_on_at_right(self, end: End, box: Box) -> bool:
        """Whether a line goes on from the other corner as well: then a box below or above was not understood."""
        other = Cell(end.knot.cell.row, box.right)
        return bool(end.side & ALONG) and other in self.lines and not points(self.grid.at(*other))

    def _within(self, end: End, cell: Cell, area: AreaId) -> AreaId:
        """The box right behind the border of its container, where the line crosses that."""
        beyond = neighbour(cell, end.side)
        behind = self.field.borders.get(beyond)
        if behind is None or self.field.areas[behind].parent != area or not self._is_crossed(end.side, cell, beyond):
            return area
        return behind

    def _is_crossed(self, side: Sides, cell: Cell, beyond: Cell) -> bool:
        """Whether a line goes on over a border; of a `+` only a joint in the border behind can tell."""
        mark, box = self.grid.at(*cell), self.field.areas[self.field.borders[beyond]].box
        if mark in _JOINTS:
            is_joint = self.grid.at(*beyond) in _JOINTS and beyond.column not in {box.left, box.right}
            return is_joint or bool(points(self.grid.at(*beyond)) & (side | OPPOSITE[side]))
        return bool(stubs(mark) & side and stubs(mark) & OPPOSITE[side])

    def _text_at(self, end: End, cell: Cell) -> TextId | None:
        columns = (0,) if end.side & ACROSS else _ASIDE
        return next(
            (
                self.texts.at[near]
                for aside in columns
                if (near := Cell(cell.row, cell.column + aside)) in self.texts.at
            ),
            None,
        )

    def _aside(self, end: End) -> Place:
        """A box that an upright end misses by a cell or two, or a text that has the next row for itself."""
        if not end.side & ACROSS:
            rows, _ = STEP[end.side]
            for aside in (0, -1, 1, -2, 2):
                near = Cell(end.knot.cell.row + rows, end.knot.cell.column + aside)
                area = self.field.borders.get(near)
                if area is not None and not self.field.areas[area].is_open and self.field.is_level(near):
                    return Place(is_text=False, index=area)
            alone = self._alone(end.knot.cell.row + rows)
            if alone is not None:
                return Place(is_text=True, index=alone)
        raise Stop(Reason.POINTS_AT_NOTHING if end.is_head else Reason.ENDS_AT_NOTHING, *end.knot.cell)

    def _alone(self, row: int) -> TextId | None:
        """The text of a row without anything else, in a drawing without boxes: its arrows need not be centred."""
        words = self.grid.rows[row].strip() if 0 <= row < self.grid.height and not self.field.areas else ""
        start = self.grid.rows[row].index(words) if words else 0
        text = self.texts.at.get(Cell(row, start))
        return text if text is not None and words in self.texts.blocks[text].lines else None


def _outward(end: End, reach: int) -> Iterator[Cell]:
    rows, columns = STEP[end.side]
    return (Cell(end.knot.cell.row + rows * far, end.knot.cell.column + columns * far) for far in range(1, reach + 1))


def attach(grid: Grid, field: Field, lines: Lines, texts: Texts, web: Web) -> Attached:
    """Find what each loose end meets."""
    sight = _Sight(grid, field, lines, texts)
    met = {end: sight.place(end) for end in web.ends}
    bridges = dict(_pairs_over_texts(met))
    tied = {end for pair in bridges.values() for end in pair}
    terminals = [_terminal(grid, field, lines, end, place) for end, place in met.items() if end not in tied]
    joined = web.joined(bridges.values())
    cells = {text: pair[0].knot.cell for text, pair in bridges.items()}
    return Attached(joined, tuple(_in_order(field, joined, terminals)), cells)


def _pairs_over_texts(met: Mapping[End, Place]) -> Iterator[tuple[TextId, tuple[End, End]]]:
    """Texts with two bare ends that look at each other, and no other end."""
    ends: dict[int, list[End]] = defaultdict(list)
    for end, place in met.items():
        if place.is_text:
            ends[place.index].append(end)
    for text, around in ends.items():
        if len(around) == _PAIR and not any(end.is_head for end in around):
            first, second = sorted(around, key=lambda end: end.knot.cell)
            if first.side in {E, S} and second.side == OPPOSITE[first.side] and _is_straight(first, second):
                yield TextId(text), (first, second)


def _is_straight(first: End, second: End) -> bool:
    rows = second.knot.cell.row - first.knot.cell.row
    columns = second.knot.cell.column - first.knot.cell.column
    return rows == 0 if first.side == E else abs(columns) <= 1


def _terminal(grid: Grid, field: Field, lines: Lines, end: End, place: Place) -> Terminal:
    ports = _ports(field, lines, end, place)
    return Terminal(end, place, end.is_head or any(points(grid.at(*cell)) & end.side for cell in ports))


def _ports(field: Field, lines: Lines, end: End, place: Place) -> Iterator[Cell]:
    """Where the head of a line may stand in the border that it meets: at its end, or beside it if no line does."""
    near, far = _outward(end, 2)
    met = far if not place.is_text and field.borders.get(near, place.index) != place.index else near
    for aside in _PORT_ASIDE if end.side & ALONG else (0,):
        cell = Cell(met.row, met.column + aside)
        if cell in field.borders and (not aside or Cell(end.knot.cell.row, cell.column) not in lines):
            yield cell


def _in_order(field: Field, web: Web, terminals: Sequence[Terminal]) -> Iterator[Terminal]:
    wire_of = {knot: at for at, wire in enumerate(web.wires()) for knot in wire}
    touched = {terminal.place for terminal in terminals}

    def comb(terminal: Terminal) -> tuple[int, int, int, bool, bool]:
        end = terminal.end
        return wire_of[end.knot], int(end.side), end.knot.cell.row, terminal.is_head, terminal.place.is_text

    for _, group in groupby(
        sorted(terminals, key=lambda terminal: (*comb(terminal), terminal.end.knot.cell.column)), comb
    ):
        teeth = tuple(group)
        yield from _shared_out(field, touched, teeth)


def _shared_out(field: Field, touched: set[Place], teeth: tuple[Terminal, ...]) -> Iterable[Terminal]:
    """Teeth of one comb, two of which touch one box: shared out over the row of boxes, if there are as many."""
    places = {tooth.place for tooth in teeth}
    first = teeth[0]
    if len(places) == len(teeth) or first.place.is_text or not first.end.side & ALONG:
        return teeth
    model = field.areas[first.place.index]
    row = [
        Place(is_text=False, index=at)
        for at, area in enumerate(field.areas)
        if area.parent == model.parent and (area.box.top, area.box.bottom) == (model.box.top, model.box.bottom)
    ]
    row.sort(key=lambda place: field.areas[place.index].box.left)
    if len(row) != len(teeth) or any(place in touched and place not in places for place in row):
        return teeth
    return [tooth._replace(place=place) for tooth, place in zip(teeth, row, strict=True)]
