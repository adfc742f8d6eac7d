"""Is this a diagram at all? In: all that was read. Out: nothing, or the reading stops.

Boxes and arrows are cheap: packets, tables, menus, logs and sentences have them too. What has no box must be a chain
of names and nothing else; what has no line must be a titled box around others and nothing else.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from notes.diagrams.areas import OUTSIDE, AreaId, Field, area_lines
from notes.diagrams.boxes import Box
from notes.diagrams.chains import judge_chain
from notes.diagrams.edges import Link
from notes.diagrams.ends import Attached
from notes.diagrams.glyphs import ACROSS, ALONG, E, W, stubs
from notes.diagrams.graph import Heads
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.labels import Roles
from notes.diagrams.outcome import Kind, Stop, no_diagram
from notes.diagrams.texts import TextId, Texts

_POINTER: Final = 3
"""How short an arrow is that only points something out."""
_WIDGET: Final = re.compile(r"\[[ xX✓]\].*|[❯☐☑].*|(?:ok|save|cancel|log ?in|submit|search|next|back|close)", re.IGNORECASE)


def judge(grid: Grid, field: Field, texts: Texts, attached: Attached, links: Sequence[Link], roles: Roles) -> None:
    """Stop unless it is a diagram."""
    if not field.areas:
        judge_chain(texts, attached, links, roles)
    elif not links:
        _judge_layout(grid, field, roles)
    else:
        _judge_boxes(field, links)
        _judge_rooms(field, links)
        _judge_remarks(field, texts, links)
        _judge_walls(grid, field, texts, links)


def _judge_layout(grid: Grid, field: Field, roles: Roles) -> None:
    """Boxes without lines: a titled box around at least two, and nothing else."""
    parents = {area.parent for area in field.areas if area.parent != OUTSIDE}
    roots = [at for at, area in enumerate(field.areas) if area.parent == OUTSIDE]
    if len(roots) != 1 or not parents or roles.remarks:
        raise no_diagram("boxes without lines")
    for parent in parents:
        if field.areas[parent].dividers or parent not in roles.titles or len(field.children(parent)) < 2:
            raise no_diagram("boxes in boxes, but no lines", field.areas[parent].box.top, field.areas[parent].box.left)
    for area in field.areas:
        if not area.is_open and any(map(_WIDGET.fullmatch, area_lines(grid, area))):
            raise no_diagram("a mock-up", area.box.top, area.box.left)


def _judge_boxes(field: Field, links: Sequence[Link]) -> None:
    """With lines: cells side by side must each take part, and a container has at most a title above its one room."""
    touched = {place.index for link in links for place in (link.source, link.target) if not place.is_text}
    for strip in _strips(field):
        if touched.isdisjoint(strip):
            box = field.areas[strip[0]].box
            raise Stop("cells side by side have no lines", box.top, box.left)
    for at, area in enumerate(field.areas):
        rooms = {_room(area.dividers, field.areas[child].box) for child in field.children(AreaId(at))}
        if len(rooms) > 1:
            raise Stop("a box with several rooms holds other boxes", area.box.top, area.box.left)


def _judge_remarks(field: Field, texts: Texts, links: Sequence[Link]) -> None:
    """`| box |  <-- note` points something out, and may be no edge; on a stack of cells it is none."""
    for link in links:
        if link.source.is_text and not link.target.is_text and link.side == W and len(link.path) <= _POINTER:
            is_stack = bool(field.areas[link.target.index].dividers)
            start = texts.blocks[link.source.index].start
            raise Stop("a remark with an arrow may be a name or not", *start, Kind.NOT_A_DIAGRAM if is_stack else Kind.UNCERTAIN)


def _judge_walls(grid: Grid, field: Field, texts: Texts, links: Sequence[Link]) -> None:
    """A text between two upright lines without heads stands in a box or a cell that was not understood."""
    bare = {cell for link in links if link.heads is Heads.NONE for cell in link.path}
    for text in texts.blocks:
        for piece in text.pieces:
            walls = _beside(grid, piece.row, piece.start, -1), _beside(grid, piece.row, piece.stop - 1, 1)
            if bare.intersection(walls) and all(wall in bare or wall in field.borders for wall in walls) and all(stubs(grid.at(*wall)) & ALONG for wall in walls):
                raise Stop("a text stands between two lines as in a box", piece.row, piece.start)


def _beside(grid: Grid, row: int, column: int, step: int) -> Cell:
    """The next mark in a row."""
    column += step
    while 0 <= column < grid.width and grid.at(row, column) == BLANK:
        column += step
    return Cell(row, column)


def _judge_rooms(field: Field, links: Sequence[Link]) -> None:
    """Several lines at one side of a container may belong to the boxes within."""
    sides = Counter((link.target, link.side) for link in links) + Counter((link.source, link.out) for link in links)
    for (place, _), count in sides.items():
        if count > 1 and not place.is_text and field.is_container(AreaId(place.index)):
            box = field.areas[place.index].box
            raise Stop("several lines end at the border of a container", box.top, box.left)


def _room(dividers: Sequence[int], box: Box) -> int:
    return sum(divider <= box.top for divider in dividers)


def _strips(field: Field) -> list[list[AreaId]]:
    """Areas that share an upright border, from left to right."""
    by_left = {(area.box.left, area.box.top): AreaId(at) for at, area in enumerate(field.areas)}
    strips: list[list[AreaId]] = []
    for at, area in enumerate(field.areas):
        following = by_left.get((area.box.right, area.box.top))
        if following is not None:
            joined = next((strip for strip in strips if strip[-1] == at), None)
            if joined:
                joined.append(following)
            else:
                strips.append([AreaId(at), following])
    return strips
