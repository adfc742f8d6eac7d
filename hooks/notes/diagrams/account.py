"""Every character that draws must mean something. In: all that was read. Out: nothing, or the reading stops.

What stage after stage took for text is looked at once more: if it draws, a line or a box was not understood, and to
leave it out would be a lie. So would be a port in a border at which no line stands.
"""

import re
from typing import Final

from notes.diagrams.areas import Area, AreaId, Field
from notes.diagrams.glyphs import ALONG, LETTER_HEAD, NONE, E, N, S, Sides, W, is_drawn, is_word, points, stubs
from notes.diagrams.grid import BLANK, Cell, Grid
from notes.diagrams.labels import without_dashes
from notes.diagrams.lines import SHORT_ARROW, SLANTS, Lines, neighbour
from notes.diagrams.outcome import Reason, Stop
from notes.diagrams.scene import Scene
from notes.diagrams.texts import Text, TextId

_DRAWN_IN_TEXT: Final = re.compile(r"\|(?!\|)(?<!\|\|)|--|(?<!\w)(?!(?<=\w )< \w)[<^]+(?!\w)|\+-|-\+|\.{4,}")
_DRAWN_IN_BOX: Final = re.compile(
    r"\+-{2,}|-{2,}\+|<-{1,}|-{2,}>|={2,}>|[─━═][▶►▷→>]|[◀◄◁←<][─━═]|\|.*\|.*\||\|[-+/\\]|[-+/\\]\||^\W*\|(?!\|)|(?<!\|)\|\s*$"
)
_RUNS_OUT: Final = re.compile(r"(?<=\s)[-=─━═]+$")
"""A line that starts in the box and leaves it where a side should be."""
_CORNERS: Final = re.compile(r"[│┃║┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]")
_LISTED: Final = re.compile(r"^\s*(?:[│|] +)*(?:[├└]─*|[|`+]-+) (?=\w|\W{1,3}\w)")
"""What stands before the words in a row of a list that is drawn as a tree."""
_NO_NAME: Final = re.compile(r"^(?:-|[=<>^/\\|~+]+\s)|(?:\s[-=<>^/\\|~+]+|-)$|\s[-=]+ +>\s|\s< +[-=]+\s")
"""Signs that begin or end no name, and arrows with a gap."""
_ROOT: Final = "/"
"""A slash alone beside a line is a path."""
_LONE_HEADS: Final = frozenset("vV")
_ELLIPSES: Final = frozenset({"...", "…", "..", ". . .", "⋮", "⋯"})


def check(scene: Scene) -> None:
    """Stop at the first thing that draws and was not understood."""
    grid, field, texts = scene.grid, scene.field, scene.texts
    labels = {label for of in scene.roles.labels.values() for label in of}
    for at, text in enumerate(texts.blocks):
        if text.label != _ROOT or TextId(at) not in labels:
            _check_text(text, is_in_line=TextId(at) in scene.attached.bridges)
    for name in sorted(scene.roles.nodes):
        _check_name(texts.blocks[name])
        _check_edges(grid, scene.lines, texts.blocks[name])
    filled = {area.parent for area in field.areas} | {
        field.owner(*texts.blocks[text].start) for text in scene.roles.nodes
    }
    for at, area in enumerate(field.areas):
        if AreaId(at) not in filled:
            _check_label(grid, area)
    for cell in field.borders:
        _check_port(grid, field, scene.lines, cell)


def _check_text(text: Text, *, is_in_line: bool) -> None:
    for piece, line in zip(text.pieces, text.lines, strict=True):
        words = SHORT_ARROW.sub("", without_dashes(line) if is_in_line else line)
        drawn = _DRAWN_IN_TEXT.search(words)
        if any(map(is_drawn, words)) or drawn:
            raise Stop(Reason.LINE, piece.row, piece.start)
        if line in _LONE_HEADS:
            raise Stop(Reason.LONE_HEAD, piece.row, piece.start)
    if not any(map(is_word, text.label)) and text.label not in _ELLIPSES and any(map(_may_draw, text.label)):
        raise Stop(Reason.MARK, *text.start)


def _check_name(text: Text) -> None:
    """What a line ends at has a name, and one alone."""
    if any(map(SHORT_ARROW.search, text.lines)) or any(map(_NO_NAME.search, text.lines)):
        raise Stop(Reason.LINE, *text.start)
    if not any(map(is_word, LETTER_HEAD.sub("", text.label))) and text.label not in _ELLIPSES:
        raise Stop(Reason.MARK, *text.start)


def _check_edges(grid: Grid, lines: Lines, text: Text) -> None:
    """A slant at the edge of a name that touches a line draws, too."""
    for piece in text.pieces:
        for cell in Cell(piece.row, piece.start), Cell(piece.row, piece.stop - 1):
            slant = SLANTS.get(grid.at(*cell), ())
            if any(neighbour(cell, side) in lines for side in slant):
                raise Stop(Reason.LINE, *cell)


def _may_draw(character: str) -> bool:
    return bool(stubs(character) or points(character)) and character not in ".,:"


def _check_label(grid: Grid, area: Area) -> None:
    box = area.box
    empty = True
    for row in area.text_rows():
        words = grid.text(row, box.left + 1, box.right_at(row))
        words = _LISTED.sub(lambda mark: BLANK * len(mark[0]), words)
        drawn = _DRAWN_IN_BOX.search(words) or _CORNERS.search(words) or _RUNS_OUT.search(words)
        if drawn:
            raise Stop(Reason.LINE_IN_BOX, row, box.left + 1 + drawn.start())
        empty = empty and not any(map(is_word, words))
    if empty and not any(map(is_word, grid.text(box.top, box.left, box.right))):
        raise Stop(Reason.EMPTY_BOX, box.top, box.left)


def _check_port(grid: Grid, field: Field, lines: Lines, cell: Cell) -> None:
    """A joint or a head in a border needs a line on the outside."""
    character = grid.at(*cell)
    if not is_drawn(character):
        return
    area = field.areas[field.borders[cell]]
    side = _outside(area, cell)
    if side == NONE or not (stubs(character) | points(character)) & side or points(character) & side:
        return
    beyond = neighbour(cell, side)
    around = [beyond, *(Cell(beyond.row, beyond.column + aside) for aside in (-2, -1, 1, 2) if side & ALONG)]
    if all(near not in lines and near not in field.borders for near in around):
        raise Stop(Reason.OPEN_JOINT, *cell)


def _outside(area: Area, cell: Cell) -> Sides:
    """On which side of a border the outside lies; none at a corner and at a divider."""
    box = area.box
    is_left, is_right = cell.column == box.left, cell.column == box.right_at(cell.row)
    is_top, is_bottom = cell.row == box.top, cell.row == box.bottom
    if (is_left or is_right) and (is_top or is_bottom):
        return NONE
    if is_top or is_bottom:
        return N if is_top else S
    return W if is_left else E if is_right else NONE
