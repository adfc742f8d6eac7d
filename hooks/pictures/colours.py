"""Texts on the author's colours. In: a picture. Out: the same, its texts to be read whatever the reader's palette is.

Source of the rule: WCAG 2.2, 1.4.3 Contrast (Minimum), with its definition of relative luminance.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element

_ENOUGH: Final = 4.5
_BLACK: Final = "#000"
_WHITE: Final = "#fff"
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_NO_COLOUR: Final = frozenset({"", "none", "transparent"})


def colour_labels(root: Element) -> None:
    """Give each text on a colour of the author's a colour of its own, or a ground where the colour is only named."""
    for group in root.iter("g"):
        if {"node", "cluster"} & set(group.get("class", "").split()):
            fill = next(filter(None, (_value(shape, "fill") for shape in group.iter())), "")
            wished = next(filter(None, (_value(part, "color") for part in group.iter())), "")
            for label in group.iter("foreignObject") if fill not in _NO_COLOUR else ():
                if _HEX.fullmatch(fill):
                    label.set("style", f"color:{_readable(wished, fill)}")
                else:
                    label.set("class", "plate")


def _value(element: Element, name: str) -> str:
    """The value of a property in an element's style."""
    for rule in element.get("style", "").split(";"):
        key, _, value = rule.partition(":")
        if key.strip().lower() == name:
            return value.replace("!important", "").strip().lower()
    return ""


def _readable(wished: str, ground: str) -> str:
    """The author's colour for the text if it can be read, else black or white."""
    if _HEX.fullmatch(wished) and contrast(wished, ground) >= _ENOUGH:
        return wished
    return max(_BLACK, _WHITE, key=lambda colour: contrast(colour, ground))


def contrast(one: str, other: str) -> float:
    """From 1 to 21, of two colours as `#rgb` or `#rrggbb`."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) > len(_BLACK) else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - WCAG's numbers
