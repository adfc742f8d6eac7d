r"""In: LaTeX with `\begin{bmatrix*}[r]`, `\begin{numcases}{f=}`, `\begin{empheq}`. Out: the same as math-core reads it.

Source: MathJax's packages mathtools, cases and empheq, which Obsidian's formulas may use. That a matrix is small, and
how far apart rows are, is left out.
"""

import re
from typing import Final

from maths.pieces import within_braces

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
_NUMBERED_CASES = re.compile(
    rf"\\begin\{{(?P<name>(?:sub)?numcases)\}}\s*\{{(?P<before>{within_braces(2)})\}}"
    r"(?P<rows>.*?)\\end\{(?P=name)\}",
    re.DOTALL,
)
_BRACED = re.compile(
    r"\\begin\{empheq\}\s*(?:\[(?P<options>[^\[\]]*)\])?\s*\{(?P<name>[a-z]+)\*?(?:=\d+)?\}"
    r"(?P<rows>.*?)\\end\{empheq\}",
    re.DOTALL,
)
_INNER: Final = {"equation": "gathered", "gather": "gathered", "multline": "gathered"}
"""Environments that stand between braces, by those that do not; all others are aligned."""
_SIDE = re.compile(
    r"(?P<side>left|right|box)\s*=\s*\{?(?P<before>(?:[^,\\]|\\(?!empheq))*)(?:\\empheq(?P<sign>[lr][A-Za-z]+))?"
)
_TAG = re.compile(r"\\tag(?:\{(?P<words>[^{}]*)\}|\*\{(?P<alone>[^{}]*)\})|\\(?:notag|nonumber)(?![A-Za-z])")
# A tag, which is after `\qquad`, is no part of it.
_CONDITION = re.compile(r"&\s*+(?P<words>(?:[^&\\$]|\$[^$]*\$|\\(?!qquad)[^\\])*+)")


def with_environments(latex: str) -> str:
    """Write what the packages add as arrays between brackets, and as cases with texts."""
    whole = _BRACED.sub(_braced, _NUMBERED_CASES.sub(_numbered_cases, latex))
    return _CASES.sub(_cases, _MATRIX.sub(_array, whole))


def _array(matrix: re.Match[str]) -> str:
    opening, closing = _BRACKETS[matrix["brackets"]]
    if matrix["place"] == "begin":
        columns = (matrix["aligned"] or "c") * _COLUMNS
        return (rf"\left{opening}" if opening else "") + rf"\begin{{array}}{{{columns}}}"
    return r"\end{array}" + (rf"\right{closing}" if closing else "")


def _cases(cases: re.Match[str]) -> str:
    rows = _CONDITION.sub(r"& \\text{\g<words>}", cases["rows"])
    return rf"\begin{{{cases['name']}}}{rows}\end{{{cases['name']}}}"


def _numbered_cases(cases: re.Match[str]) -> str:
    return rf"{{{cases['before']}}}\begin{{cases*}}{_TAG.sub(_tag, cases['rows'])}\end{{cases*}}"


def _braced(equations: re.Match[str]) -> str:
    sides = {side["side"]: side for side in _SIDE.finditer(equations["options"] or "")}
    name = _INNER.get(equations["name"], "aligned")
    rows = rf"\begin{{{name}}}{_TAG.sub(_tag, equations['rows'])}\end{{{name}}}"
    if "box" in sides:
        return rf"\boxed{{{rows}}}"
    if not sides:
        return rows
    before = sides["left"]["before"] if "left" in sides else ""
    return rf"{before}\left{_sign(sides.get('left'))}{rows}\right{_sign(sides.get('right'))}"


def _sign(side: re.Match[str] | None) -> str:
    r"""The bracket that `\empheqlbrace` names."""
    return rf"\{side['sign']}" if side and side["sign"] else "."


def _tag(tag: re.Match[str]) -> str:
    """Its words at the end of the row, since a row between brackets has no margin."""
    if tag["words"] is None and tag["alone"] is None:
        return ""
    words = tag["alone"] if tag["words"] is None else f"({tag['words']})"
    return rf"\qquad\text{{{words}}}"
