r"""In: LaTeX. Out: MathML as elements, which browsers typeset without a script; or the author's source.

By math-core, which refuses what it does not know. Obsidian's MathJax knows some names more, and numbers nothing.
"""

import html
import re
from contextlib import suppress
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML

# Longer or deeper than anyone writes; what is beyond is shown as source.
_LONGEST: Final = 5_000
_DEEPEST: Final = 40

_CONVERTER: Final = LatexToMathML(
    macros={"mbox": r"\text{#1}", "substack": r"\begin{subarray}{c}#1\end{subarray}"},
    allow_unreliable_rendering=True,
    fancy_error=False,
    max_expansions=100,
)

_ENVIRONMENT = re.compile(r"(?:(?<=\\begin\{)|(?<=\\end\{))(?:align|equation|gather|multline|smallmatrix|split)(?=\})")
_RENAMED: Final = {"smallmatrix": "matrix", "split": "aligned"}
"""Others are numbered, unless a star says no."""

_TAG: Final = r"\tag{"
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot);)[A-Za-z]+;")
"""Known to HTML only."""

_LINK: Final = "a"
"""What `\\ref` makes: the formula that it means has no number here."""


def typeset(latex: str, *, display: bool) -> Element:
    """Make a `math` element, or `code` with the source if it cannot be read."""
    math = _converted(latex, display=display) if len(latex) <= _LONGEST else None
    if math is not None and _is_shallow(math) and next(math.iter(_LINK), None) is None:
        for element in math.iter():
            element.attrib.pop("id", None)  # another formula may have the same
        return math
    source = Element("code", {"class": "math"})
    source.text = latex
    return source


def _converted(latex: str, *, display: bool) -> Element | None:
    known = _ENVIRONMENT.sub(lambda match: _RENAMED.get(match[0], f"{match[0]}*"), latex)
    written = _written(known, display=display)
    if not written and _TAG in latex:
        written = _written(rf"\begin{{equation*}}{known}\end{{equation*}}", display=display)
    with suppress(ParseError):  # of nothing, and of the few characters that XML forbids
        return fromstring(_NAMED_ENTITY.sub(lambda match: html.unescape(match[0]), written))  # noqa: S314 - ours
    return None


def _written(latex: str, *, display: bool) -> str:
    with suppress(LatexError):
        return _CONVERTER.convert_with_local_state(latex, displaystyle=display)
    return ""


def _is_shallow(math: Element) -> bool:
    level = [math]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return True
    return False
