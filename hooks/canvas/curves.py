"""Curves: the edges of a canvas as a picture. In: edges, in pixels. Out: paths of SVG, and where labels stand."""

from collections.abc import Iterator
from math import dist
from typing import Final, NamedTuple

from canvas.file import Area, Edge, Side

_STRAIGHTEST: Final = 40
_ROUNDEST: Final = 200
"""Pixels that a curve leaves a card straight on at least, and at most."""
_HEAD: Final = 14
"""Pixels of an arrow's head; it is as wide as it is long."""


class Point(NamedTuple):
    """In pixels."""

    x: float
    y: float


class Curve(NamedTuple):
    """A cubic Bézier curve from one card's side to another's."""

    start: Point
    first: Point
    last: Point
    end: Point
    start_side: Side
    end_side: Side

    @property
    def middle(self) -> Point:
        """Where a label stands."""
        weighted = zip((1, 3, 3, 1), self[:4], strict=True)
        xs, ys = zip(*((share * point.x / 8, share * point.y / 8) for share, point in weighted), strict=True)
        return Point(sum(xs), sum(ys))


def curve(edge: Edge) -> Curve:
    """Where an edge runs; it leaves and meets its cards at a right angle, as in Obsidian."""
    start_side, end_side = _sides(edge)
    start, end = _on(edge.start.area, start_side), _on(edge.end.area, end_side)
    far = min(max(dist(start, end) / 2, _STRAIGHTEST), _ROUNDEST)
    return Curve(start, _out(start, start_side, far), _out(end, end_side, far), end, start_side, end_side)


def paths(edge: Edge, drawn: Curve) -> Iterator[tuple[str, bool]]:
    """The `d` of its line and of its heads; whether it is a head."""
    line = (drawn.first, drawn.last, drawn.end)
    yield f"M{_written(drawn.start)}C{' '.join(map(_written, line))}", False
    if edge.points_back:
        yield _head(drawn.start, drawn.start_side), True
    if edge.points_on:
        yield _head(drawn.end, drawn.end_side), True


def _sides(edge: Edge) -> tuple[Side, Side]:
    """Those that are written, else those between which the gap is widest."""
    one, other = edge.start.area, edge.end.area
    gaps = {
        (Side.RIGHT, Side.LEFT): other.x - one.x - one.width,
        (Side.LEFT, Side.RIGHT): one.x - other.x - other.width,
        (Side.BOTTOM, Side.TOP): other.y - one.y - one.height,
        (Side.TOP, Side.BOTTOM): one.y - other.y - other.height,
    }
    start, end = max(gaps, key=gaps.__getitem__)
    return edge.start_side or start, edge.end_side or end


def _on(area: Area, side: Side) -> Point:
    """The middle of a side."""
    across, down = side.value
    return Point(area.x + area.width * (1 + across) / 2, area.y + area.height * (1 + down) / 2)


def _out(point: Point, side: Side, far: float) -> Point:
    across, down = side.value
    return Point(point.x + across * far, point.y + down * far)


def _head(tip: Point, side: Side) -> str:
    across, down = side.value
    back = _out(tip, side, _HEAD)
    wings = (Point(back.x + sign * down * _HEAD / 2, back.y + sign * across * _HEAD / 2) for sign in (1, -1))
    return f"M{_written(tip)}L{' '.join(map(_written, wings))}Z"


def _written(point: Point) -> str:
    return f"{round(point.x)} {round(point.y)}"
