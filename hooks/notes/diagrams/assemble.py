"""Places and links become a graph. In: the whole scene. Out: `Read`.

Ids count in the order of reading. Links with the same ends, heads and label are one edge.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from notes.diagrams.areas import OUTSIDE, AreaId, area_lines, words_in_border
from notes.diagrams.edges import Link
from notes.diagrams.ends import Place
from notes.diagrams.glyphs import E, N, S, Sides, W
from notes.diagrams.graph import Container, Direction, Edge, Graph, Heads, Id, Node
from notes.diagrams.grid import Cell
from notes.diagrams.labels import without_dashes
from notes.diagrams.outcome import Read
from notes.diagrams.scene import Scene
from notes.diagrams.texts import Text

_DIRECTIONS: Final = {S: Direction.DOWN, N: Direction.UP, E: Direction.RIGHT, W: Direction.LEFT}


def assemble(scene: Scene) -> Read:
    """Name everything, and say it."""
    places = _places(scene)
    owners = {place: _owner(scene, place) for place in places}
    containers = frozenset(Place(is_text=False, index=area) for area in owners.values() if area != OUTSIDE)
    ids = _named(places, containers)
    nodes = tuple(Node(ids[place], _label(scene, place)) for place in places if place not in containers)
    boxes = tuple(_container(scene, ids, owners, place) for place in places if place in containers)
    edges = tuple(dict.fromkeys(_edge(scene, ids, at, link) for at, link in enumerate(scene.links)))
    remarks = tuple(scene.texts.blocks[text].label for text in scene.roles.remarks)
    return Read(Graph(nodes, boxes, edges, _direction(scene.links)), remarks)


def _places(scene: Scene) -> tuple[Place, ...]:
    """All nodes and containers in the order of reading."""
    areas = (Place(is_text=False, index=at) for at in range(len(scene.field.areas)))
    texts = (Place(is_text=True, index=text) for text in scene.roles.nodes)
    return tuple(sorted((*areas, *texts), key=lambda place: (_start(scene, place), place)))


def _start(scene: Scene, place: Place) -> Cell:
    if place.is_text:
        return scene.texts.blocks[place.index].start
    box = scene.field.areas[place.index].box
    return Cell(box.top, box.left)


def _owner(scene: Scene, place: Place) -> AreaId:
    if place.is_text:
        return scene.field.owner(*scene.texts.blocks[place.index].start)
    return scene.field.areas[place.index].parent


def _named(places: Sequence[Place], containers: frozenset[Place]) -> Mapping[Place, Id]:
    counts: Counter[str] = Counter()
    ids: dict[Place, Id] = {}
    for place in places:
        letter = "c" if place in containers else "n"
        counts[letter] += 1
        ids[place] = Id(f"{letter}{counts[letter]}")
    return ids


def _label(scene: Scene, place: Place) -> str:
    if place.is_text:
        return _unbracketed(scene.texts.blocks[place.index].label)
    return "\n".join(area_lines(scene.grid, scene.field.areas[place.index]))


def _unbracketed(label: str) -> str:
    inner = label[1:-1].strip()
    return inner if label[:1] + label[-1:] == "[]" and not set(inner) & set("[]") else label


def _container(scene: Scene, ids: Mapping[Place, Id], owners: Mapping[Place, AreaId], place: Place) -> Container:
    area = AreaId(place.index)
    children = [other for other, owner in owners.items() if owner == area]
    title = scene.roles.titles.get(area)
    box = scene.field.areas[area].box
    above, below = (words_in_border(scene.grid, box, row) for row in (box.top, box.bottom))
    label = "\n".join((*above, *(() if title is None else scene.texts.blocks[title].lines), *below))
    rows = {_start(scene, child).row for child in children}
    direction = Direction.RIGHT if len(rows) == 1 < len(children) else Direction.DOWN
    return Container(ids[place], label, tuple(ids[child] for child in children), direction)


def _edge(scene: Scene, ids: Mapping[Place, Id], at: int, link: Link) -> Edge:
    blocks = [scene.texts.blocks[text] for text in scene.roles.labels.get(at, ())]
    rows = [" ".join(map(_edge_label, row)) for _, row in groupby(blocks, key=lambda block: block.start.row)]
    return Edge(ids[link.source], ids[link.target], link.heads, "\n".join(rows))


def _edge_label(block: Text) -> str:
    return _unbracketed(without_dashes(block.label))


def _direction(links: Sequence[Link]) -> Direction:
    """Where most links lead; down counts first, as one reads."""
    sides = Counter(_straight(link) for link in links)
    return _DIRECTIONS[max((S, E, N, W), key=lambda side: sides[side])]


def _straight(link: Link) -> Sides:
    if link.heads is Heads.TARGET:
        return link.side
    return E if link.side in {E, W} else S
