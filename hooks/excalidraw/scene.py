"""Scene: what a drawing holds. In: its JSON, which is untrusted. Out: elements that give only what is safe to draw.

Source of the names: Excalidraw's developer documentation, "JSON Schema".
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

Point = tuple[float, float]

MOST_ELEMENTS: Final = 10_000
MOST_POINTS: Final = 300_000
"""Of all lines of a drawing; as a picture they are some megabytes."""
MOST_CHARACTERS: Final = 100_000
"""Of all texts of a drawing."""
MOST_PICTURED: Final = 8 << 20
"""Characters of all pictures in a drawing, each as often as it is in it."""
_FARTHEST: Final = 1_000_000
"""From the origin, in CSS pixels; also the longest side and the widest line."""
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}")
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*")
_WHITE: Final = "#ffffff"
TRANSPARENT: Final = "transparent"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SceneError(ValueError):
    """A drawing that cannot be drawn; the message says why, as the end of a sentence."""


class Shape(Enum):
    """The kinds of elements, by Excalidraw's names."""

    RECTANGLE = "rectangle"
    DIAMOND = "diamond"
    ELLIPSE = "ellipse"
    LINE = "line"
    ARROW = "arrow"
    FREEDRAW = "freedraw"
    TEXT = "text"
    IMAGE = "image"
    FRAME = "frame"
    MAGIC_FRAME = "magicframe"
    EMBEDDABLE = "embeddable"
    IFRAME = "iframe"


LINEAR: Final = frozenset({Shape.LINE, Shape.ARROW, Shape.FREEDRAW})


class Element:
    """One element: `shape`, its place, and its other values by their names in the JSON."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.shape = Shape(values.get("type"))
        self.x, self.y = self.number("x"), self.number("y")
        self.width, self.height = abs(self.number("width")), abs(self.number("height"))
        self.points: tuple[Point, ...] = tuple(self._points()) if self.shape in LINEAR else ()

    def number(self, name: str, default: float = 0) -> float:
        """A finite number that is not too far away."""
        return _number(self._values.get(name), default)

    def colour(self, name: str, default: str) -> str:
        """A colour as SVG has it."""
        return _colour(self._values.get(name), default)

    def text(self, name: str) -> str:
        """A text of characters that XML has, not escaped; empty if there is none."""
        value = self._values.get(name)
        return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else ""

    def has(self, name: str) -> bool:
        """Whether a value is there that is neither false nor empty."""
        return bool(self._values.get(name))

    @property
    def is_round(self) -> bool:
        """Whether its corners are; drawings from before 2023 say it in another way."""
        return self.has("roundness") or self.text("strokeSharpness") == "round"

    def _points(self) -> Iterator[Point]:
        points = self._values.get("points")
        for point in points if isinstance(points, list) else ():
            if isinstance(point, list) and len(point) >= 2:  # noqa: PLR2004 - x and y
                yield _number(point[0], 0), _number(point[1], 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing."""

    elements: tuple[Element, ...]
    """The lowest first."""
    background: str
    """A colour."""
    pictures: Mapping[str, str]
    """Those that it holds itself: `data:` addresses, by the `fileId` of their elements."""


def read_scene(text: str) -> Scene:
    """Read a drawing, whatever follows it; raises SceneError. An element that is none is left out."""
    try:
        data, _ = json.JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError) as error:
        raise SceneError("its data is not valid JSON") from error  # noqa: EM101, TRY003 - a part of a sentence
    data = _mapping(data)
    values = data.get("elements")
    elements = tuple(_elements(values if isinstance(values, list) else ()))
    pictures = dict(_pictures(_mapping(data.get("files"))))
    if reason := _refusal(elements, pictures):
        raise SceneError(reason)
    background = _colour(_mapping(data.get("appState")).get("viewBackgroundColor"), _WHITE)
    # Its dark lines would be gone on a dark page.
    background = _WHITE if background == TRANSPARENT else background
    return Scene(elements, background, pictures)


def _elements(found: list[Any] | tuple[()]) -> Iterator[Element]:
    shapes = [shape.value for shape in Shape]  # no set: a type may be anything
    for values in found:
        if isinstance(values, dict) and values.get("type") in shapes and not values.get("isDeleted"):
            yield Element(values)


def _refusal(elements: tuple[Element, ...], pictures: Mapping[str, str]) -> str:
    if not elements:
        return "nothing is drawn in it"
    if len(elements) > MOST_ELEMENTS:
        return f"it has more than {MOST_ELEMENTS:,} elements"
    if sum(len(element.points) for element in elements) > MOST_POINTS:
        return f"its lines have more than {MOST_POINTS:,} points"
    if sum(len(element.text("text")) for element in elements) > MOST_CHARACTERS:
        return f"its texts have more than {MOST_CHARACTERS:,} characters"
    if sum(len(pictures.get(element.text("fileId"), "")) for element in elements) > MOST_PICTURED:
        return f"its pictures take more than {MOST_PICTURED >> 20} MiB"
    return ""


def _pictures(files: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, file in files.items():
        address = _mapping(file).get("dataURL")
        if isinstance(address, str) and _PICTURE.fullmatch(address):
            yield name, address


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: object, default: float) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not -_FARTHEST <= value <= _FARTHEST:
        return default
    return float(value)


def _colour(value: object, default: str) -> str:
    return value if isinstance(value, str) and _COLOUR.fullmatch(value) else default
