r"""In: LaTeX with `\pu{1.2e3 m/s^2}`. Out: the same in plain LaTeX; one with signs that are not known stays.

Source: the manual of mhchem, which Obsidian's MathJax loads.
"""

import re
from collections.abc import Iterator

from maths.pieces import pieces, rewritten

_QUANTITY = re.compile(r"\\pu\s*\{(?P<signs>(?:[^{}]|\{[^{}]*\})*)\}")
_PIECE = re.compile(
    r"(?P<number>(?:\+-|[+\-])?\d++(?:[.,]\d++)?(?:\^\{?[+\-]?\d++\}?)?)"
    r"|(?P<exponential>(?<![A-Za-z])[eE](?P<exponent>[+-]?\d++)(?![A-Za-z]))"
    r"|(?P<unit>[A-Za-z%\u00b0\u00b5\u2126\u0391-\u03c9\u212b\u00c5]++|\\(?:[A-Za-z]++|%))"
    r"(?:\^?\{?(?P<power>[+\-\u2212]?\d++)\}?)?"
    r"|(?P<times>\s*[*.]\s*)"
    r"|(?P<space>\s++)"
    r"|[/()]"
)


def with_quantities(latex: str) -> str:
    r"""Write each `\pu{…}` that is known in plain LaTeX."""
    return rewritten(latex, r"\pu", _QUANTITY, _written)


def _written(quantity: re.Match[str]) -> str:
    above, _, below = quantity["signs"].strip().partition("//")
    number = re.match(r"[\d.,+\-eE]*\s", above)
    start = number.end() if number and below else 0
    value, over, under = ("".join(_pieces(signs)) for signs in (above[:start], above[start:].strip(), below.strip()))
    return rf"{{{value}\frac{{{over}}}{{{under}}}}}" if below else f"{{{over}}}"


def _pieces(signs: str) -> Iterator[str]:
    is_after_number = False
    for piece in pieces(_PIECE, signs):
        yield _piece(piece, is_after_number=is_after_number)
        is_after_number = bool(piece["number"])


def _piece(piece: re.Match[str], *, is_after_number: bool) -> str:
    text = piece[0]
    if piece["number"]:
        number, power, exponent = text.partition("^")
        return number.replace("+-", r"\pm ").replace(",", "{,}") + power + (power and f"{{{exponent.strip('{}')}}}")
    if piece["exponential"]:
        times = {"e": r"\cdot ", "E": r"\times "}[text[0]] if is_after_number else ""
        return f"{times}10^{{{piece['exponent']}}}"
    if piece["unit"]:
        unit = piece["unit"] if piece["unit"].startswith("\\") else rf"\mathrm{{{piece['unit']}}}"
        return f"{unit}^{{{piece['power']}}}" if piece["power"] else f"{unit} "
    if piece["times"]:
        return r"{\cdot}"
    return r"\," if piece["space"] else text
