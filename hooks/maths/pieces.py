"""In: signs, and a pattern of what they are made of. Out: the pieces, in order, if all of them are known."""

import re
from collections.abc import Iterator


class UnknownError(ValueError):
    """Signs that are not known."""


def pieces(pattern: re.Pattern[str], signs: str) -> Iterator[re.Match[str]]:
    """Go through signs piece by piece. Raises UnknownError at what the pattern does not match."""
    at = 0
    while at < len(signs):
        piece = pattern.match(signs, at)
        if piece is None:
            raise UnknownError(signs)
        yield piece
        at = piece.end()
