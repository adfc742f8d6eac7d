"""Scripts that put no blanks between words. In: a text. Out: the same with its letters in pairs, each a word.

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


def fold(text: str) -> str:
    """Write `数据管` as `数据 据管 管`: the first letters of all pairs are the text again."""
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
