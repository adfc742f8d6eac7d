"""File: what the file of a canvas holds. In: its text, JSON. Out: cards and edges, or why there are none.

Source of the rules: JSON Canvas 1.0 (jsoncanvas.org). Nothing in such a file is trusted: numbers are bounded, colours
are of the known ones, and what is of another type than it should be is as if it were not there.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, repeat
from typing import Final, NamedTuple

MOST_CARDS: Final = 1000
"""So many cards and groups are shown; …"""
MOST_EDGES: Final = 2000
"""… and so many edges between them."""
_FURTHEST: Final = 50_000
"""Pixels from the middle; Obsidian's own cards are some hundreds wide."""
_LARGEST: Final = 20_000
_SMALLEST: Final = 20
_WIDTH, _HEIGHT = 250, 60
"""Of a card that says none, or none that is a number: those of a new one in Obsidian."""

_COLOUR: Final = re.compile(r"[1-6]|#[0-9A-Fa-f]{6}")
_NODES: Final = re.compile(r'(?<!\\)"nodes"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")
_NO_TEXT: Final = re.compile("[\ud800-\udfff\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Halves of characters, and signs that control: JSON can hold them, and no page."""


Object = Mapping[str, object]


class CardKind(Enum):
    """What a card holds; the name of the field that says so is its second part."""

    TEXT = ("text", "text")
    """Markdown."""
    FILE = ("file", "file")
    """The path of a file, from the folder of notes."""
    LINK = ("link", "url")
    """An address of the web."""
    GROUP = ("group", "label")
    """A frame around other cards, and its name."""

    def __init__(self, written: str, field: str) -> None:
        self.written = written
        self.field = field


_KINDS: Final = {kind.written: kind for kind in CardKind}


class Side(Enum):
    """Where on a card an edge ends, and which way is out there."""

    TOP = (0, -1)
    RIGHT = (1, 0)
    BOTTOM = (0, 1)
    LEFT = (-1, 0)


_SIDES: Final = {side.name.lower(): side for side in Side}


class Area(NamedTuple):
    """A rectangle, in pixels; its upper left corner, and its size."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, other: "Area") -> bool:
        """Whether the middle of another one lies in it."""
        x, y = other.x + other.width / 2, other.y + other.height / 2
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """One card, or a group of them."""

    kind: CardKind
    area: Area
    colour: str
    """`1` to `6`, a hexadecimal number after `#`, or empty."""
    content: str
    """See `CardKind`."""
    subpath: str
    """Of a file: `#` and a heading or block in it; may be empty."""
    background: str
    """Of a group: the path of a picture behind it, from the folder of notes; may be empty."""
    shows_all_of_it: bool
    """Of the picture; else it fills the group, which cuts off what is longer."""
    layer: int
    """From 1; of cards that overlap, the one of a higher number hides the other."""
    offset: int
    """Byte offset in the file; near enough for a message."""


class Edge(NamedTuple):
    """A line between two cards."""

    start: Card
    end: Card
    start_side: Side | None
    end_side: Side | None
    """None: the side that faces the other card, see `curves`."""
    points_back: bool
    points_on: bool
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class Canvas:
    """What is shown of a file."""

    cards: Sequence[Card]
    """In the order of reading: from above to below, from left to right, what is in a group after its name."""
    edges: Sequence[Edge]
    unshown: Sequence[int]
    """Byte offsets of the cards of unknown kinds."""
    left_out: int
    """How many cards and edges are more than are shown."""


class Broken(NamedTuple):
    """A file that holds no canvas."""

    why: str
    """A clause."""
    offset: int
    """Of a byte."""


def read_canvas(text: bytes) -> Canvas | Broken:
    """Read a file; an empty one is a canvas on which is nothing yet."""
    written = text.decode()
    content = _content(written)
    return content if isinstance(content, Broken) else _canvas(content, written)


def _content(written: str) -> Object | Broken:
    try:
        content = json.loads(written) if written.strip() else {}
    except json.JSONDecodeError as error:
        return Broken(f"its JSON is not valid ({error.msg})", len(written[: error.pos].encode()))
    except (ValueError, RecursionError):
        return Broken("its JSON has a number that is too long, or is nested too deep", 0)
    return content if isinstance(content, dict) else Broken("its JSON is not an object", 0)


def _canvas(content: Object, written: str) -> Canvas:
    nodes, edges = _list(content, "nodes"), _list(content, "edges")
    known: dict[str, Card] = {}
    cards: list[Card] = []
    unshown: list[int] = []
    for layer, (node, offset) in enumerate(_placed(nodes[:MOST_CARDS], written), 1):
        if card := _card(node, layer, offset):
            cards.append(card)
            known.setdefault(_text(node, "id"), card)
        else:
            unshown.append(offset)
    known.pop("", None)
    drawn = [edge for each in edges[:MOST_EDGES] if (edge := _edge(each, known))]
    left_out = max(0, len(nodes) - MOST_CARDS) + max(0, len(edges) - MOST_EDGES)
    return Canvas(_in_order(cards), drawn, unshown, left_out)


def _list(content: Object, name: str) -> Sequence[Object]:
    found = content.get(name)
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else []


def _placed(nodes: Sequence[Object], written: str) -> Iterator[tuple[Object, int]]:
    """The nodes with their byte offsets; of what is written in an odd way, with none."""
    return zip(nodes, chain(_offsets(written), repeat(0)), strict=False)


def _offsets(written: str) -> Iterator[int]:
    """The byte offsets of the nodes, read once more: what reads JSON as a whole does not tell them."""
    opening = _NODES.search(written)
    at, read = (opening.end() if opening else len(written)), json.JSONDecoder().raw_decode
    offset = len(written[:at].encode())
    while (start := _start(written, at)) < len(written) and written[start] != "]":
        offset += len(written[at:start].encode())
        yield offset
        _, at = read(written, start)
        offset += len(written[start:at].encode())


def _start(written: str, at: int) -> int:
    between = _BETWEEN.match(written, at)
    return between.end() if between else at


def _card(node: Object, layer: int, offset: int) -> Card | None:
    kind = _KINDS.get(_text(node, "type"))
    if kind is None:
        return None
    area = Area(
        _number(node, "x", -_FURTHEST, _FURTHEST, 0),
        _number(node, "y", -_FURTHEST, _FURTHEST, 0),
        _number(node, "width", _SMALLEST, _LARGEST, _WIDTH),
        _number(node, "height", _SMALLEST, _LARGEST, _HEIGHT),
    )
    return Card(
        kind,
        area,
        _colour(node),
        _text(node, kind.field),
        _text(node, "subpath"),
        _text(node, "background") if kind is CardKind.GROUP else "",
        _text(node, "backgroundStyle") == "ratio",
        layer,
        offset,
    )


def _edge(edge: Object, cards: Mapping[str, Card]) -> Edge | None:
    start, end = (cards.get(_text(edge, name)) for name in ("fromNode", "toNode"))
    if start is None or end is None:
        return None
    return Edge(
        start,
        end,
        _SIDES.get(_text(edge, "fromSide")),
        _SIDES.get(_text(edge, "toSide")),
        points_back=_text(edge, "fromEnd") == "arrow",
        points_on=_text(edge, "toEnd") != "none",
        colour=_colour(edge),
        label=" ".join(_text(edge, "label").split()),
    )


def _in_order(cards: Sequence[Card]) -> Sequence[Card]:
    groups = [card for card in cards if card.kind is CardKind.GROUP]
    groups.sort(key=lambda group: group.area.width * group.area.height, reverse=True)

    def places(card: Card) -> list[tuple[int, int]]:
        """Where the groups stand that it lies in, the largest first, and itself."""
        around: list[Card] = []
        for group in groups:
            if group is card:
                break
            if group.area.holds(card.area):
                around.append(group)
        return [(each.area.y, each.area.x) for each in (*around, card)]

    return sorted(cards, key=places)


def _text(content: Object, name: str) -> str:
    value = content.get(name)
    return _NO_TEXT.sub("\ufffd", value) if isinstance(value, str) else ""


def _colour(content: Object) -> str:
    value = _text(content, "color")
    return value if _COLOUR.fullmatch(value) else ""


def _number(content: Object, name: str, least: int, most: int, default: int) -> int:
    value = content.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - no number
        return default
    return round(min(max(value, least), most))
