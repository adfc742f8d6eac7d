r"""In: LaTeX with `\ce{2H2 + O2 -> 2H2O}`. Out: the same in plain LaTeX; one with signs that are not known stays.

Source: the manual of mhchem, which Obsidian's MathJax loads. Known is what most equations are made of: atoms and their
numbers, charges, isotopes, states, bonds, words, and arrows with words on them.
"""

import re
from collections.abc import Iterator
from typing import Final

from maths.pieces import UnknownError, pieces, rewritten, within_braces

_DEEPEST: Final = 4
"""Groups within an equation."""
_CHEMISTRY = re.compile(rf"\\ce\s*\{{(?P<signs>{within_braces(_DEEPEST)})\}}")
_WITHIN: Final = within_braces(_DEEPEST - 1)
_PIECE = re.compile(
    r"\s*(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-(?!-)|[\u2190\u2192\u2194\u21c4\u21cc\u27f5-\u27f7])"
    r"(?:(?P<kind>[CT]?)\[(?P<above>[^\[\]]*)\])?(?:[CT]?\[(?P<below>[^\[\]]*)\])?"
    r"|(?P<script>[_^])(?:\{(?P<group>(?:[A-Za-z0-9+\-\u2212.,() ']|\\text\{[^{}]*\}|\$[^{}$]*\$|\\[A-Za-z]++)++)\}"
    r"|(?P<sign>-\d+|\d+[+-]?|[a-z]?[+-]|[a-z](?![a-z])|[A-Z](?![A-Za-z])|[.*]|\\[A-Za-z]++))"
    r"|(?P<charge>(?<=[A-Za-z0-9)\]\u0391-\u03c9'])(?:\++|-(?=[\s)\],|_/]|\([a-z]{1,3}\)|\Z)))"
    r"|(?P<prime>(?<=[A-Za-z0-9)\]])'+)"
    r"|(?P<between>\s*\+(?=\s|\Z)|(?<!\S)\+(?=[\dA-Z])|\s*\*\s*(?=[\dA-Z(])|\s+=(?=\s)|\s+\.\s+|\s+"
    r"|\(?[v^]\)?(?=\s|\Z)|\s*[\u2191\u2193]|\.(?=[\dA-Z()]|\Z)|[,;]\s*|\|{1,2}|/)"
    r"|(?P<count>(?<=[A-Za-z)\]'])\d+)"
    r"|(?P<number>(?:(?<=\s)-)?\d+(?:[./]\d+)?)"
    r"|(?P<plain>\\(?:text|mathrm)\{[^{}]*\}|\\frac\{[^{}]*\}\{[^{}]*\}|\\[,;: ]|\^\\circ(?![A-Za-z])|\u00b0|\{\})"
    r"|(?P<cell>\s*(?:&|\\\\)\s*)"
    r"|\$(?P<maths>[^$]*)\$|(?P<text>\"[^\"{}$\\]*\"|\{[^\"{}$\\]+\})"
    r"|\\bond\{(?P<link>[^{}]*)\}"
    rf"|\\ce\s*\{{(?P<inner>{_WITHIN})\}}"
    rf"|\\(?P<placed>(?:und|ov)erset|underbrace|color)\s*\{{(?P<first>{_WITHIN})\}}\s*(?P<at>_?)\{{(?P<second>{_WITHIN})\}}"
    rf"|(?P<copied>\\[A-Za-z]++(?:\s*\{{{_WITHIN}\}})++)"
    r"|(?P<atom>[^\W\d_]+|\\[A-Za-z]+)"
    r"|(?P<opening>[(\[])"
    r"|(?P<closing>[)\]])"
    r"|(?P<bond>(?<![+\-=#])[-=#](?=[A-Za-z(\[]))"
)
_ARROWS: Final = {
    "->": (r"\;\longrightarrow\;", r"\xrightarrow"),
    "<-": (r"\;\longleftarrow\;", r"\xleftarrow"),
    "<->": (r"\;\longleftrightarrow\;", r"\xleftrightarrow"),
    "<-->": (r"\;\rightleftarrows\;", r"\xtofrom"),
    "<=>": (r"\;\rightleftharpoons\;", r"\xrightleftharpoons"),
    "<=>>": ("\\;\\mathrel{\\text{\u2942}}\\;", ""),
    "<<=>": ("\\;\\mathrel{\\text{\u2944}}\\;", ""),
}
"""Alone, and with words on it."""
_ARROWS_BY_SIGN: Final = {
    "\u2190": "<-",
    "\u2192": "->",
    "\u2194": "<->",
    "\u21c4": "<-->",
    "\u21cc": "<=>",
    "\u27f5": "<-",
    "\u27f6": "->",
    "\u27f7": "<->",
}
_BETWEEN: Final = {
    "v": r"\downarrow ",
    "^": r"\uparrow ",
    "\u2193": r"\downarrow ",
    "\u2191": r"\uparrow ",
    "*": r"\cdot ",
    ".": r"\cdot ",
    "|": "{|}",
    "||": r"{\|}",
}
_BONDS: Final = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}
_LINKS: Final = _BONDS | {
    "1": _BONDS["-"],
    "2": _BONDS["="],
    "3": _BONDS["#"],
    "~": "{\\text{\u2504}}",
    "...": r"{\cdots}",
    "....": r"{\cdots\cdot}",
    "->": r"{\rightarrow}",
    "<-": r"{\leftarrow}",
}
r"""What `\bond` names."""

_GROUPS: Final = ("text", "maths", "inner", "placed")
"""What holds formulas or equations of its own."""
_NO_WORD: Final = re.compile(r"[\d+\-\u2212]+|[A-Za-z]")
_CELL: Final = re.compile(r"&|\\\\")
_RADICAL: Final = re.compile(r"\.(?!\d)")
_BULLET: Final = r"\\bullet "


def with_formulas(latex: str) -> str:
    r"""Write each `\ce{…}` that is known in plain LaTeX."""
    return rewritten(latex, r"\ce", _CHEMISTRY, _written)


def _written(chemistry: re.Match[str]) -> str:
    written = _label(chemistry["signs"])
    # In a group, a table has no cells.
    return written if _CELL.search(chemistry["signs"]) else f"{{{written}}}"


def _pieces(signs: str) -> Iterator[str]:
    is_after_atom, scripts = False, ""
    for piece in pieces(_PIECE, signs):
        script = piece["script"] or ("_" if piece["count"] else "^" if piece["charge"] or piece["prime"] else "")
        base = "" if is_after_atom and script not in scripts else "{}"
        yield _piece(piece, base, is_after_atom=is_after_atom)
        is_after_atom = any(piece[name] for name in ("atom", "count", "closing", "script", "charge", "prime", "text"))
        scripts = (scripts if not base else "") + script if script else ""


def _piece(piece: re.Match[str], base: str, *, is_after_atom: bool) -> str:
    if piece["arrow"]:
        return _arrow(piece)
    if piece["script"]:
        return _script(piece, base)
    if piece["number"]:
        return _coefficient(piece[0])
    if any(piece[name] is not None for name in _GROUPS):
        return _group(piece)
    if piece[0].isspace():
        return r"\," if is_after_atom else ""
    return (base if piece["count"] or piece["charge"] else "") + _sign(piece)


def _group(piece: re.Match[str]) -> str:
    if piece["text"]:
        return rf"\text{{{piece['text'].strip('{}')}}}"
    if piece["maths"] is not None:
        return f"{{{with_formulas(piece['maths'])}}}"
    if piece["inner"] is not None:
        return _label(piece["inner"])
    first = piece["first"] if piece["placed"] == "color" else _label(piece["first"])
    return rf"{{\{piece['placed']}{{{first}}}{piece['at']}{{{_label(piece['second'])}}}}}"


def _sign(piece: re.Match[str]) -> str:
    text = piece[0]
    if piece["atom"]:
        return f"{text} " if text.startswith("\\") else rf"\mathrm{{{text}}}"
    if piece["count"]:
        return f"_{{{text}}}"
    if piece["charge"]:
        return f"^{{{text}}}"
    if piece["link"] is not None:
        return _linked(piece["link"])
    if text[0] in ",;":
        return f"{{{text.rstrip()}}}" + (r"\;" if text[-1].isspace() else "")
    return _BONDS[text] if piece["bond"] else _BETWEEN.get(text.strip("() "), text)


def _linked(name: str) -> str:
    if name not in _LINKS:
        raise UnknownError(name)
    return _LINKS[name]


def _arrow(piece: re.Match[str]) -> str:
    """An arrow, long enough for the words above and below it."""
    alone, with_words = _ARROWS[_ARROWS_BY_SIGN.get(piece["arrow"], piece["arrow"])]
    above = rf"\text{{{piece['above']}}}" if piece["kind"] == "T" else _label(piece["above"] or "")
    below = _label(piece["below"] or "")
    if not above and not below:
        return alone
    if not with_words:
        return rf"\overset{{{above}}}{{\underset{{{below}}}{{{alone}}}}}"
    return f"{with_words}[{{{below}}}]{{{above}}}" if below else f"{with_words}{{{above}}}"


def _label(signs: str) -> str:
    return "".join(_pieces(signs.strip()))


def _script(piece: re.Match[str], base: str) -> str:
    """A number, a charge or a letter such as `n` as it is; words upright."""
    words = piece["group"] or piece["sign"]
    words = words.replace("$", "").replace("'", r"\prime ")
    shown = words if _NO_WORD.fullmatch(words) else rf"\mathrm{{{_RADICAL.sub(_BULLET, words)}}}"
    return f"{base}{piece['script']}{{{shown}}}"


def _coefficient(number: str) -> str:
    above, _, below = number.partition("/")
    return rf"\frac{{{above}}}{{{below}}}\," if below else rf"{number}\,"
