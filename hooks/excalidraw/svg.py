"""SVG: a scene as a picture. In: a scene. Out: a file that a page shows with `<img>`: no script, nothing from outside.

Plain lines instead of the ones as if by hand, and the reader's own letters: the same drawing gives the same bytes.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from excalidraw.heads import head, turned
from excalidraw.scene import LINEAR, TRANSPARENT, Element, Point, Scene, Shape

_MARGIN: Final = 10
_BLACK: Final = "#1e1e1e"
_NONE: Final = "none"
_FRAMES: Final = frozenset({Shape.FRAME, Shape.MAGIC_FRAME})
_NAME: Final = 20
"""Pixels above a frame, for its name."""
_GREY: Final = "#999999"
_FONT_SIZE: Final = 20
_LINE_HEIGHT: Final = 1.25
_BASELINE: Final = 0.35
"""Of a letter's size, from the middle of a line down to where letters stand."""
_MONOSPACE: Final = frozenset({3, 8})
"""Excalidraw's numbers of the fonts Cascadia and Comic Shanns."""
_ROUND: Final = 0.25
_LARGEST_RADIUS: Final = 32
"""A corner's radius is a quarter of the shorter side, at most so much."""
_PEN: Final = 2
"""How much wider a freehand line is than others."""
_HATCHED: Final = 0.4
"""How dense a surface looks that is filled by strokes."""
_ANCHORS: Final = {"center": ("middle", 0.5), "right": ("end", 1.0)}
"""By how texts are aligned: where a line is held, and where that is in the text's width."""
_DASHES: Final = {"dashed": (4, 5), "dotted": (0.8, 4)}
"""Of a line's width, the marks and the gaps."""


def svg(scene: Scene) -> str:
    """Draw a scene."""
    left, top, right, bottom = _bounds(scene.elements)
    box = f"{_n(left)} {_n(top)} {_n(right - left)} {_n(bottom - top)}"
    size = f'width="{_n(right - left)}" height="{_n(bottom - top)}"'
    ground = f'<rect x="{_n(left)}" y="{_n(top)}" {size} fill="{scene.background}"/>'
    lines = {element.text("id") for element in scene.elements if element.shape in LINEAR} - {""}
    drawn = (_drawn(element, scene, is_label=element.text("containerId") in lines) for element in scene.elements)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size} '
        'stroke-linecap="round" stroke-linejoin="round" font-family="sans-serif">'
    )
    return "\n".join((opening, ground, *drawn, "</svg>\n"))


def _bounds(elements: Iterable[Element]) -> tuple[float, float, float, float]:
    points = [point for element in elements for point in _corners(element)]
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across) - _MARGIN, min(down) - _MARGIN, max(across) + _MARGIN, max(down) + _MARGIN


def _corners(element: Element) -> Iterator[Point]:
    """Of the box around an element, turned as it is."""
    left, top, right, bottom = _box(element)
    middle = (left + right) / 2, (top + bottom) / 2
    for x, y in ((left, top), (right, top), (right, bottom), (left, bottom)):
        yield turned(middle, (x - middle[0], y - middle[1]), element.number("angle"))


def _box(element: Element) -> tuple[float, float, float, float]:
    if not element.points:
        top = element.y - _NAME if element.shape in _FRAMES else element.y
        return element.x, top, element.x + element.width, element.y + element.height
    across = [element.x + x for x, _ in element.points]
    down = [element.y + y for _, y in element.points]
    return min(across), min(down), max(across), max(down)


def _drawn(element: Element, scene: Scene, *, is_label: bool) -> str:
    left, top, right, bottom = _box(element)
    turn = math.degrees(element.number("angle"))
    turned = f' transform="rotate({_n(turn)} {_n((left + right) / 2)} {_n((top + bottom) / 2)})"' if turn else ""
    opacity = max(0.0, min(100.0, element.number("opacity", 100))) / 100
    faint = f' opacity="{_n(opacity)}"' if opacity < 1 else ""
    return f"<g{turned}{faint}>{''.join(_parts(element, scene, is_label=is_label))}</g>"


def _parts(element: Element, scene: Scene, *, is_label: bool) -> Iterator[str]:
    if element.shape is Shape.TEXT:
        if is_label:  # the line has a gap there
            yield f'<rect {_place(element)} fill="{scene.background}"/>'
        yield _text(element)
    elif element.shape is Shape.IMAGE:
        yield _picture(element, scene.pictures)
    elif element.shape in _FRAMES:
        yield f'<rect {_place(element)} rx="8" fill="none" stroke="{_GREY}"/>'
        name = escape(element.text("name") or "Frame")
        yield f'<text x="{_n(element.x)}" y="{_n(element.y - 6)}" font-size="14" fill="{_GREY}">{name}</text>'
    elif element.shape in LINEAR:
        yield from _line(element)
    else:
        yield f"<{_closed(element)} {_filled(element)} {_stroked(element)}/>"


def _closed(element: Element) -> str:
    """The name and the geometry of a shape that has an inside."""
    x, y, width, height = element.x, element.y, element.width, element.height
    if element.shape is Shape.ELLIPSE:
        return f'ellipse cx="{_n(x + width / 2)}" cy="{_n(y + height / 2)}" rx="{_n(width / 2)}" ry="{_n(height / 2)}"'
    if element.shape is Shape.DIAMOND:
        corners = ((x + width / 2, y), (x + width, y + height / 2), (x + width / 2, y + height), (x, y + height / 2))
        return f'polygon points="{" ".join(f"{_n(across)},{_n(down)}" for across, down in corners)}"'
    radius = min(_LARGEST_RADIUS, _ROUND * min(width, height)) if element.is_round else 0
    return f'rect {_place(element)} rx="{_n(radius)}"'


def _place(element: Element) -> str:
    x, y, width, height = map(_n, (element.x, element.y, element.width, element.height))
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


def _filled(element: Element) -> str:
    colour = element.colour("backgroundColor", TRANSPARENT)
    if colour == TRANSPARENT:
        return f'fill="{_NONE}"'
    is_dense = element.text("fillStyle") == "solid"
    return f'fill="{colour}"' if is_dense else f'fill="{colour}" fill-opacity="{_HATCHED}"'


def _stroked(element: Element) -> str:
    width = element.number("strokeWidth", 1) * (_PEN if element.shape is Shape.FREEDRAW else 1)
    stroke = f'stroke="{_stroke(element)}" stroke-width="{_n(width)}"'
    dashes = _DASHES.get(element.text("strokeStyle"))
    return f'{stroke} stroke-dasharray="{" ".join(_n(part * width) for part in dashes)}"' if dashes else stroke


def _stroke(element: Element) -> str:
    colour = element.colour("strokeColor", _BLACK)
    return _NONE if colour == TRANSPARENT else colour


def _line(element: Element) -> Iterator[str]:
    points = [(element.x + x, element.y + y) for x, y in element.points]
    if not points:
        return
    fill = _filled(element) if points[0] == points[-1] else f'fill="{_NONE}"'
    is_curved = element.is_round and not element.has("elbowed")
    yield f'<path d="{_path(points, is_curved=is_curved)}" {fill} {_stroked(element)}/>'
    if element.shape is Shape.ARROW and len(points) > 1:
        size = element.number("strokeWidth", 1)
        for name, end, before in (("startArrowhead", points[0], points[1]), ("endArrowhead", points[-1], points[-2])):
            yield head(element.text(name), end, before, _stroke(element), size)


def _path(points: Sequence[Point], *, is_curved: bool) -> str:
    """A line through points; a curved one, as Excalidraw's, is a Catmull-Rom spline."""
    start = f"M{_pair(points[0])}"
    if not is_curved or len(points) < 3:  # noqa: PLR2004 - two points are a straight line
        return start + "".join(f"L{_pair(point)}" for point in points[1:] or points)
    around = [points[0], *points, points[-1]]
    bends = zip(around, around[1:], around[2:], around[3:], strict=False)
    return start + "".join(f"C{_control(a, b, c)} {_control(d, c, b)} {_pair(c)}" for a, b, c, d in bends)


def _control(before: Point, at: Point, after: Point) -> str:
    return _pair((at[0] + (after[0] - before[0]) / 6, at[1] + (after[1] - before[1]) / 6))


def _text(element: Element) -> str:
    size = element.number("fontSize", _FONT_SIZE)
    height = size * element.number("lineHeight", _LINE_HEIGHT)
    anchor, share = _ANCHORS.get(element.text("textAlign"), ("start", 0.0))
    x = _n(element.x + share * element.width)
    family = ' font-family="monospace"' if element.number("fontFamily") in _MONOSPACE else ""
    lines = "".join(
        f'<tspan x="{x}" y="{_n(element.y + (at + 0.5) * height + _BASELINE * size)}">{escape(line)}</tspan>'
        for at, line in enumerate(element.text("text").splitlines())
    )
    return (
        f'<text font-size="{_n(size)}" text-anchor="{anchor}" fill="{_stroke(element)}"{family} '
        f'xml:space="preserve">{lines}</text>'
    )


def _picture(element: Element, pictures: Mapping[str, str]) -> str:
    """A picture that is a file of its own cannot be shown in another one: its place is."""
    address = pictures.get(element.text("fileId"))
    if address:
        return f'<image {_place(element)} href="{address}"/>'
    return f'<rect {_place(element)} fill="none" stroke="{_GREY}" stroke-dasharray="6 6"/>'


def _pair(point: Point) -> str:
    return f"{_n(point[0])},{_n(point[1])}"


def _n(value: float) -> str:
    """A number, to a tenth of a pixel."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
