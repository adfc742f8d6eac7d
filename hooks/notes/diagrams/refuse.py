"""What is seen at a glance to be no diagram. In: a grid. Out: nothing, or the reading stops before it begins.

Cheap questions about rows, asked before any costly one: is there anything drawn, is it small enough to be read by
people, is it a tree of files, the output of a program, a chart?
"""

import re
from typing import Final

from notes.diagrams.glyphs import is_word, stubs
from notes.diagrams.grid import Grid
from notes.diagrams.outcome import Reason, Stop

_MOST_CELLS: Final = 60_000
"""Some 300 rows of 200 columns. Nobody takes in more, and Mermaid would draw it too small to read."""
_MOST_MARKS: Final = 3_000
"""Characters that may draw; a screen full of diagram has some 1,000. What is read below them takes under 0.1 s."""
_DRAWN: Final = re.compile(r"[─-╿→←↑↓⇒⇐▶►◀◄▲▼⟶⟵]|--|->|<-|=>|[|+][-=]|\|")
_TREE: Final = re.compile(r"^[\s│|]*[├└|`╰+][─-]{1,3} +\S(?!.*[│|]\s*$)")
_CHART: Final = re.compile(r"[▁-▏█▓▒░⣀-⣿]{2}")
_CONSOLE: Final = re.compile(r"^\s*(?:\$ |>>> |error(?:\[\w+\])?: |warning: |\s*--> \S+:\d+|[0-9a-f]{7,} [0-9a-f]{2} )")
_LISTING: Final = re.compile(r"^\s*\d+ \| |^\s+\|\s+[\^~-]+(?!.*\|)")
"""Numbered lines of code, and what points at a place in them."""
_FEW: Final = 2
_BORDER: Final = re.compile(r"[+┌╭╔┏][-─━═]{3}")
_HEAD: Final = re.compile(r"[-─━═][>▶►→]|[<◀◄←][-─━═]|[▼▲]|(?<!\S)[vV^](?!\S)")


def looks_drawn(drawing: str) -> bool:
    """Whether a text that is not read has borders and heads, so that it is no table, log or prose."""
    lines = drawing.split("\n")
    return sum(map(bool, map(_BORDER.search, lines))) >= _FEW and any(map(_HEAD.search, lines))


def limit(drawing: str) -> int:
    """How many of a text's characters may draw, which is what reading it costs.

    Stop if it is too large for a diagram, before anything is done with it, so that no input takes long.
    """
    lines = drawing[: _MOST_CELLS + 1].split("\n")
    is_large = len(drawing) > _MOST_CELLS or len(lines) * max(map(len, lines)) > _MOST_CELLS
    marks = 0 if is_large else sum(map(bool, map(stubs, drawing)))
    if is_large or marks > _MOST_MARKS:
        raise Stop(Reason.TOO_LARGE)
    return marks


def has_lines(text: str) -> bool:
    """Whether there is anything drawn in a text, or in a row of it."""
    return _DRAWN.search(text) is not None


def refuse(grid: Grid) -> None:
    """Stop if its rows show that it is something else."""
    if not any(map(has_lines, grid.rows)):
        raise Stop(Reason.NOTHING_DRAWN)
    if not any(is_word(character) for row in grid.rows for character in row):
        raise Stop(Reason.NO_WORD)
    for pattern, least, what in (
        (_TREE, _FEW, Reason.TREE),
        (_CHART, 1, Reason.CHART),
        (_CONSOLE, 1, Reason.OUTPUT),
        (_LISTING, _FEW, Reason.OUTPUT),
    ):
        rows = [at for at, row in enumerate(grid.rows) if pattern.search(row)]
        if len(rows) >= least:
            raise Stop(what, rows[0])
