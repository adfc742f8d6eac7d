"""Pull slipped rows back. In: a grid. Out: the grid with each row's marks at the columns that the rows around agree on.

An author who widens one word pushes all that follows in its row to the right. Only blanks are taken out or put in:
each row is cut into tokens, and the tokens may move a little, wherever that lets more uprights meet. A move costs more
than one meeting gains, so that rows on which their neighbours do not agree stay.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from notes.diagrams.glyphs import ALONG, E, W, is_word, stubs
from notes.diagrams.grid import BLANK, Cell, Grid

_FARTHEST: Final = 3
"""How many cells a token may move."""
_AROUND: Final = 3
"""How many rows on either side are asked."""
_ENOUGH: Final = 3
"""More votes than these say no more."""
_STOPS: Final = frozenset(".,'`´")
"""Corners only beside a dash."""
_DASHES: Final = frozenset("-─")
_SHIFTS: Final = tuple(sorted(range(-_FARTHEST, _FARTHEST + 1), key=abs))
"""The first is to stay."""
_COST: Final = 1.5
"""Of each place in a row where blanks are taken out or put in, in meetings."""
_COST_AT_BORDER: Final = 4.5
"""Before a border, which seldom slips: its dashes are counted, where those who write words look at the words."""
_SLANTED: Final = re.compile(r"(?<!\S)[/\\╱╲](?!\S)")
"""Rows with such lines stay, and those beside them: there, marks in one column do not belong together."""
_BORDER: Final = re.compile("[-─━═]{3}")


class _Token(NamedTuple):
    start: int
    text: str


class _Way(NamedTuple):
    """A best way to move all tokens up to one, and its worth."""

    worth: float
    before: "_Way | None"
    """The way to move those before the last."""
    shift: int
    """Of the last."""

    def shifts(self) -> tuple[int, ...]:
        """Of each token, from left to right."""
        found: list[int] = []
        way = self
        while way.before is not None:
            found.append(way.shift)
            way = way.before
        return tuple(reversed(found))


def realign(grid: Grid) -> Grid:
    """The same drawing with its slips undone, as far as its rows agree."""
    uprights = [frozenset(_uprights(text)) for text in grid.rows]
    rows: list[str] = []
    clusters = dict(grid.clusters)
    slanted = frozenset(at for at, text in enumerate(grid.rows) if _SLANTED.search(text))
    for at, text in enumerate(grid.rows):
        tokens = tuple(_tokens(text))
        is_fixed = not slanted.isdisjoint((at - 1, at, at + 1))
        shifts = (0,) * len(tokens) if is_fixed else _best(tokens, _votes(uprights, at))
        rows.append(_moved(tokens, shifts))
        _move_clusters(clusters, at, tokens, shifts)
    width = max(map(len, rows), default=0)
    return replace(grid, rows=tuple(row.ljust(width) for row in rows), width=width, clusters=clusters)


def _uprights(text: str) -> Iterator[int]:
    """The columns of the marks by which rows hold together."""
    for column, mark in enumerate(text):
        if _may_be_upright(mark):
            beside = text[max(column - 1, 0) : column] + text[column + 1 : column + 2]
            is_text = (mark.isalpha() or mark == ":") and any(map(is_word, beside))
            is_stop = mark in _STOPS and not set(beside) & _DASHES
            if not is_text and not is_stop:
                yield column


@cache
def _may_be_upright(mark: str) -> bool:
    return bool(stubs(mark) & ALONG) and mark not in "oOxX"


def _votes(uprights: Sequence[frozenset[int]], row: int) -> Counter[int]:
    """How many of the rows around have an upright in each column."""
    around = [*range(max(0, row - _AROUND), row), *range(row + 1, min(row + 1 + _AROUND, len(uprights)))]
    return Counter(column for near in around for column in uprights[near])


def _tokens(text: str) -> Iterator[_Token]:
    """Marks without a blank between them, cut also between a word and an upright."""
    start = 0
    for column in range(1, len(text) + 1):
        if (
            column == len(text)
            or text[column] == BLANK
            or text[column - 1] == BLANK
            or _is_cut(text[column - 1], text[column])
        ):
            if text[start] != BLANK:
                yield _Token(start, text[start:column])
            start = column


def _is_cut(left: str, right: str) -> bool:
    is_upright = (stubs(left) == ALONG or stubs(right) == ALONG) and ":" not in {left, right}
    return is_upright and not (stubs(left) & E or stubs(right) & W)


def _best(tokens: Sequence[_Token], votes: Counter[int]) -> tuple[int, ...]:
    """The shift of each token, the best of all that keep the tokens apart."""
    worths = [_worths(token, votes) for token in tokens]
    if all(max(worth) == worth[0] for worth in worths):
        return (0,) * len(tokens)
    ways = {0: _Way(0, None, 0)}
    for at, token in enumerate(tokens):
        gap = token.start - (tokens[at - 1].start + len(tokens[at - 1].text)) if at else token.start
        least = min(gap, 1) if at and not _may_touch(tokens[at - 1], token) else 0
        price = _COST_AT_BORDER if _BORDER.search(token.text) else _COST
        following: dict[int, _Way] = {}
        for shift, worth in zip(_SHIFTS, worths[at], strict=True):
            reached = [way for last, way in ways.items() if gap + shift - last >= least]
            if reached:
                before = max(reached, key=lambda way: way.worth - (price if shift != way.shift else 0))
                cost = price if shift != before.shift else 0
                following[shift] = _Way(before.worth - cost + worth, before, shift)
        ways = following
    return max(ways.values(), key=lambda way: way.worth).shifts()


def _may_touch(left: _Token, right: _Token) -> bool:
    return stubs(left.text[-1]) == ALONG or stubs(right.text[0]) == ALONG


def _worths(token: _Token, votes: Counter[int]) -> tuple[int, ...]:
    """For each shift of a token, how many rows agree with its uprights."""
    columns = [token.start + at for at in _uprights(token.text)]
    return tuple(sum(min(votes[column + shift], _ENOUGH) for column in columns) for shift in _SHIFTS)


def _moved(tokens: Sequence[_Token], shifts: Sequence[int]) -> str:
    row = ""
    for token, shift in zip(tokens, shifts, strict=True):
        row = row.ljust(token.start + shift) + token.text
    return row


def _move_clusters(clusters: dict[Cell, str], row: int, tokens: Sequence[_Token], shifts: Sequence[int]) -> None:
    for token, shift in zip(tokens, shifts, strict=True):
        cells = [Cell(row, token.start + at) for at in range(len(token.text))]
        moved = {Cell(row, cell.column + shift): clusters.pop(cell) for cell in cells if cell in clusters}
        clusters.update(moved)
