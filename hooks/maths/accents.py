"""In: MathML of math-core. Out: its accents and lines stand above or below the middle of what they belong to.

math-core writes some with characters that combine with the one before them. Alone they have no width: browsers put them
beside a letter, and with a font that cannot stretch them, a line is as short as one. A line is drawn as a border, then;
what it means is still there for those who hear the formula.
"""

from typing import Final
from xml.etree.ElementTree import Element

_ACCENTS: Final = {"\u20d7": "\u2192", "\u20db": "...", "\u20dc": "...."}
"""Larger than those that combine."""
_WIDE_HAT: Final = "\u0302"
_HAT: Final = "\u02c6"
_LINE: Final = "\u0332"
_LINES: Final = {"mover": ("top", "\u203e"), "munder": ("bottom", "_")}
"""At which side, and as what it is read."""


def centre_accents(math: Element) -> None:
    """Write accents with characters that have a width, and lines as borders."""
    for element in [element for element in math.iter() if element.tag in _LINES]:
        base, accent = element
        if accent.text == _LINE:
            side, line = _LINES[element.tag]
            drawn = Element("mrow", {"style": f"border-{side}: 0.05em solid;padding-{side}: 0.1em;"})
            drawn.append(base)
            element[0] = drawn
            accent.text, accent.attrib = line, {"style": "font-size: 0;"}
        elif accent.text == _WIDE_HAT and base.tag == "mi":
            accent.text = _HAT
        elif accent.text in _ACCENTS:
            accent.text = _ACCENTS[accent.text]
            accent.set("mathsize", "70%")
