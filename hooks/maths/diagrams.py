r"""In: LaTeX with a diagram `\begin{CD}A @>f>> B\end{CD}`. Out: the same as a table; one that cannot be read stays.

Source: MathJax's extension amscd, which Obsidian's formulas may use. Things and the arrows between them stand in rows;
every second row is of arrows that lead down or up, each below or above a thing.
"""

import re
from collections.abc import Iterator
from typing import Final

from maths.pieces import UnknownError, rewritten

_BEGINNING: Final = r"\begin{CD}"
_DIAGRAM = re.compile(r"\\begin\{CD\}(?P<rows>.*?)\\end\{CD\}", re.DOTALL)
_PART = re.compile(r"\\(?:begin|end)\{|\\(?:[A-Za-z]+|.|\Z)|@[<>VA|=.]|.", re.DOTALL)
_LABELLED: Final = {"@<": r"\xleftarrow", "@>": r"\xrightarrow", "@A": r"\Big\uparrow", "@V": r"\Big\downarrow"}
_DEEPER: Final = {"{": 1, "}": -1, r"\begin{": 2}
"""How much deeper each leads; `\\end{` and the bracket that ends it, as much as that bracket alone."""
_PLAIN: Final = {"@=": r"\xlongequal{}", "@|": r"\Big\|", "@.": ""}


def with_diagrams(latex: str) -> str:
    r"""Write each diagram as a `matrix`."""
    return rewritten(latex, _BEGINNING, _DIAGRAM, _tabled)


def _tabled(diagram: re.Match[str]) -> str:
    rows = _rows(iter(_PART.findall(diagram["rows"])))
    table = r"\\".join("&".join(row if row[-1].strip() else row[:-1]) for row in rows)
    return rf"\begin{{matrix}}{table}\end{{matrix}}"


def _rows(parts: Iterator[str]) -> list[list[str]]:
    rows = [[""]]
    depth = 0
    for part in parts:
        row = rows[-1]
        depth += _DEEPER.get(part, 0)
        if depth or part not in {"&", r"\\", *_LABELLED, *_PLAIN}:
            row[-1] += part
        elif part == r"\\":
            rows.append([""])
        elif part == "&":
            row.append("")
        else:
            row.extend([""] * _cells_before_arrow(row, is_between_things=len(rows) % 2 == 1))
            row[-1] = _arrow(part, parts)
            row.append("")
    return rows


def _cells_before_arrow(row: list[str], *, is_between_things: bool) -> int:
    """How many cells an arrow stands behind the last one: between things it is in every second, else below one."""
    is_taken = bool(row[-1].strip())
    return is_taken + ((len(row) + is_taken) % 2 == is_between_things)


def _arrow(sign: str, parts: Iterator[str]) -> str:
    if sign in _PLAIN:
        return _PLAIN[sign]
    first, second = (_label(parts, sign[1]) for _ in range(2))
    if sign in {"@<", "@>"}:
        return f"{_LABELLED[sign]}[{{{second}}}]{{{first}}}" if second else f"{_LABELLED[sign]}{{{first}}}"
    left, right = (rf"{{\scriptstyle {label}}}" if label else "" for label in (first, second))
    # What has as much room on the other side keeps the arrow in the middle.
    balance = [rf"\phantom{label}" if label else "" for label in (right, left)]
    return f"{balance[0]}{left}{_LABELLED[sign]}{right}{balance[1]}"


def _label(parts: Iterator[str], end: str) -> str:
    label = ""
    depth = 0
    for part in parts:
        depth += _DEEPER.get(part, 0)
        if part == end and not depth:
            return label.strip()
        label += part
    raise UnknownError(label)  # of an arrow whose label does not end
