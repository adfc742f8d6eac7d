r"""In: LaTeX with `\ce{2H2 + O2 -> 2H2O}`. Out: the same in plain LaTeX; one with signs that are not known stays.

Source: the manual of mhchem, which Obsidian's MathJax loads. Known is what most equations are made of: atoms and their
numbers, charges, isotopes, states, bonds, and arrows with words on them.
"""

import re
from collections.abc import Iterator
from typing import Final

_CHEMISTRY = re.compile(r"\\ce\s*\{(?P<signs>(?:[^{}]|\{[^{}]*\})*)\}")
_PIECE = re.compile(
    r"\s*(?P<arrow><=>|<->|->|<-(?!-))(?:\[(?P<above>[^\[\]]*)\])?(?:\[(?P<below>[^\[\]]*)\])?"
    r"|(?P<script>[_^])(?:\{(?P<group>[A-Za-z0-9+\-.() ]+)\}|(?P<sign>\d+[+-]?|[+-]|[A-Za-z](?![A-Za-z])))"
    r"|(?P<charge>(?<=[A-Za-z0-9)\]])[+-](?=[\s)\]]|\Z))"
    r"|(?P<between>\s*\+(?=\s|\Z)|\s+|\(?[v^]\)?(?=\s|\Z)|[*.](?=[\dA-Z(]))"
    r"|(?P<count>(?<=[A-Za-z)\]])\d+)"
    r"|(?P<number>\d+(?:[./]\d+)?)"
    r"|(?P<atom>[A-Za-z]+|\\[A-Za-z]+)"
    r"|(?P<opening>[(\[])"
    r"|(?P<closing>[)\]])"
    r"|(?P<bond>(?<=[A-Za-z0-9)\]])[-=#](?=[A-Za-z(\[]))"
)
_ARROWS: Final = {
    "->": (r"\;\longrightarrow\;", r"\xrightarrow"),
    "<-": (r"\;\longleftarrow\;", r"\xleftarrow"),
    "<->": (r"\;\longleftrightarrow\;", r"\xleftrightarrow"),
    "<=>": (r"\;\rightleftharpoons\;", r"\xrightleftharpoons"),
}
"""Alone, and with words on it."""
_BETWEEN: Final = {"v": r"\downarrow ", "^": r"\uparrow ", "*": r"\cdot ", ".": r"\cdot "}
_BONDS: Final = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}

_NO_WORD: Final = re.compile(r"[\d+-]+|[A-Za-z]")


class _UnknownError(ValueError):
    """Signs that are not known."""


def with_formulas(latex: str) -> str:
    r"""Write each `\ce{…}` that is known in plain LaTeX."""
    return _CHEMISTRY.sub(_written, latex) if r"\ce" in latex else latex


def _written(chemistry: re.Match[str]) -> str:
    try:
        return f"{{{''.join(_pieces(chemistry['signs'].strip()))}}}"
    except _UnknownError:
        return chemistry[0]


def _pieces(signs: str) -> Iterator[str]:
    at, is_after_atom = 0, False
    while at < len(signs):
        piece = _PIECE.match(signs, at)
        if piece is None:
            raise _UnknownError(signs)
        yield _piece(piece, is_after_atom=is_after_atom)
        at = piece.end()
        is_after_atom = any(piece[name] for name in ("atom", "count", "closing", "script", "charge"))


def _piece(piece: re.Match[str], *, is_after_atom: bool) -> str:
    if piece["arrow"]:
        return _arrow(piece)
    if piece["script"]:
        return _script(piece, base="" if is_after_atom else "{}")
    if piece["number"]:
        return _coefficient(piece[0])
    if piece[0].isspace():
        return r"\," if is_after_atom else ""
    return _sign(piece)


def _sign(piece: re.Match[str]) -> str:
    text = piece[0]
    if piece["atom"]:
        return f"{text} " if text.startswith("\\") else rf"\mathrm{{{text}}}"
    if piece["count"]:
        return f"_{{{text}}}"
    if piece["charge"]:
        return f"^{{{text}}}"
    return _BONDS[text] if piece["bond"] else _BETWEEN.get(text.strip("()"), text)


def _arrow(piece: re.Match[str]) -> str:
    """An arrow, long enough for the words above and below it."""
    alone, with_words = _ARROWS[piece["arrow"]]
    above, below = ("".join(_pieces((piece[name] or "").strip())) for name in ("above", "below"))
    return f"{with_words}[{below}]{{{above}}}" if above or below else alone


def _script(piece: re.Match[str], base: str) -> str:
    """A number, a charge or a letter such as `n` as it is; words upright."""
    words = piece["group"] or piece["sign"]
    shown = words if _NO_WORD.fullmatch(words) else rf"\mathrm{{{words}}}"
    return f"{base}{piece['script']}{{{shown}}}"


def _coefficient(number: str) -> str:
    above, _, below = number.partition("/")
    return rf"\frac{{{above}}}{{{below}}}\," if below else rf"{number}\,"
