"""Withheld: whether an author keeps a note to themselves. In: its properties, or text that may be such. Out: yes or no.

Obsidian Publish leaves out a note with `publish: false`; others say `draft: true`. No slip in writing it publishes a
note: where properties cannot be read, words that could say it count.
"""

import re
from collections.abc import Mapping
from typing import Final

_NO: Final = frozenset({"false", "no", "n", "off", "0"})
_YES: Final = frozenset({"true", "yes", "y", "on", "1"})
_SAYS: Final = re.compile(
    rf"""^[^\S\n]*(?:[\[{{?-][^\S\n]*)?["']?
    (?:(?P<publish>publish)|draft)["']?\s*:\s*
    (?:[!&]\S*\s+)?(?:[\["']+\s*)?  # a type, an anchor, the start of a list or of a text
    (?(publish)(?:{"|".join(sorted(_NO))}|\*\w+)|(?:{"|".join(sorted(_YES))}|\*\w+))
    ["']?\s*(?:[\],}}].*|\#.*)?$""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_FIRST_LINE: Final = re.compile(r"(?:\s|\ufeff)*+(?:---|%YAML)")
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")
_LONGEST: Final = 1 << 16
"""Bytes of a text that are looked at where nothing says where its properties end."""


def is_withheld(properties: Mapping[str, object]) -> bool:
    """Whether properties that could be read, by names in lower case, say that a note is not published."""
    return _said(properties, "publish") in _NO or _said(properties, "draft") in _YES


def _said(properties: Mapping[str, object], name: str) -> str:
    value = properties.get(name)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return _legible(value).strip().casefold() if isinstance(value, str) else ""


def seems_withheld(properties: bytes) -> bool:
    """Whether properties that nobody can read seem to say that a note is not published."""
    return bool(_SAYS.search(_lines(properties)))


def starts_withheld(text: bytes) -> bool:
    """Whether the first lines of a text, which are no properties but look like them, say that it is not published."""
    start = _lines(text[:_LONGEST])
    first = _FIRST_LINE.match(start)
    return first is not None and bool(_SAYS.search(_BLANK_LINE.split(start[first.end() :], 1)[0]))


def _lines(text: bytes) -> str:
    return _legible(text.decode("utf-8", "replace")).replace("\r\n", "\n").replace("\r", "\n")


def _legible(text: str) -> str:
    """Leave out what stands for bytes that nobody can read: all but the letters of a UTF-16 without its mark, too."""
    return text.replace("\ufffd", "")
