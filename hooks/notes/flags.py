"""Flags: where one is written, and its reason. In: tags, and the names of those that are flags. Out: flags, and ends.

Which passage a flag marks is the business of `review`.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import Final

from commonmark.tags import TAG
from notes.names import key
from notes.note import Tag
from notes.source import Source

_PARENTHESES: Final = r"\((?:[^()\\\r\n]|\\[^\r\n]%s)*+\)"
_WIDE: Final = r"（(?:(?!（|）)[^\\\r\n]|\\[^\r\n])*+）"
"""Those of Chinese and Japanese."""
_REASON: Final = rf"[ \t]?(?:{_PARENTHESES % ('|' + _PARENTHESES % ('|' + _PARENTHESES % ''))}|{_WIDE})"
"""What may stand right after a flag: a text in parentheses, on one line, with parentheses in it up to three deep."""
_REASON_IN_BYTES: Final = re.compile(_REASON.encode())
TAG_AND_REASON: Final = re.compile(rf"{TAG.pattern}(?:{_REASON})?")


def flags_among(tags: Iterable[Tag], source: Source, flags: Container[str], done: int = 0) -> Iterator[Tag]:
    """The tags that are flags (names by `key`), from an offset on; one in another one's reason is a word of it."""
    for tag in tags:
        if key(tag.name) in flags and tag.start >= done:
            yield tag
            done = flag_end(source, tag)


def flag_end(source: Source, flag: Tag) -> int:
    """Byte offset after a flag and the reason in parentheses that may stand right after it."""
    reason = _REASON_IN_BYTES.match(source.text, flag.end)
    return reason.end() if reason else flag.end


def without_flags(text: str, flags: Container[str]) -> str:
    """A text without those of some names (by `key`) and their reasons."""
    if "#" not in text:
        return text
    return " ".join(TAG_AND_REASON.sub(lambda tag: "" if key(tag["name"]) in flags else tag[0], text).split())
