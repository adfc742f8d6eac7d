"""Scripts that put no blanks between words. In: a text. Out: the same with each letter of such a script apart.

A search knows words by the blanks around them; overrides/assets/search/scripts.js does the same to what is sought.
"""

import re
import unicodedata
from typing import Final

_UNSPACED: Final = re.compile(
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u2e80-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
    "\uff01-\uff0f\uff1a-\uff20\uff5f-\uff9f"  # their punctuation, and the narrow letters of Japanese
    "]+"
)


def separate(text: str) -> str:
    """Put a blank before each letter, and one behind the last; marks stay with their letter."""
    return _UNSPACED.sub(lambda run: "".join(map(_apart, run.group())) + " ", text)


def _apart(character: str) -> str:
    return character if unicodedata.category(character).startswith("M") else f" {character}"
