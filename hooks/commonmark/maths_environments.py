r"""In: LaTeX with `\begin{bmatrix*}[r]`, `\begin{psmallmatrix}`, `\begin{cases*}`. Out: the same as math-core reads it.

Source: MathJax's package mathtools, which Obsidian's formulas may use. That a matrix is small is left out.
"""

import re
from typing import Final

_MATRIX = re.compile(
    r"\\(?P<place>begin|end)\{(?P<brackets>[bBpvV]?)(?:matrix\*|smallmatrix\*|(?<=[bBpvV])smallmatrix)\}"
    r"(?:\[(?P<aligned>[lcr])\])?"
)
_BRACKETS: Final = {
    "": ("", ""),
    "B": (r"\{", r"\}"),
    "V": (r"\|", r"\|"),
    "b": ("[", "]"),
    "p": ("(", ")"),
    "v": ("|", "|"),
}
# More than a matrix has; those beyond are in the middle.
_COLUMNS: Final = 20

_CASES = re.compile(r"\\begin\{(?P<name>d?r?cases)\*\}(?P<rows>.*?)\\end\{(?P=name)\*\}", re.DOTALL)
_CONDITION = re.compile(r"&\s*+(?P<words>(?:[^&\\$]|\$[^$]*\$|\\[^\\])*+)")


def with_environments(latex: str) -> str:
    """Write what mathtools adds as arrays between brackets, and as cases with texts."""
    return _CASES.sub(_cases, _MATRIX.sub(_array, latex))


def _array(matrix: re.Match[str]) -> str:
    opening, closing = _BRACKETS[matrix["brackets"]]
    if matrix["place"] == "begin":
        columns = (matrix["aligned"] or "c") * _COLUMNS
        return (rf"\left{opening}" if opening else "") + rf"\begin{{array}}{{{columns}}}"
    return r"\end{array}" + (rf"\right{closing}" if closing else "")


def _cases(cases: re.Match[str]) -> str:
    rows = _CONDITION.sub(r"& \\text{\g<words>}", cases["rows"])
    return rf"\begin{{{cases['name']}}}{rows}\end{{{cases['name']}}}"
