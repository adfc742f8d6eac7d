r"""In: LaTeX. Out: MathML as elements, which browsers typeset without a script; or the author's source.

By latex2mathml. Its text form undoes escapes, so that `\text{<script>}` would be live: we take its tree.
"""

import html
import re
from typing import Final
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

# Longer or deeper than anyone writes; what is beyond is shown as source.
_LONGEST: Final = 5_000
_DEEPEST: Final = 40

# A macro can double the one before it, without end.
_MACRO = re.compile(r"\\(?:(?:re|provide)?newcommand|[egx]?def|let|DeclareMathOperator)\b")

# What could run, or change the page outside of the formula.
_UNSAFE = ("href", "style", "class", "id", "xmlns")


def typeset(latex: str, *, display: bool) -> Element:
    """Make a `math` element, or `code` with the source if it cannot be read."""
    math = None if len(latex) > _LONGEST or _MACRO.search(latex) else _convert(latex, display=display)
    if math is not None and _clean(math):
        return math
    source = Element("code", {"class": "math"})
    source.text = latex
    return source


def _convert(latex: str, *, display: bool) -> Element | None:
    try:
        return Converter(display="block" if display else "inline").convert_to_element(latex)
    except Exception:  # noqa: BLE001 - beside its own errors it raises IndexError, RecursionError and others
        return None


def _clean(math: Element) -> bool:
    """Make it fit for a page, and say whether all of it was understood: an unknown command stays as it is."""
    level = [math]
    for _ in range(_DEEPEST):
        for element in level:
            element.text = html.unescape(element.text or "")
            for name in _UNSAFE:
                element.attrib.pop(name, None)
            if element.tag == "mi" and element.text.startswith("\\"):
                return False
        level = [child for element in level for child in element]
        if not level:
            return True
    return False
