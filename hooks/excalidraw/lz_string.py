"""LZ-string: how drawings are compressed. In: what its `compressToBase64` makes. Out: the text.

It is LZ78: a code names a phrase that was there before, or announces a new character. A code has as many bits as the
number of phrases needs; bits come lowest first, six to a letter of Base64. Source: github.com/pieroxy/lz-string.
"""

import re
from typing import Final

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS: Final = str.maketrans({letter: f"{value:06b}" for value, letter in enumerate(_ALPHABET)})
_COMPRESSED: Final = re.compile(r"[A-Za-z0-9+/]+")
_NEW: Final = {0: 8, 1: 16}
"""The codes that announce a new character, and its bits."""
_END: Final = 2


class NotCompressedError(ValueError):
    """The text was not made so, or is longer than was asked for."""


def decompress(compressed: str, most: int) -> str:
    """Give a text of at most `most` UTF-16 units; raises NotCompressedError."""
    letters = "".join(compressed.split()).rstrip("=")
    if not _COMPRESSED.fullmatch(letters):
        raise NotCompressedError
    text = "".join(_phrases(letters.translate(_BITS), most))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _phrases(bits: str, most: int) -> list[str]:
    known = ["", "", ""]  # by their codes; the first three are no phrases
    found: list[str] = []
    at, length, last = 0, 0, ""
    while (code := _number(bits, at, size := len(known).bit_length())) != _END:
        at += size
        if code in _NEW:
            known.append(chr(_number(bits, at, _NEW[code])))
            at += _NEW[code]
            code = len(known) - 1
        # A phrase may be used while it is made: then it ends as it begins.
        phrase = known[code] if code < len(known) else last + last[:1]
        length += len(phrase)
        if not phrase or code > len(known) or length > most:
            raise NotCompressedError
        found.append(phrase)
        if last:
            known.append(last + phrase[0])
        last = phrase
    return found


def _number(bits: str, at: int, size: int) -> int:
    if at + size > len(bits):
        raise NotCompressedError
    return int(bits[at : at + size][::-1], 2)
