"""Order: paths as Obsidian lists its files. In: a path. Out: what to sort it by.

Its list of files counts numbers as such and leaves case and accents out of account: `Week 2` before `Week 10`, and
`Zoo` after `émigré`; signs and pictures come before numbers, these before letters.
"""

import re
import unicodedata
from functools import lru_cache

_PIECE = re.compile(r"\d+|.", re.DOTALL)

SortKey = tuple[tuple[tuple[int, int, str], ...], str]
"""Of a name: each sign's or number's kind, length and form; then the name, for those that are the same so far."""


def by_name(path: str) -> tuple[SortKey, ...]:
    """What to sort a path by."""
    return tuple(map(_key, path.split("/")))


@lru_cache(maxsize=1 << 16)
def _key(name: str) -> SortKey:
    return tuple(map(_rank, _PIECE.findall(_base(name)))), name


def _base(name: str) -> str:
    if name.isascii():
        return name.lower()
    return "".join(sign for sign in unicodedata.normalize("NFKD", name).lower() if unicodedata.category(sign) != "Mn")


def _rank(piece: str) -> tuple[int, int, str]:
    if piece.isdecimal():
        digits = piece.lstrip("0")
        return 1, len(digits), digits
    is_letter = unicodedata.category(piece)[0] in "LMN"
    return 2 if is_letter else 0, 0, piece
