"""The stages in order. In: a drawing and its fence's language. Out: `Read` or `Declined`.

A drawing that is read without anything to forgive is done; else it is read realigned too, and the better one counts.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from notes.diagrams.account import check
from notes.diagrams.areas import arrange
from notes.diagrams.asides import without_asides
from notes.diagrams.assemble import assemble
from notes.diagrams.bare import bare
from notes.diagrams.boxes import find_boxes
from notes.diagrams.chains import same_names
from notes.diagrams.edges import doubtful_joints, find_links
from notes.diagrams.ends import attach
from notes.diagrams.grid import FILLER, Cell, Grid, lay_out
from notes.diagrams.judge import judge
from notes.diagrams.labels import find_roles
from notes.diagrams.lines import find_lines
from notes.diagrams.outcome import Declined, Kind, Read, Reason, Stop
from notes.diagrams.ports import touching_links
from notes.diagrams.realign import realign
from notes.diagrams.refuse import has_lines, limit, looks_drawn, refuse
from notes.diagrams.scene import Scene
from notes.diagrams.styles import unify
from notes.diagrams.texts import find_texts
from notes.diagrams.wires import weave

FORCED: Final = "diagram"
"""The fence's language by which an author says that it is a diagram."""
_FEW: Final = 2
_KEPT: Final = frozenset({"text", "ascii"})
"""Those by which an author says that it stays as drawn."""


def is_asked(info: str) -> bool:
    """Whether a fence of this info string is looked at: one without a language, or in `diagram`."""
    return _language(info) in ("", FORCED)


def _language(info: str) -> str:
    return info.split(maxsplit=1)[0].casefold() if info.strip() else ""


def read(drawing: str, info: str = "") -> Read | Declined:
    """Read the graph of a drawing; `info` is its fence's info string.

    Only fences without a language are read, and those in `diagram`, where the doubt whether it is a diagram at all
    is the author's to answer; `text` and `ascii` keep a drawing as it is.
    """
    language = _language(info)
    if not is_asked(info):
        kind = Kind.KEPT if language in _KEPT else Kind.NOT_A_DIAGRAM
        return Declined(kind, f"its language is `{language}`", 1, 1)
    try:
        limit(drawing)
    except Stop as stop:
        return _declined(drawing, lay_out(""), stop)
    grid = prepared(drawing)
    try:
        if language != FORCED:
            refuse(grid)
        return _read_best(drawing, grid)
    except Stop as stop:
        return _declined(drawing, grid, stop)


def prepared(drawing: str, wide: int = 2) -> Grid:
    """The cells that are read: the drawing alone, in one style."""
    return unify(bare(lay_out(drawing, wide)))


def cost(drawing: str, info: str) -> int:
    """How many characters may draw in what is read of a drawing: none if it is seen at a glance to be no diagram."""
    try:
        return limit(drawing) if _language(info) == FORCED or has_lines(drawing) else 0
    except Stop:
        return 0


def _read_best(drawing: str, grid: Grid) -> Read:
    """The reading that has the least to forgive: of the drawing as it stands, realigned, or with narrow emoji."""
    first: Stop | None = None
    best: tuple[int, Read] | None = None
    for variant in _variants(drawing, grid):
        try:
            flaws, reading = _read_grid(variant)
        except Stop as stop:
            first = first or stop
            if first.reason.kind is not Kind.UNCERTAIN:
                raise
            continue
        if flaws == 0:
            return reading
        if best is None or flaws < best[0]:
            best = flaws, reading
    if best is None:
        raise first or Stop(Reason.NOTHING_DRAWN)
    return best[1]


def _variants(drawing: str, grid: Grid) -> Iterator[Grid]:
    yield grid
    moved = realign(grid)
    if moved.rows != grid.rows:
        yield moved
    if any(FILLER in row for row in grid.rows):
        narrow = prepared(drawing, wide=1)
        yield narrow
        yield realign(narrow)


def _declined(drawing: str, grid: Grid, stop: Stop) -> Declined:
    """What is not understood and has no two boxes is no diagram for a reader either."""
    kind = stop.reason.kind
    is_plain = kind is Kind.UNCERTAIN and len(find_boxes(grid)) < _FEW
    is_plain = is_plain or (kind is Kind.TOO_LARGE and not looks_drawn(drawing))
    kind = Kind.NOT_A_DIAGRAM if is_plain else kind
    return Declined(kind, stop.reason.clause, *grid.place(Cell(stop.row, stop.column)))


def _read_grid(grid: Grid) -> tuple[int, Read]:
    """Read a grid as it stands, and say how much its boxes had to be forgiven; `Stop` where it is not understood."""
    boxes = find_boxes(grid)
    field = arrange(grid, boxes)
    lines = find_lines(grid, field)
    texts = find_texts(grid, field, lines)
    attached = attach(grid, field, lines, texts, weave(grid, field, lines))
    if crossings := doubtful_joints(attached):
        attached = attach(grid, field, lines, texts, weave(grid, field, lines, crossings))
    links = find_links(attached) + touching_links(grid, field)
    if not field.areas:
        links = same_names(texts, links)
    links, asides = without_asides(grid, field, texts, links)
    roles = find_roles(field, lines, texts, attached, links)
    roles = replace(roles, remarks=tuple(sorted(asides.union(roles.remarks))))
    scene = Scene(grid, field, lines, texts, attached, links, roles)
    judge(scene)
    check(scene)
    return sum(box.flaws for box in boxes), assemble(scene)
