r"""In: LaTeX with `\href{https://a.example}{x}`. Out: where all of it leads, or parts of it.

Source: MathJax's package html, which Obsidian's formulas may use. A formula that is one link is one on a page too; of
a link within a formula its words are left, since not every reader's program gets into a formula.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from maths.pieces import within_braces

Lead = Callable[[str], str]
"""Gives the address of a link as it may stand on the page; empty if it may not, and only the words are shown."""

_LINK: Final = r"\href"
_ADDRESS = re.compile(rf"\\href\s*\{{(?P<address>{within_braces(1)})\}}")
_WHOLE = re.compile(rf"\s*{_ADDRESS.pattern}\s*(?:\{{{within_braces(4)}\}}|\\[A-Za-z]+|[^\s{{}}\\])\s*", re.DOTALL)


def address(latex: str) -> str:
    """Where a formula leads that is one link; empty if it is none."""
    found = _WHOLE.fullmatch(latex) if _LINK in latex else None
    return found["address"].strip() if found else ""


def addresses(latex: str) -> Iterator[str]:
    """Where a formula leads, or parts of it."""
    return (found["address"].strip() for found in _ADDRESS.finditer(latex))


def without_addresses(latex: str) -> str:
    """Leave the words of links."""
    return _ADDRESS.sub(" ", latex) if _LINK in latex else latex
