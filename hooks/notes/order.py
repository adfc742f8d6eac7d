"""Order: paths as Obsidian lists its files. In: a path. Out: what to sort it by.

Its list of files counts numbers as such and leaves case and accents out of account: `Week 2` before `Week 10`, and
`Zoo` after `émigré`; signs and pictures come before numbers, these before letters. That is the order of Unicode's
collation (UTS 10), of which here is what names need; to sort Chinese by its sound takes more than Python has.
"""

import re
import unicodedata
from functools import lru_cache

from notes.names import LONGEST_NAME

_PIECE = re.compile(r"\d+|.", re.DOTALL)
_SIGNS = {
    sign: place for place, sign in enumerate(" _-–—〜・,、;:!?.。·'‘’‚\"“”„«»()[]{}《》「」【】§@*/\\&#%`^©→+<=>|~", 1)
}
"""Those that names begin with; all others come behind them."""
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ø": "o", "ŧ": "t", "ґ": "г", "ー": "ぁ"}
    | dict(zip("ךםןףץ", "כמנפצ", strict=True))
    | {chr(katakana): chr(katakana - 0x60) for katakana in range(0x30A1, 0x30F7)}
)
"""Letters that stand with others; a long vowel of Japanese comes before all other kana."""
_ALPHABETS = (
    "abcdeəfghiıjklmnŋopqrstuvwxyzþ",
    "аәбвгғдђеєжзѕиійјкқлљмнңњоөпрстћуүұфхһцчџшщъыьэюя",
    "ءآأؤإئابپةتثٹجچحخدذڈرزڑژسشصضطظعغفقكکگلمنںهھہوىيیے",
)
"""Letters in another order than their numbers have."""
_PLACES = {letter: (ord(letters[0]) << 6) + place for letters in _ALPHABETS for place, letter in enumerate(letters)}
_WHOLE = frozenset(letter for letter in _PLACES if unicodedata.normalize("NFD", letter) != letter)
"""Letters of their own, though Unicode takes them for others with an accent."""
_COUNTED = frozenset({0, 9, 103, 118})
"""Combining classes of marks that are no accents, but vowels of Indic scripts, Thai and Lao."""
_BEFORE = re.compile("([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae])")
"""A vowel of Thai or Lao that is written before the letter that it follows in the order."""

SortKey = tuple[tuple[tuple[int, int, str], ...], str]
"""Of a name: each sign's or number's kind, its place or length, and form; then the name, where all of these are one."""


def by_name(path: str) -> tuple[SortKey, ...]:
    """What to sort a path by."""
    return tuple(map(_key, path.split("/")))


@lru_cache(maxsize=1 << 16)
def _key(name: str) -> SortKey:
    return tuple(map(_rank, _PIECE.findall(_base(name[:LONGEST_NAME])))), name


def _base(name: str) -> str:
    if name.isascii():
        return name.lower()
    text = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(sign if sign in _WHOLE or sign.isascii() else _without_accents(sign) for sign in text)
    return _BEFORE.sub(r"\2\1", bare.translate(_LETTERS))


@lru_cache(maxsize=1 << 12)
def _without_accents(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if unicodedata.combining(part) in _COUNTED)


@lru_cache(maxsize=1 << 12)
def _rank(piece: str) -> tuple[int, int, str]:
    if piece.isdecimal():
        digits = piece.lstrip("0")
        return 1, len(digits), digits
    if unicodedata.category(piece)[0] in "LMN":
        return 2, _PLACES.get(piece, ord(piece) << 6), piece
    return 0, _SIGNS.get(piece, len(_SIGNS) + 1), piece
