r"""In: LaTeX of a formula on lines of its own. Out: the same; what `\mathop` has at it is below and above it.

So MathJax shows it. math-core puts it beside, as MathJax does in a fraction, and in tables but those of equations.
"""

import re
from typing import Final

from maths.pieces import GROUP

_SCRIPT: Final = rf"(?:{GROUP}|\\[A-Za-z]++(?!\s*[\[{{])|[^\s{{}}\\])"
_OF_TEXT: Final = r"\{(?:cases|[A-Za-z]*matrix\*?|(?:sub)?array)\}"
_PLACE = re.compile(
    rf"\\[\\{{}}]"
    rf"|\\mathop\s*(?P<operator>{GROUP})\s*(?:"
    rf"_\s*(?P<below>{_SCRIPT})(?:\s*\^\s*(?P<then_above>{_SCRIPT}))?"
    rf"|\^\s*(?P<above>{_SCRIPT})(?:\s*_\s*(?P<then_below>{_SCRIPT}))?)(?!\s*['_^])"
    rf"|(?P<start>\\begin{_OF_TEXT}|\{{)|(?P<end>\\end{_OF_TEXT}|\}})"
)


def with_limits(latex: str) -> str:
    r"""Write `\mathop{x}_a^b` as `\mathop{\overset{b}{\underset{a}{x}}}`, if it stands in no group."""
    if r"\mathop" not in latex:
        return latex
    depth = 0

    def placed(place: re.Match[str]) -> str:
        nonlocal depth
        depth += bool(place["start"]) - bool(place["end"])
        return _placed(place) if place["operator"] and not depth else place[0]

    return _PLACE.sub(placed, latex)


def _placed(place: re.Match[str]) -> str:
    shown = place["operator"]
    if below := place["below"] or place["then_below"]:
        shown = rf"{{\underset{{{below}}}{shown}}}"
    if above := place["above"] or place["then_above"]:
        shown = rf"{{\overset{{{above}}}{shown}}}"
    return rf"\mathop{shown}"
