"""Patterns: regular expressions of formulas. In: pattern and flags as JavaScript has them. Out: one that ends in time.

Python's search can take for ever, as JavaScript's can. So only such patterns are taken of which the longest time is
known beforehand: nothing but single signs and classes repeats, and nothing refers to what was found before.
"""

import re
import warnings
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


def read_pattern(pattern: str, flags: str) -> Pattern | None:
    """The pattern; None if it may not be tried."""
    pieces = _PIECE.findall(pattern)
    if len(pattern) > _LONGEST or any(map(_is_endless, pieces, ["", *pieces])):
        return None
    options = re.NOFLAG if "i" in flags else re.ASCII  # as in JavaScript, to whose `\w` no `é` is a letter
    for flag in flags:
        options |= _FLAGS.get(flag, re.NOFLAG)
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # of a `[` in a class, which is a sign
            expression = re.compile(_NAMED.sub("(?P<", pattern), options)
    except (re.error, OverflowError, RecursionError):
        return None
    return Pattern(expression, "g" in flags, sum(map(_repeats, pieces)), _choices(pieces))


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
