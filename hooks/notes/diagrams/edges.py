"""Wires become links between places. In: the web with its terminals. Out: `Link`s, each with its direction and path.

Of a wire with many ends, those with heads are targets and the others sources; with one source or one target all is
said. Else each stretch has one direction, so that what merges does not leak into what branches off before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from notes.diagrams.ends import Attached, Place, Terminal
from notes.diagrams.glyphs import ACROSS, ALL_FOUR, NE, NONE, NW, OPPOSITE, SE, SW, E, N, S, Sides, W
from notes.diagrams.graph import Heads
from notes.diagrams.grid import Cell
from notes.diagrams.lines import neighbour
from notes.diagrams.outcome import Reason, Stop
from notes.diagrams.wires import Knot

_PAIR: Final = 2
_NEAR: Final = 1
"""So much shorter is a line that has no head."""
_UPRIGHT: Final = {NE: N, NW: N, SE: S, SW: S}
"""Slanted lines lead up or down."""

_Path: TypeAlias = tuple[Knot, ...]
_Joints: TypeAlias = Mapping[Knot, tuple[Knot, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """An edge, as long as its ends are still places of the drawing."""

    source: Place
    target: Place
    heads: Heads
    side: Sides
    """Where it leads: the side to which its head looks, or its second end."""
    out: Sides
    """On which side of its source it starts, seen from the line."""
    path: tuple[Cell, ...]
    """The cells of its line, from source to target."""


def doubtful_joints(attached: Attached) -> frozenset[Cell]:
    """Where four lines meet in a wire with several sources and several targets: rather two wires that cross."""
    by_knot = _by_knot(attached)
    joints: set[Cell] = set()
    for wire in attached.web.wires():
        heads = Counter(terminal.is_head for knot in wire for terminal in by_knot.get(knot, ()))
        is_mixed = heads[True] > 1 and heads[False] > 1
        joints.update(
            knot.cell
            for knot in wire
            if knot.sides & ALL_FOUR == ALL_FOUR and (is_mixed or _is_odd_comb(attached.web.joints, by_knot, knot))
        )
    return frozenset(joints)


def _is_odd_comb(joints: _Joints, by_knot: Mapping[Knot, Sequence[Terminal]], knot: Knot) -> bool:
    """Whether some teeth of a bus have heads and others have none, so that it is no bus."""
    for one, other in ((W, E), (N, S)):
        turn, *states = _arm(joints, by_knot, knot, one)
        turn_of_other, *others = _arm(joints, by_knot, knot, other)
        if turn == turn_of_other != NONE:
            _, *middle = _arm(joints, by_knot, knot, turn)
            return {True, False} <= {*states, *others, *middle}
    return False


def _arm(
    joints: _Joints, by_knot: Mapping[Knot, Sequence[Terminal]], knot: Knot, side: Sides
) -> tuple[Sides, bool | None]:
    """Where the line that leaves a joint to one side turns first, and whether its end has a head, if it has one end."""
    turn, before = NONE, knot
    current = next((other for other in joints[knot] if other.cell == neighbour(knot.cell, side)), None)
    while current is not None:
        onward = [other for other in joints[current] if other != before]
        if len(onward) != 1:
            ends = by_knot.get(current, ())
            return turn, ends[0].is_head if len(ends) == 1 and not onward else None
        if turn == NONE and onward[0].cell != neighbour(current.cell, side):
            turn = next((way for way in OPPOSITE if neighbour(current.cell, way) == onward[0].cell), NONE)
        before, current = current, onward[0]
    return turn, None


def _by_knot(attached: Attached) -> Mapping[Knot, list[Terminal]]:
    by_knot: dict[Knot, list[Terminal]] = defaultdict(list)
    for terminal in attached.terminals:
        by_knot[terminal.end.knot].append(terminal)
    return by_knot


def find_links(attached: Attached) -> tuple[Link, ...]:
    """All links, wire by wire."""
    joints = attached.web.joints
    by_knot = _by_knot(attached)
    links: list[Link] = []
    for wire in attached.web.wires():
        terminals = [terminal for knot in wire for terminal in by_knot.get(knot, ())]
        links += _links(joints, wire, sorted(terminals, key=lambda terminal: terminal.end.knot.cell))
    return tuple(links)


def _links(joints: _Joints, wire: _Path, terminals: Sequence[Terminal]) -> Iterator[Link]:
    if len(terminals) < _PAIR:
        raise Stop(Reason.JOINS_NOTHING, *min(knot.cell for knot in wire))
    targets = [terminal for terminal in terminals if terminal.is_head]
    sources = [terminal for terminal in terminals if not terminal.is_head]
    if len(terminals) == _PAIR:
        yield _single(joints, terminals, sources, targets)
    elif not targets:
        yield from _spread(joints, terminals)
    elif not sources:
        raise Stop(Reason.NO_SOURCE, *terminals[0].end.knot.cell)
    elif _are_mixed(sources, targets):
        raise Stop(Reason.MIXED_TEETH, *terminals[0].end.knot.cell)
    else:
        yield from _flow(joints, sources, targets)


def _are_mixed(sources: Sequence[Terminal], targets: Sequence[Terminal]) -> bool:
    """Whether of the ends side by side some have heads and some have none, though another end may be the source."""
    opposite = {OPPOSITE[terminal.end.side] for terminal in sources}
    return any(
        source.end.side == target.end.side in opposite and abs(_level(source) - _level(target)) <= _NEAR
        for source in sources
        for target in targets
    )


def _level(terminal: Terminal) -> int:
    """The row of an end that looks up or down, the column of one that looks aside."""
    cell = terminal.end.knot.cell
    return cell.column if terminal.end.side & ACROSS else cell.row


def _single(
    joints: _Joints, both: Sequence[Terminal], sources: Sequence[Terminal], targets: Sequence[Terminal]
) -> Link:
    if len(targets) == 1:
        return _link(joints, sources[0], targets[0], Heads.TARGET)
    if both[0].place == both[1].place:
        raise Stop(Reason.LEADS_BACK, *both[0].end.knot.cell)
    return _link(joints, both[0], both[1], Heads.BOTH if targets else Heads.NONE)


def _link(joints: _Joints, source: Terminal, target: Terminal, heads: Heads) -> Link:
    path = _path(joints, source.end.knot, target.end.knot)
    return Link(source.place, target.place, heads, target.end.side, source.end.side, tuple(knot.cell for knot in path))


def _spread(joints: _Joints, terminals: Sequence[Terminal]) -> Iterator[Link]:
    """A wire without heads: one stem on one side, all others on the opposite side."""
    by_side: dict[Sides, list[Terminal]] = defaultdict(list)
    for terminal in terminals:
        by_side[_UPRIGHT.get(terminal.end.side, terminal.end.side)].append(terminal)
    stems = [side for side, group in by_side.items() if len(group) == 1 and len(by_side.get(OPPOSITE[side], ())) > 1]
    if len(by_side) != _PAIR or len(stems) != 1:
        raise Stop(Reason.NO_STEM, *terminals[0].end.knot.cell)
    (stem,) = by_side[stems[0]]
    for other in by_side[OPPOSITE[stems[0]]]:
        yield _link(joints, stem, other, Heads.NONE)


def _flow(joints: _Joints, sources: Sequence[Terminal], targets: Sequence[Terminal]) -> Iterator[Link]:
    links = [_link(joints, source, target, Heads.TARGET) for source in sources for target in targets]
    if len(sources) > 1 and len(targets) > 1:
        links = _one_way(links)
    if {link.source for link in links} != {source.place for source in sources} or {link.target for link in links} != {
        target.place for target in targets
    }:
        raise Stop(Reason.MANY_WAYS, *sources[0].end.knot.cell)
    for link in links:
        if link.source == link.target:
            raise Stop(Reason.LEADS_BACK, *link.path[0])
        yield link


def _one_way(links: list[Link]) -> list[Link]:
    """The links that remain when each stretch has one direction: down or to the right where both are possible."""
    steps = {step for link in links for step in pairwise(link.path)}
    wrong = {(a, b) for a, b in steps if (b, a) in steps and (b < a)}
    stretch = {step for link in links for step in pairwise(link.path) if step in wrong or step[::-1] in wrong}
    rows, columns = _extent(stretch)
    if rows and columns:
        raise Stop(Reason.MANY_WAYS, *links[0].path[0])
    return [link for link in links if wrong.isdisjoint(pairwise(link.path))]


def _extent(stretch: set[tuple[Cell, Cell]]) -> tuple[int, int]:
    rows = {cell.row for step in stretch for cell in step}
    columns = {cell.column for step in stretch for cell in step}
    return max(rows, default=0) - min(rows, default=0), max(columns, default=0) - min(columns, default=0)


def _path(joints: _Joints, start: Knot, goal: Knot) -> _Path:
    """The shortest way along a wire."""
    before: dict[Knot, Knot] = {start: start}
    queue = [start]
    for knot in queue:
        if knot == goal:
            break
        for other in joints[knot]:
            if other not in before:
                before[other] = knot
                queue.append(other)
    path = [goal]
    while path[-1] != start:
        path.append(before[path[-1]])
    return tuple(reversed(path))
