"""Heads: what stands at the ends of arrows. In: its name and the line's last two points. Out: SVG."""

import math
from typing import Final

from excalidraw.scene import Point

_LENGTH: Final = {"arrow": 24, "bar": 12, "diamond": 14}
_OTHERS: Final = 14
"""CSS pixels, for lines that are long enough."""
_ANGLE: Final = {"arrow": math.radians(20), "bar": math.radians(90)}
_NARROW: Final = math.radians(25)
_ROUND: Final = ("dot", "circle")
_HOLLOW: Final = "_outline"
_RELATIONS: Final = ("crowfoot", "cardinality")
"""What names start with that say how many, as `cardinality_zero_or_many` does; the first is of older drawings."""


def head(name: str, end: Point, before: Point, stroke: str, width: float) -> str:
    """The head at `end` of a line that comes from `before`; empty for none, an open one for a name not known."""
    length = math.dist(end, before)
    if not name or not length:
        return ""
    shape = name.removesuffix(_HOLLOW)
    size = min(_LENGTH.get(shape, _OTHERS), length / 2)
    back = (before[0] - end[0]) / length * size, (before[1] - end[1]) / length * size
    fill = "#ffffff" if name.endswith(_HOLLOW) else stroke
    looks = f'stroke="{stroke}" stroke-width="{width:.1f}"'
    if shape.startswith(_RELATIONS):
        return f'<path d="{_relation(shape, end, back)}" fill="none" {looks}/>'
    if shape in _ROUND:
        middle = end[0] + back[0] / 2, end[1] + back[1] / 2
        return f'<circle cx="{middle[0]:.1f}" cy="{middle[1]:.1f}" r="{size / 2:.1f}" fill="{fill}" {looks}/>'
    angle = _ANGLE.get(shape, _NARROW)
    left, right = turned(end, back, angle), turned(end, back, -angle)
    if shape == "triangle":
        return f'<path d="M{_pair(left)}L{_pair(end)}L{_pair(right)}Z" fill="{fill}" {looks}/>'
    if shape == "diamond":
        far = end[0] + 2 * back[0], end[1] + 2 * back[1]
        return f'<path d="M{_pair(left)}L{_pair(end)}L{_pair(right)}L{_pair(far)}Z" fill="{fill}" {looks}/>'
    return f'<path d="M{_pair(left)}L{_pair(end)}L{_pair(right)}" fill="none" {looks}/>'


def _relation(name: str, end: Point, back: Point) -> str:
    """A foot at the line's end for many, behind it a bar for one, and a ring for none."""
    across = -back[1] / 2, back[0] / 2

    def at(share: float, side: float) -> Point:
        return end[0] + share * back[0] + side * across[0], end[1] + share * back[1] + side * across[1]

    def line(*points: Point) -> str:
        return f"M{'L'.join(map(_pair, points))}"

    foot = line(at(0, 1), at(1, 0), at(0, -1)) if "many" in name else ""
    bar = line(at(1, 1), at(1, -1)) if "one" in name else ""
    second = line(at(0.5, 1), at(0.5, -1)) if "exactly" in name else ""
    arc = f"A{math.hypot(*across):.1f},{math.hypot(*across):.1f} 0 1 0 "
    ring = f"M{_pair(at(1, 0))}{arc}{_pair(at(2, 0))}{arc}{_pair(at(1, 0))}" if "zero" in name else ""
    return foot + bar + second + ring


def turned(middle: Point, way: Point, angle: float) -> Point:
    """Where one is that goes a way from a middle, turned clockwise by an angle in radians."""
    sine, cosine = math.sin(angle), math.cos(angle)
    return middle[0] + way[0] * cosine - way[1] * sine, middle[1] + way[0] * sine + way[1] * cosine


def _pair(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
