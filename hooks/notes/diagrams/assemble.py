"""Places and links become a graph. In: field, texts, links, roles. Out: `Read`, or the reading stops.

Ids count in the order of reading. Links with the same ends, heads and label are one edge.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from notes.diagrams.areas import OUTSIDE, AreaId, Field, area_lines, title_in_border
from notes.diagrams.edges import Link
from notes.diagrams.ends import Place
from notes.diagrams.glyphs import E, N, S, Sides, W
from notes.diagrams.graph import Container, Direction, Edge, Graph, Heads, Id, Node
from notes.diagrams.grid import Cell, Grid
from notes.diagrams.labels import Roles, without_dashes
from notes.diagrams.outcome import Read
from notes.diagrams.texts import TextId, Texts

_DIRECTIONS: Final = {S: Direction.DOWN, N: Direction.UP, E: Direction.RIGHT, W: Direction.LEFT}


def assemble(grid: Grid, field: Field, texts: Texts, links: Sequence[Link], roles: Roles) -> Read:
    """Name everything, and say it."""
    places = _places(field, texts, roles)
    containers = _container_areas(field, roles, texts)
    ids = _named(places, containers)
    nodes = tuple(Node(ids[place], _label(grid, field, texts, place)) for place in places if place not in containers)
    boxes = tuple(_container(grid, field, texts, roles, ids, place, places) for place in places if place in containers)
    edges = tuple(dict.fromkeys(_edge(texts, roles, ids, at, link) for at, link in enumerate(links)))
    remarks = tuple(texts.blocks[text].label for text in roles.remarks)
    return Read(Graph(nodes, boxes, edges, _direction(links)), remarks)


def _places(field: Field, texts: Texts, roles: Roles) -> tuple[Place, ...]:
    """All nodes and containers in the order of reading."""
    areas = {Place(is_text=False, index=at): Cell(area.box.top, area.box.left) for at, area in enumerate(field.areas)}
    blocks = {Place(is_text=True, index=text): texts.blocks[text].start for text in roles.nodes}
    starts = {**areas, **blocks}
    return tuple(sorted(starts, key=lambda place: (starts[place], place)))


def _owner(field: Field, texts: Texts, place: Place) -> AreaId:
    return field.owner(*texts.blocks[place.index].start) if place.is_text else field.areas[place.index].parent


def _container_areas(field: Field, roles: Roles, texts: Texts) -> frozenset[Place]:
    owners = {area.parent for area in field.areas} | {field.owner(*texts.blocks[text].start) for text in roles.nodes}
    return frozenset(Place(is_text=False, index=area) for area in owners if area != OUTSIDE)


def _named(places: Sequence[Place], containers: frozenset[Place]) -> Mapping[Place, Id]:
    counts: Counter[str] = Counter()
    ids: dict[Place, Id] = {}
    for place in places:
        letter = "c" if place in containers else "n"
        counts[letter] += 1
        ids[place] = Id(f"{letter}{counts[letter]}")
    return ids


def _label(grid: Grid, field: Field, texts: Texts, place: Place) -> str:
    if place.is_text:
        return _unbracketed(texts.blocks[place.index].label)
    return "\n".join(area_lines(grid, field.areas[place.index]))


def _unbracketed(label: str) -> str:
    inner = label[1:-1]
    return inner if label[0] + label[-1] == "[]" and not set(inner) & set("[]") else label


def _container(
    grid: Grid, field: Field, texts: Texts, roles: Roles, ids: Mapping[Place, Id], place: Place, places: Sequence[Place]
) -> Container:
    area = AreaId(place.index)
    children = tuple(ids[other] for other in places if _owner(field, texts, other) == area)
    title = roles.titles.get(area)
    label = texts.blocks[title].label if title is not None else "\n".join(title_in_border(grid, field.areas[area]))
    return Container(ids[place], label, children)


def _edge(texts: Texts, roles: Roles, ids: Mapping[Place, Id], at: int, link: Link) -> Edge:
    label = ""
    for text, before in zip(found := roles.labels.get(at, ()), (None, *found), strict=False):
        same_row = before is not None and texts.blocks[text].start.row == texts.blocks[before].start.row
        label += (" " if same_row else "\n") + _unbracketed(without_dashes(texts.blocks[text].label))
    source, target = ids[link.source], ids[link.target]
    return Edge(source, target, link.heads, label.strip())


def _direction(links: Sequence[Link]) -> Direction:
    """Where most links lead; down counts first, as one reads."""
    sides = Counter(_straight(link) for link in links)
    return _DIRECTIONS[max((S, E, N, W), key=lambda side: sides[side])]


def _straight(link: Link) -> Sides:
    if link.heads is Heads.TARGET:
        return link.side
    return S if link.side in {N, S} else E
