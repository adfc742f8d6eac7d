"""Which characters are drawn lines. In: a grid and its field. Out: `Lines`, the sides on which each cell goes on.

A character is a line only in company: runs of them along a row, a column or a diagonal, long enough or with a head
or a border at an end. So `-` in a word, `v` in a word and `|` in a sentence stay text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from notes.diagrams.areas import Field
from notes.diagrams.glyphs import (
    ACROSS,
    ALONG,
    NE,
    NONE,
    NW,
    OPPOSITE,
    SE,
    STEP,
    SW,
    E,
    N,
    S,
    Sides,
    W,
    is_drawn,
    is_word,
    points,
    stubs,
)
from notes.diagrams.grid import BLANK, Cell, Grid

_LONG: Final = 3
"""As many dashes in a row are a line without further evidence."""
_SHORT: Final = 2
"""So few need an arrow further on, as in `-- label -->`."""
_LABELLED: Final = re.compile(r" ?[^\s<>|][^<>|]*?[-=]+>")
SHORT_ARROW: Final = re.compile(r"(?<=[^\s|│┃║+─━═<>-] )(?:[-=]>|<[-=]|[→←↔⇒⇐⇔])(?= [^\s|│┃║+─━═<>-])")
"""One with words on both sides."""
_LETTERS: Final = frozenset("vVoOxX*")
_PUNCTUATION: Final = frozenset(".,'`´:")
SLANTS: Final = {"/": (NE, SW), "╱": (NE, SW), "\\": (NW, SE), "╲": (NW, SE)}
"""The sides to which a slanted line leads."""


_Run: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The cells that are lines, with the sides on which each is linked to the next."""

    links: Mapping[Cell, Sides]
    axes: Mapping[Cell, Sides]
    """Along which axes each leads, also where it is one cell long."""

    def __contains__(self, cell: Cell) -> bool:
        return cell in self.links


def find_lines(grid: Grid, field: Field) -> Lines:
    """Take the runs that are certain, then those that hang on them."""
    sides = _free_sides(grid, field)
    for cell in _in_sentences(grid) if field.areas else ():
        sides.pop(cell, None)
    runs = [*_runs(sides, E), *_runs(sides, S)]
    taken = _with_hangers(runs, [run for run in runs if _is_certain(grid, field, run)])
    links = {cell: NONE for run in taken for cell in run}
    for run in taken:
        _link(links, run)
    _add_diagonals(grid, field, links)
    return Lines(links, {cell: _axes(grid, cell, linked) for cell, linked in links.items()})


def _in_sentences(grid: Grid) -> Iterator[Cell]:
    """The cells of short arrows between words, which in a drawing of boxes are part of a remark."""
    for row, text in enumerate(grid.rows):
        for arrow in SHORT_ARROW.finditer(text):
            yield from (Cell(row, column) for column in range(*arrow.span()))


def _axes(grid: Grid, cell: Cell, linked: Sides) -> Sides:
    """What slants leads up and down, too: one row a cell."""
    sides = linked or Sides(stubs(grid.at(*cell)) | points(grid.at(*cell)))
    return Sides((ACROSS if sides & ACROSS else NONE) | (ALONG if sides & ~ACROSS else NONE))


def _free_sides(grid: Grid, field: Field) -> dict[Cell, Sides]:
    """Where lines can leave each free cell."""
    marks = (Cell(row, column) for row, text in enumerate(grid.rows) for column in _marks(text))
    return {cell: sides for cell in marks if field.is_free(*cell) and (sides := _sides(grid, cell))}


def _marks(text: str) -> Iterator[int]:
    return (column for column, character in enumerate(text) if character != BLANK and stubs(character))


def _runs(sides: Mapping[Cell, Sides], onward: Sides) -> Iterator[_Run]:
    """The longest runs of free cells that can be linked to each other in one direction."""
    seen: set[Cell] = set()
    for start in sides:
        if start not in seen and sides[start] & (onward | OPPOSITE[onward]):
            run = _run_from(sides, start, onward)
            seen.update(run)
            yield run


def _run_from(sides: Mapping[Cell, Sides], start: Cell, onward: Sides) -> _Run:
    run = [start]
    while sides[run[-1]] & onward:
        following = neighbour(run[-1], onward)
        if not sides.get(following, NONE) & OPPOSITE[onward]:
            break
        run.append(following)
    return tuple(run)


def neighbour(cell: Cell, side: Sides) -> Cell:
    """The next cell on a side."""
    rows, columns = STEP[side]
    return Cell(cell.row + rows, cell.column + columns)


def _sides(grid: Grid, cell: Cell) -> Sides:
    """Where a line can leave a cell, now that its row is known: letters and stops beside words are text."""
    character = grid.at(*cell)
    before, after = grid.at(cell.row, cell.column - 1), grid.at(cell.row, cell.column + 1)
    if character in _LETTERS and (is_word(before) or is_word(after)):
        return NONE
    if character in _PUNCTUATION and is_word(before):
        return NONE
    return Sides(stubs(character) & (ACROSS | ALONG))


def _is_certain(grid: Grid, field: Field, run: _Run) -> bool:
    characters = [grid.at(*cell) for cell in run]
    if any(map(is_drawn, characters)):
        return True
    if len(run) == 1 and stubs(characters[0]) == ACROSS:
        return neighbour(run[0], W) in field.borders and neighbour(run[0], E) in field.borders
    if len(run) > 1 and run[0].row == run[1].row:
        return _is_certain_across(grid, field, run, characters)
    return _is_certain_along(grid, field, run, characters)


def _is_certain_across(grid: Grid, field: Field, run: _Run, characters: list[str]) -> bool:
    dashes = sum(stubs(character) == ACROSS and not points(character) for character in characters)
    if dashes >= _LONG:
        return True
    before, after = neighbour(run[0], W), neighbour(run[-1], E)
    if dashes and any(map(points, characters)):
        in_word = is_word(grid.at(*before)) and is_word(grid.at(*after))
        return not in_word and characters not in (["<", "="], ["=", ">"])
    if dashes and (before in field.borders or after in field.borders):
        return True
    is_first = dashes == _SHORT and grid.at(*before) == BLANK
    return is_first and bool(_LABELLED.match(grid.rows[run[0].row], after.column))


def _is_certain_along(grid: Grid, field: Field, run: _Run, characters: list[str]) -> bool:
    bars = sum(stubs(character) == ALONG for character in characters)
    if bars > 1 or (bars and any(map(points, characters))):
        return True
    above, below = neighbour(run[0], N), neighbour(run[-1], S)
    if bars:
        return above in field.borders or below in field.borders or _stands_alone(grid, field, run[0])
    return all(map(points, characters)) and above in field.borders and below in field.borders


def _stands_alone(grid: Grid, field: Field, cell: Cell) -> bool:
    """Whether the free part of a row holds nothing but upright lines, as between two texts."""
    free = (mark for column, mark in enumerate(grid.rows[cell.row]) if field.is_free(cell.row, column))
    return all(mark == BLANK or stubs(mark) == ALONG for mark in free)


def _with_hangers(runs: Sequence[_Run], certain: Sequence[_Run]) -> list[_Run]:
    """The certain runs, and all that share a cell with them, however far off."""
    through: dict[Cell, list[_Run]] = {}
    for run in runs:
        if len(run) > 1:
            for cell in run:
                through.setdefault(cell, []).append(run)
    taken = dict.fromkeys(certain)
    queue = list(certain)
    while queue:
        for cell in queue.pop():
            for run in through.get(cell, ()):
                if run not in taken:
                    taken[run] = None
                    queue.append(run)
    return list(taken)


def _link(links: dict[Cell, Sides], run: _Run) -> None:
    onward = E if len(run) > 1 and run[0].row == run[1].row else S
    for cell, following in pairwise(run):
        links[cell] = Sides(links[cell] | onward)
        links[following] = Sides(links[following] | OPPOSITE[onward])


def _add_diagonals(grid: Grid, field: Field, links: dict[Cell, Sides]) -> None:
    """Slanted lines go on at a slant, or end at a line that has no other end there, or at a head."""
    slanted = [cell for cell in _slanted(grid, field) if _has_company(grid, field, cell, links)]
    for cell in slanted:
        links.setdefault(cell, NONE)
        links.update((tip, links.get(tip, NONE)) for tip in _tips(grid, field, cell))
    for cell in slanted:
        for side in SLANTS[grid.at(*cell)]:
            other = neighbour(cell, side)
            is_next = grid.at(*other) == grid.at(*cell) or grid.at(*other) not in SLANTS
            if other in links and is_next and not _is_in_the_middle(grid, links, other):
                links[cell] = Sides(links[cell] | side)
                links[other] = Sides(links[other] | OPPOSITE[side])


def _is_in_the_middle(grid: Grid, links: Mapping[Cell, Sides], cell: Cell) -> bool:
    """Whether a straight line passes a cell without a joint, so that nothing can branch off there."""
    return stubs(grid.at(*cell)) == links[cell] and links[cell] in {ACROSS, ALONG}


def _slanted(grid: Grid, field: Field) -> Iterator[Cell]:
    for row, text in enumerate(grid.rows):
        for column, character in enumerate(text):
            cell = Cell(row, column)
            is_free = character in SLANTS and field.is_free(*cell)
            if is_free and (_stands_clear(grid, cell) or _is_labelled(grid, field, cell)):
                yield cell


def _stands_clear(grid: Grid, cell: Cell) -> bool:
    return not _is_in_word(grid, cell) and not _is_between_words(grid, cell)


def _is_labelled(grid: Grid, field: Field, cell: Cell) -> bool:
    """Whether a slanted line goes on at both ends, so that the word that touches it on one side is its label."""
    if all(is_word(grid.at(cell.row, cell.column + aside)) for aside in (-1, 1)):
        return False
    tips = frozenset(_tips(grid, field, cell))
    return all(
        other in tips
        or other in field.borders
        or (grid.at(*other) == grid.at(*cell) and field.is_free(*other) and _stands_clear(grid, other))
        for other in (neighbour(cell, side) for side in SLANTS[grid.at(*cell)])
    )


def _is_in_word(grid: Grid, cell: Cell) -> bool:
    return is_word(grid.at(cell.row, cell.column - 1)) or is_word(grid.at(cell.row, cell.column + 1))


def _is_between_words(grid: Grid, cell: Cell) -> bool:
    """As in `this / that`."""
    return is_word(grid.at(cell.row, cell.column - 2)) and is_word(grid.at(cell.row, cell.column + 2))


def _tips(grid: Grid, field: Field, cell: Cell) -> Iterator[Cell]:
    """The heads up or down in which a slanted line ends."""
    for side in SLANTS[grid.at(*cell)]:
        tip = neighbour(cell, side)
        onward = N if side in {NE, NW} else S
        if points(grid.at(*tip)) == onward and field.is_free(*tip) and not _is_in_word(grid, tip):
            yield tip


def _has_company(grid: Grid, field: Field, cell: Cell, links: Mapping[Cell, Sides]) -> bool:
    """Whether a slanted line goes on at one end, or leads from one border to another."""
    others = [neighbour(cell, side) for side in SLANTS[grid.at(*cell)]]
    if any(other in links or grid.at(*other) == grid.at(*cell) for other in others):
        return True
    if any(_tips(grid, field, cell)):
        return True
    is_alone = all(grid.at(cell.row, cell.column + aside) == BLANK for aside in (-2, -1, 1, 2))
    return is_alone and all(other in field.borders for other in others)
