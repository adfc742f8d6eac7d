"""What surrounds a drawing is taken off. In: a grid. Out: the grid without marks of comments and rules at titles.

Drawings are copied from comments in code, with the comment's mark before each row; and titles are underlined. Neither
is part of the drawing, and both would be read as lines. Only what is certain goes: a mark before all rows alike, and
the line under words that have their row for themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from notes.diagrams.glyphs import is_drawn, is_word
from notes.diagrams.grid import BLANK, Grid

_MARK: Final = re.compile(r" *(?://[/!]?|#+|\*|;+|--|%+)(?= |$)")
_AROUND: Final = re.compile(r" *(?:/\*+|\*+/) *")
"""The first and the last row of a comment of several rows."""
_LEAST: Final = 3
"""Fewer rows are no drawing."""
_BORDER: Final = re.compile(r"[+┌╭╔┏.][-─━═]{2}")
_RULE: Final = re.compile("={3,}|═{3,}|-{3,}|─{3,}|~{3,}")
_HEAVY: Final = frozenset("=═")
"""So much is an underline that a box may follow at once."""
_DRAWS: Final = re.compile(r"[|+]|--|==|->|<-|=>")
_PAIR: Final = 2
_ASIDE: Final = 2
"""How far from its title's an underline may start."""


def bare(grid: Grid) -> Grid:
    """The drawing alone, everything in its place."""
    rows = _uncommented(grid.rows)
    return replace(
        grid,
        rows=tuple(
            BLANK * len(row) if _is_underline(rows, at) or _is_overline(rows, at) else row
            for at, row in enumerate(rows)
        ),
    )


def _uncommented(rows: tuple[str, ...]) -> tuple[str, ...]:
    inner = tuple(BLANK * len(row) if _AROUND.fullmatch(row) else row for row in rows)
    marks = [_MARK.match(row) for row in inner if row.strip()]
    found = {mark[0] for mark in marks if mark}
    if len(marks) < _LEAST or None in marks or len(found) > 1 or not any(map(_BORDER.search, inner)):
        return rows
    width = len(found.pop())
    return tuple(BLANK * width + row[width:] for row in inner)


def _is_underline(rows: Sequence[str], at: int) -> bool:
    """Whether a row underlines the title above it, which stands alone, and nothing else meets it from below."""
    if not _is_rule(rows, at) or not at or not _is_title(rows[at - 1]):
        return False
    below = _words(rows, at + 1)
    is_apart = not below or (_words(rows, at)[0] in _HEAVY and bool(_BORDER.match(below)))
    top = at - 3 if _is_rule(rows, at - 2) else at - 2
    return is_apart and not _words(rows, top) and abs(_indent(rows[at]) - _indent(rows[at - 1])) <= _ASIDE


def _is_overline(rows: Sequence[str], at: int) -> bool:
    """Whether a row is the other line of a title between two."""
    return _is_rule(rows, at) and at + _PAIR < len(rows) and _is_underline(rows, at + _PAIR)


def _is_rule(rows: Sequence[str], at: int) -> bool:
    return bool(_RULE.fullmatch(_words(rows, at)))


def _words(rows: Sequence[str], at: int) -> str:
    return rows[at].strip() if 0 <= at < len(rows) else ""


def _is_title(row: str) -> bool:
    return any(map(is_word, row)) and not any(map(is_drawn, row)) and not _DRAWS.search(row)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
