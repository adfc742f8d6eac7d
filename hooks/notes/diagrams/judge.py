"""Is this a diagram at all? In: all that was read. Out: nothing, or the reading stops.

Boxes and arrows are cheap: packets, tables, menus, logs and sentences have them too. What has no box must be a chain
of names and nothing else; what has no line must be a titled box around others and nothing else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from notes.diagrams.areas import OUTSIDE, AreaId, Field, area_lines, words_in_border
from notes.diagrams.asides import POINTER, is_pointer
from notes.diagrams.chains import judge_chain
from notes.diagrams.edges import Link
from notes.diagrams.ends import Place
from notes.diagrams.glyphs import ACROSS, ALONG, Sides, W, stubs
from notes.diagrams.graph import Heads
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.hypotheses import Box
from notes.diagrams.outcome import Reason, Stop
from notes.diagrams.scene import Scene
from notes.diagrams.texts import Piece

_FEW: Final = 2
_VALUE: Final = re.compile(r"[{\"'`$]|\d+\b")
"""What a remark tells rather than names: a value, a status."""
_ASIDE: Final = re.compile(r"\([^()]*\)")
"""What a line without a head may lead to, or be explained by."""
_WIDGET: Final = re.compile(
    r"\[[ xX✓]\].*|[❯☐☑].*|(?:ok|save|cancel|log ?in|submit|search|next|back|close)", re.IGNORECASE
)


def judge(scene: Scene) -> None:
    """Stop unless it is a diagram."""
    if not scene.field.areas:
        judge_chain(scene)
    elif not scene.links:
        _judge_layout(scene)
    else:
        _judge_cells(scene.field, scene.links)
        _judge_rooms(scene.field)
        _judge_containers(scene.field, scene.links)
        _judge_remarks(scene)
        _judge_left_out(scene)
        _judge_pointers(scene)
        _judge_walls(scene)
        _judge_corners(scene.field, scene.links)
        _judge_bridges(scene)
        _judge_labels(scene)
        _judge_legends(scene.links)
        _judge_combs(scene)


def _judge_layout(scene: Scene) -> None:
    """Boxes without lines: a titled box around at least two, and nothing else."""
    grid, field, roles = scene.grid, scene.field, scene.roles
    parents = {area.parent for area in field.areas if area.parent != OUTSIDE}
    roots = [at for at, area in enumerate(field.areas) if area.parent == OUTSIDE]
    if len(roots) != 1 or not parents or roles.remarks:
        raise Stop(Reason.NO_LINES)
    for parent in parents:
        if field.areas[parent].dividers or parent not in roles.titles or len(field.children(parent)) < _FEW:
            raise Stop(Reason.NO_LAYOUT, field.areas[parent].box.top, field.areas[parent].box.left)
    for area in field.areas:
        if not area.is_open and any(map(_WIDGET.fullmatch, area_lines(grid, area))):
            raise Stop(Reason.MOCK_UP, area.box.top, area.box.left)


def _judge_cells(field: Field, links: Sequence[Link]) -> None:
    """Cells side by side are boxes if lines lead to half of them or more, else fields of a record."""
    touched = {place.index for link in links for place in (link.source, link.target) if not place.is_text}
    for strip in _strips(field):
        if len(touched.intersection(strip)) * 2 < len(strip):
            box = field.areas[strip[0]].box
            raise Stop(Reason.BARE_CELLS, box.top, box.left)


def _judge_rooms(field: Field) -> None:
    """A container has compartments for its title at most, and one room for its boxes."""
    for at, area in enumerate(field.areas):
        rooms = {_room(area.dividers, field.areas[child].box) for child in field.children(AreaId(at))}
        if len(rooms) > 1:
            raise Stop(Reason.ROOMS, area.box.top, area.box.left)


def _judge_remarks(scene: Scene) -> None:
    """`| box |  <-- note` points something out, and may be no edge; on a stack of cells it is none."""
    for link in scene.links:
        for place in (link.source, link.target):
            if place.is_text and _is_remark(scene, link, place):
                raise Stop(Reason.REMARK_OR_NAME, *scene.texts.blocks[place.index].start)
        if is_pointer(link) and link.side == W:
            is_stack = bool(scene.field.areas[link.target.index].dividers)
            start = scene.texts.blocks[link.source.index].start
            raise Stop(Reason.ANNOTATED_STACK if is_stack else Reason.REMARK_OR_NAME, *start)


def _is_remark(scene: Scene, link: Link, place: Place) -> bool:
    """Whether a text is a value behind a short arrow, or explains in brackets what a line without a head leads to."""
    label = scene.texts.blocks[place.index].label
    is_behind = place == link.target and not link.source.is_text and len(link.path) <= POINTER
    return bool(is_behind and _VALUE.match(label)) or bool(link.heads is Heads.NONE and _ASIDE.fullmatch(label))


def _judge_pointers(scene: Scene) -> None:
    """What holds nothing but a stack, or a box with `cursor --> | line |`, is a layout or a picture of a screen."""
    if len(scene.field.areas) == 1 and scene.field.areas[0].dividers:
        raise Stop(Reason.ANNOTATED_STACK, *scene.links[0].path[0])
    if all(map(is_pointer, scene.links)):
        raise Stop(Reason.POINTERS, *scene.links[0].path[0])


def _judge_walls(scene: Scene) -> None:
    """A text between two upright lines without heads stands in a box or a cell that was not understood."""
    bare = frozenset(cell for link in scene.links if link.heads is Heads.NONE for cell in link.path)
    for text in scene.texts.blocks:
        for piece in text.pieces:
            if _is_walled(scene, bare, piece):
                raise Stop(Reason.WALLED_TEXT, piece.row, piece.start)


def _is_walled(scene: Scene, bare: frozenset[Cell], piece: Piece) -> bool:
    grid = scene.grid
    walls = _beside(grid, piece.row, piece.start, -1), _beside(grid, piece.row, piece.stop - 1, 1)
    are_lines = all(wall in bare or wall in scene.field.borders for wall in walls)
    return bool(bare.intersection(walls)) and are_lines and all(stubs(grid.at(*wall)) & ALONG for wall in walls)


def _beside(grid: Grid, row: int, column: int, step: int) -> Cell:
    """The next mark in a row."""
    column += step
    while 0 <= column < grid.width and grid.at(row, column) == BLANK:
        column += step
    return Cell(row, column)


def _judge_containers(field: Field, links: Sequence[Link]) -> None:
    """Lines at one side of a container that stand before several boxes within may belong to those."""
    faced: dict[tuple[Place, Sides], set[AreaId]] = defaultdict(set)
    for link in links:
        for place, side, end in (link.target, link.side, link.path[-1]), (link.source, link.out, link.path[0]):
            if not place.is_text:
                faced[place, side].update(_faced(field, AreaId(place.index), side, end))
    for (place, _), children in faced.items():
        if len(children) > 1:
            box = field.areas[place.index].box
            raise Stop(Reason.MANY_AT_CONTAINER, box.top, box.left)


def _faced(field: Field, container: AreaId, side: Sides, end: Cell) -> Iterator[AreaId]:
    """The box in a container before which the end of a line stands."""
    across = bool(side & ACROSS)
    before = [
        (abs(box.left - end.column) if across else abs(box.top - end.row), child)
        for child in field.children(container)
        for box in [field.areas[child].box]
        if (box.top <= end.row <= box.bottom if across else box.left <= end.column <= box.right)
    ]
    yield from (child for _, child in sorted(before)[:1])


def _judge_corners(field: Field, links: Sequence[Link]) -> None:
    """A line without heads from corner to corner is the side of a box that was not understood."""
    for link in links:
        ends = (link.source, link.out, link.path[0]), (link.target, link.side, link.path[-1])
        if link.heads is Heads.NONE and all(_is_at_corner(field, *end) for end in ends):
            raise Stop(Reason.FROM_CORNER, *link.path[0])


def _judge_bridges(scene: Scene) -> None:
    """A text in a line without heads that leads to another text may be a name as well."""
    for at, link in enumerate(scene.links):
        is_box_to_box = not link.source.is_text and not link.target.is_text
        for text in () if is_box_to_box or link.heads.is_headed else scene.roles.labels.get(at, ()):
            if text in scene.attached.bridges:
                raise Stop(Reason.NAME_OR_LABEL, *scene.texts.blocks[text].start)


def _judge_labels(scene: Scene) -> None:
    """Words in the first row of a container, beside a line that enters there, are its title if nothing else is."""
    for label in sorted({text for of in scene.roles.labels.values() for text in of}):
        start = scene.texts.blocks[label].start
        owner = scene.field.owner(*start)
        if owner == OUTSIDE or not scene.field.is_container(owner):
            continue
        box = scene.field.areas[owner].box
        is_first = start.row == box.top + 1 and label not in scene.attached.bridges
        if is_first and not any(words_in_border(scene.grid, box, box.top)) and not _is_titled(scene, owner, start):
            raise Stop(Reason.TITLE_OR_LABEL, *start)


def _is_titled(scene: Scene, container: AreaId, label: Cell) -> bool:
    """Whether a container has a title; words with nothing but a line between them and a label may be half of one."""
    title = scene.roles.titles.get(container)
    if title is None:
        return False
    piece = scene.texts.blocks[title].pieces[0]
    cut = _beside(scene.grid, piece.row, piece.stop - 1, 1)
    return piece.row != label.row or cut != _beside(scene.grid, label.row, label.column, -1)


def _judge_left_out(scene: Scene) -> None:
    """A box without a line beside a text that has one: then the line rather led on to the box, and is misread."""
    linked = {place for link in scene.links for place in (link.source, link.target)}
    for at, area in enumerate(scene.field.areas):
        if area.is_open or Place(is_text=False, index=at) in linked:
            continue
        for text in sorted(scene.roles.nodes):
            if any(_is_next_to(piece, area.box) for piece in scene.texts.blocks[text].pieces):
                raise Stop(Reason.LEFT_OUT, area.box.top, area.box.left)
    for link in scene.links:
        if link.source.is_text and not link.target.is_text and link.side & ALONG:
            _judge_start(scene, link)


def _judge_start(scene: Scene, link: Link) -> None:
    """A text between two boxes from which a line leads to one may be the label of a line between them."""
    for at, area in enumerate(scene.field.areas):
        is_other = not area.is_open and at != link.target.index
        if is_other and any(_is_next_to(piece, area.box) for piece in scene.texts.blocks[link.source.index].pieces):
            raise Stop(Reason.NAME_OR_LABEL, *scene.texts.blocks[link.source.index].start)


def _judge_legends(links: Sequence[Link]) -> None:
    """Words in a row with arrows, none of which leads to a box, may be a legend: `---> means later`."""
    uses = Counter(place for link in links for place in (link.source, link.target))
    for link in links:
        ends = link.source, link.target
        if all(place.is_text and uses[place] == 1 for place in ends) and link.side & ACROSS:
            raise Stop(Reason.LEGEND, *link.path[0])


def _judge_combs(scene: Scene) -> None:
    """A line with two heads that has a joint on its way, where nothing branches off, is a comb without its stem."""
    for link in scene.links:
        is_comb = link.heads is Heads.BOTH and link.side == link.out
        for cell in link.path if is_comb else ():
            if scene.grid.at(*cell) == "+" and scene.lines.links[cell] in {ACROSS, ALONG}:
                raise Stop(Reason.NO_SOURCE, *cell)


def _is_next_to(piece: Piece, box: Box) -> bool:
    """Whether words stand right above or below a box."""
    is_over = piece.start <= box.right and box.left < piece.stop
    return is_over and (box.top - _FEW <= piece.row < box.top or box.bottom < piece.row <= box.bottom + _FEW)


def _is_at_corner(field: Field, place: Place, side: Sides, end: Cell) -> bool:
    if place.is_text or not side & ALONG:
        return False
    box = field.areas[place.index].box
    return end.column in {box.left, box.right}


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
