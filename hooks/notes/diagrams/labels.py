"""What each free text is. In: texts, links and what ends met. Out: `Roles`: labels of links, titles, remarks.

A text at a wire's end is a node, one in a line or right beside it a label of that stretch, else the first text in a
container is its title, and all that is left is a remark.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from notes.diagrams.areas import OUTSIDE, AreaId, Field
from notes.diagrams.edges import Link
from notes.diagrams.ends import Attached
from notes.diagrams.glyphs import ACROSS, ALONG, NONE
from notes.diagrams.grid import Cell
from notes.diagrams.hypotheses import Box
from notes.diagrams.lines import Lines
from notes.diagrams.texts import Piece, Text, TextId, Texts

_PAIR: Final = 2
_BESIDE: Final = 3
"""How many cells a label may stand off an upright line."""

_DASHES: Final = re.compile(r"(?<=[)\]])-+|-{2,}")


def without_dashes(label: str) -> str:
    """A label that stands in a line, without the dashes that go on between its words, as in `--(A)-- ask -->`."""
    return _DASHES.sub("", label)


@dataclass(frozen=True, slots=True)
class Roles:
    """The texts by what they are."""

    nodes: frozenset[TextId]
    labels: Mapping[int, tuple[TextId, ...]]
    """The labels of each link, by its index."""
    titles: Mapping[AreaId, TextId]
    remarks: tuple[TextId, ...]


def find_roles(field: Field, lines: Lines, texts: Texts, attached: Attached, links: Sequence[Link]) -> Roles:
    """Give each text one role."""
    nodes = frozenset(TextId(place.index) for link in links for place in (link.source, link.target) if place.is_text)
    met = {terminal.place.index for terminal in attached.terminals if terminal.place.is_text}
    free = [TextId(at) for at in range(len(texts.blocks)) if at not in met and at not in attached.bridges]
    near = {text: tuple(_neighbours(lines, texts, texts.blocks[text])) for text in free}
    beside = _matched({**near, **dict(_alternating(lines, texts, frozenset(free), links))}, links)
    between = dict(_between(field, texts, [text for text in free if text not in beside], links))
    cells = {**attached.bridges, **beside, **between}
    labels: dict[int, list[TextId]] = defaultdict(list)
    labelled = {text: frozenset(at for at, link in enumerate(links) if cells[text] in link.path) for text in cells}
    for text, of in sorted(_shared_out(labelled).items()):
        for at in of:
            labels[at].append(text)
    rest = [text for text in free if text not in cells]
    titles = _titles(field, texts, rest)
    remarks = tuple(text for text in rest if text not in set(titles.values()))
    return Roles(nodes, {at: tuple(found) for at, found in labels.items()}, titles, remarks)


def _shared_out(labelled: Mapping[TextId, frozenset[int]]) -> dict[TextId, frozenset[int]]:
    """A label on a stem belongs to the one branch that has no label of its own where all others have one."""
    own: dict[TextId, frozenset[int]] = {}
    for text, stem in labelled.items():
        others = (branches for branches in labelled.values() if branches < stem)
        rest = stem.difference(*others)
        own[text] = rest if len(rest) == 1 and len(stem) > _PAIR else stem
    return own


def _neighbours(lines: Lines, texts: Texts, text: Text) -> Iterator[tuple[int, Cell]]:
    """Cells of lines beside a text, each with its distance.

    A text beside an upright and under a line is the upright's. So is one over a bus; but one over a branch that the
    upright passes is the branch's, and two on both sides of an upright are those of the arms below them.
    """
    uprights = [
        (far, cell)
        for piece in text.pieces
        for far in range(1, _BESIDE + 1)
        for cell in (Cell(piece.row, piece.start - far), Cell(piece.row, piece.stop - 1 + far))
        if lines.axes.get(cell, NONE) & ALONG
    ]
    yield from uprights
    for piece, rows in ((text.pieces[0], -1), (text.pieces[-1], 1)):
        stems = [cell for _, cell in uprights if cell.row == piece.row]
        if any(rows < 0 or _is_stem(lines, texts, piece, cell) for cell in stems):
            continue
        for column in range(piece.start, piece.stop):
            cell = Cell(piece.row + rows, column)
            if lines.axes.get(cell, NONE) & ACROSS:
                yield 1, cell


def _is_stem(lines: Lines, texts: Texts, piece: Piece, cell: Cell) -> bool:
    """Whether an upright beside a text leads to a bus below, rather than past a branch; and has no other text."""
    sides = lines.links.get(Cell(cell.row + 1, cell.column), NONE)
    is_past = sides & ALONG == ALONG and sides & ACROSS != ACROSS
    aside = -1 if cell.column < piece.start else 1
    other = any(Cell(cell.row, cell.column + aside * far) in texts.at for far in range(1, _BESIDE + 1))
    return bool(sides & ACROSS) and not is_past and not other


def _alternating(
    lines: Lines, texts: Texts, free: frozenset[TextId], links: Sequence[Link]
) -> Iterator[tuple[TextId, tuple[tuple[int, Cell], ...]]]:
    """As many texts as upright lines that take turns in a row belong together in order, each with its only line."""
    uprights = sorted({cell for link in links for cell in link.path if lines.axes.get(cell, NONE) & ALONG})
    in_row = {row: list(cells) for row, cells in groupby(uprights, key=lambda cell: cell.row)}
    of_row: dict[int, list[tuple[Piece, TextId]]] = defaultdict(list)
    for at, text in enumerate(texts.blocks):
        for piece in text.pieces:
            of_row[piece.row].append((piece, TextId(at)))
    for row, cells in in_row.items():
        pairs = list(zip(sorted(of_row[row]), cells, strict=False))
        is_even = len(cells) == len(of_row[row]) > 1 and all(text in free for _, text in of_row[row])
        if is_even and _take_turns([(piece.start, cell.column) for (piece, _), cell in pairs]):
            yield from ((text, ((_gap(piece, cell), cell),)) for (piece, text), cell in pairs)


def _take_turns(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether all texts stand on the same side of their lines, and none beyond the next line."""
    return len({start < column for start, column in pairs}) == 1 and all(
        max(before) < min(after) for before, after in pairwise(pairs)
    )


def _gap(piece: Piece, cell: Cell) -> int:
    return piece.start - cell.column if cell.column < piece.start else cell.column - piece.stop + 1


def _between(
    field: Field, texts: Texts, free: Sequence[TextId], links: Sequence[Link]
) -> Iterator[tuple[TextId, Cell]]:
    """A text in the gap between two boxes is that of the line which alone leads straight from one to the other."""
    for text in free:
        found = [link for link in links if _spans(field, link, texts.blocks[text])]
        if len(found) == 1:
            yield text, found[0].path[0]


def _spans(field: Field, link: Link, text: Text) -> bool:
    if link.source.is_text or link.target.is_text or len({cell.row for cell in link.path}) > 1:
        return False
    source, target = AreaId(link.source.index), AreaId(link.target.index)
    boxes = _outermost(field, source, target), _outermost(field, target, source)
    rows = all(box.top <= piece.row <= box.bottom for box in boxes for piece in text.pieces)
    start, stop = (end(cell.column for cell in link.path) for end in (min, max))
    return rows and all(start <= piece.start and piece.stop <= stop + 1 for piece in text.pieces)


def _outermost(field: Field, area: AreaId, other: AreaId) -> Box:
    """The outermost box around an area that is not around the other as well."""
    while (parent := field.areas[area].parent) != OUTSIDE and not field.within(other, parent):
        area = parent
    return field.areas[area].box


def _matched(near: Mapping[TextId, tuple[tuple[int, Cell], ...]], links: Sequence[Link]) -> dict[TextId, Cell]:
    """For each text one line: first those that have no choice, then each the nearest that has no label yet."""
    of_cell: dict[Cell, set[int]] = defaultdict(set)
    for at, link in enumerate(links):
        for cell in link.path:
            of_cell[cell].add(at)
    matched: dict[TextId, Cell] = {}
    labelled: set[int] = set()
    for text in sorted(near, key=lambda text: (len({frozenset(of_cell[cell]) for _, cell in near[text]}), text)):
        choices = [(bool(of_cell[cell] & labelled), far, cell) for far, cell in near[text] if of_cell[cell]]
        if choices:
            matched[text] = min(choices)[2]
            labelled |= of_cell[matched[text]]
    return matched


def _titles(field: Field, texts: Texts, rest: Sequence[TextId]) -> dict[AreaId, TextId]:
    titles: dict[AreaId, TextId] = {}
    for text in rest:
        area = field.owner(*texts.blocks[text].start)
        if area != OUTSIDE and not _has_neighbour(field, texts, rest, text):
            titles.setdefault(area, text)
    for at, outline in enumerate(field.areas):
        above = [text for text in rest if _is_above(texts.blocks[text], outline.box)]
        if AreaId(at) not in titles and field.is_container(AreaId(at)) and len(above) == 1:
            titles[AreaId(at)] = above[0]
    return titles


def _has_neighbour(field: Field, texts: Texts, rest: Sequence[TextId], text: TextId) -> bool:
    """Whether another text stands in the same row of a container: then they are the titles of what is below."""
    start = texts.blocks[text].start
    starts = (texts.blocks[other].start for other in rest if other != text)
    return any(other.row == start.row and field.owner(*other) == field.owner(*start) for other in starts)


def _is_above(text: Text, box: Box) -> bool:
    """Whether a text stands right above a box, as a title does."""
    last = text.pieces[-1]
    return last.row == box.top - 1 and box.left <= last.start and last.stop <= box.right + 1
