"""Patterns: regular expressions of formulas. In: pattern and flags as JavaScript has them. Out: one that ends in time.

Python's search can take for ever, as JavaScript's can. So only such patterns are taken of which the longest time is
known beforehand: nothing but single signs and classes repeats, and nothing refers to what was found before.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from notes.bases.values import Pattern

_LONGEST: Final = 200
"""Characters of a pattern."""
_LARGEST: Final = 100
"""Of a number of times."""
_FLAGS: Final = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_REFERENCE: Final = re.compile(r"\\[1-9k]")
_REPEAT: Final = re.compile(r"[*+]|\{[\d,]+\}")
_NUMBER: Final = re.compile(r"\d+")
_NAMED: Final = re.compile(r"\(\?<(?=\w)")
_EMPTY: Final = {"[^]": r"[\s\S]", "[]": "(?!)"}
"""Classes of JavaScript's that Python has not: any sign, and none."""
_IN_CLASS: Final = re.compile(r"\\[dswDSW]-|\\.|-(?=\\[dswDSW])|(?<=[^\\]-)-|[\[&~|]", re.DOTALL)
"""What must be kept as it is, or may mean more to Python, where to JavaScript it is the sign alone."""


def read_pattern(pattern: str, flags: str) -> Pattern | None:
    """The pattern; None if it may not be tried."""
    pieces = _PIECE.findall(pattern)
    if len(pattern) > _LONGEST or any(map(_is_endless, pieces, ["", *pieces])):
        return None
    options = re.NOFLAG if "i" in flags else re.ASCII  # as in JavaScript, to whose `\w` no `é` is a letter
    for flag in flags:
        options |= _FLAGS.get(flag, re.NOFLAG)
    try:
        expression = re.compile(_NAMED.sub("(?P<", "".join(map(_for_python, pieces))), options)
    except (re.error, OverflowError, RecursionError):
        return None
    return Pattern(expression, "g" in flags, sum(map(_repeats, pieces)), _choices(pieces))


def _for_python(piece: str) -> str:
    """A piece as Python reads it: a sign in a class that stands for itself needs a mark."""
    if len(piece) == 1 or not piece.startswith("["):
        return piece
    return _EMPTY.get(piece) or f"[{_IN_CLASS.sub(_marked, piece[1:-1])}]"


def _marked(found: re.Match[str]) -> str:
    sign = found[0][-1]
    return found[0] if len(found[0]) == 2 else f"{found[0][:-1]}\\{sign}"  # noqa: PLR2004 - one that has a mark


def _is_endless(piece: str, before: str) -> bool:
    if _REFERENCE.fullmatch(piece):
        return True
    is_large = any(int(number) > _LARGEST for number in _NUMBER.findall(piece)) if piece.startswith("{") else False
    return _repeats(piece) and (before == ")" or is_large)


def _repeats(piece: str) -> bool:
    return _REPEAT.fullmatch(piece) is not None


def _choices(pieces: Sequence[str]) -> int:
    """How many places there are at which two ways lead on."""
    return sum(piece == "|" or (piece == "?" and before not in "(*+") for before, piece in pairwise(pieces))
