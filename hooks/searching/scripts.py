"""Words that no blanks part. In: a text. Out: the same with letters of scripts without blanks in pairs, each a word.

A search knows words by the blanks around them. Where there are none, any two letters that stand together are one, so
that each word is found, wherever it stands. overrides/assets/search/scripts.js makes the same of what is sought, and
a text of what is found.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_UNSPACED: Final = re.compile(
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u2e80-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
    "\uff01-\uff0f\uff1a-\uff20\uff5f-\uff9f"  # their punctuation, and the narrow letters of Japanese
    "]+"
)

_SIGNS = r"\xa1-\xbf\xd7\xf7\u2010-\u205e\u20a0-\u20cf\u2100-\u2bff،؛؟۔।॥"
_JOINED: Final = re.compile(rf"(?<=[^\s>{_SIGNS}])(?:(?!\w)[{_SIGNS}])++(?=\w)")
_PARTING: Final = "\u2060'"
"""Put behind `—` and other signs between words: Pagefind parts these at signs of ASCII alone. Nobody writes it."""


def fold(text: str) -> str:
    """Write `数据管` as `数据 据管 管`: the first letters of all pairs are the text again. Part `l’eau` and `a—b`."""
    text = _JOINED.sub(rf"\g<0>{_PARTING}", text)
    return _UNSPACED.sub(lambda run: f" {' '.join(_pairs(_letters(run.group())))} ", text)


def _letters(run: str) -> list[str]:
    """Each with its marks."""
    letters: list[str] = []
    for character in run:
        if letters and unicodedata.category(character).startswith("M"):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _pairs(letters: list[str]) -> Iterator[str]:
    for letter, following in zip(letters, [*letters[1:], "."], strict=True):
        yield letter + following if letter[0].isalnum() and following[0].isalnum() else letter
