"""Pieces of LaTeX: groups, what is written anew if it is known, and signs in the order of what they are made of."""

import re
from collections.abc import Callable, Iterator
from typing import Final

GROUP: Final = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
"""A pattern of a group, with groups in it up to two deep."""


class UnknownError(ValueError):
    """Signs that are not known."""


def within_braces(deepest: int) -> str:
    r"""A pattern of what stands in a group, with groups in it up to so deep; `\{` and `\}` are signs."""
    return r"(?:[^{}\\]|\\.|\{" * deepest + r"(?:[^{}\\]|\\.)*+" + r"\})*+" * deepest


def rewritten(latex: str, beginning: str, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> str:
    """Write anew what a pattern finds, if a beginning is there at all; what `write` raises UnknownError for stays."""

    def known(found: re.Match[str]) -> str:
        try:
            return write(found)
        except UnknownError:
            return found[0]

    return pattern.sub(known, latex) if beginning in latex else latex


def pieces(pattern: re.Pattern[str], signs: str) -> Iterator[re.Match[str]]:
    """Go through signs piece by piece. Raises UnknownError at what the pattern does not match."""
    at = 0
    while at < len(signs):
        piece = pattern.match(signs, at)
        if piece is None:
            raise UnknownError(signs)
        yield piece
        at = piece.end()
