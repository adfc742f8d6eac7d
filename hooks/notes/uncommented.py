"""Uncommented: a text without its comments, where another page or program shows it. In: a comment. Out: the edit.

A comment is no blank: what follows it on its line are words, and might begin a block where it is gone; an item that
holds a comment alone is one.
"""

import re

from commonmark.comments import with_line
from commonmark.spans import Span
from notes.boxes import BLANK, begins_block
from notes.edits import Edit

_BLANKS = re.compile(rb"[ \t]*+")
_LINE_START = re.compile(rb"(?:[ \t>]|(?:[-+*]|\d{1,9}[.)])[ \t]|%%[^%\n]*%%)*+")
"""What may stand before the first words of a line: marks of quotes and items, and other comments."""
_WIDEST = 200
"""Bytes of that."""
_ITEM_START = re.compile(rb"(?:[-+*]|\d{1,9}[.)])[ \t]+\Z")
_LINE_END = re.compile(rb"\r?(?:\n|\Z)")
_NOTHING = "<!-- -->"
"""Keeps an item one: a mark without words underlines those above, or is a part of them."""


def comment_deletion(source: bytes, comment: Span, start: int, feature: str) -> Edit:
    """Take a comment out; the words around it stay what they are. `start`: byte offset before which nothing changes."""
    first, last = with_line(source, comment, start)
    if _starts_line(source, first):
        blanks = _BLANKS.match(source, last)
        words = blanks.end() if blanks else last
        if begins_block(source, words):
            return Edit.replacement(first, words, BLANK, feature)
        if _ITEM_START.search(source, max(0, first - _WIDEST), first) and _LINE_END.match(source, words):
            return Edit.replacement(first, last, _NOTHING, feature)
        last = max(last, words - 1)  # more blanks may make code of the words
    return Edit.deletion(first, last, feature)


def _starts_line(source: bytes, at: int) -> bool:
    line = source.rfind(b"\n", max(0, at - _WIDEST), at) + 1
    return _LINE_START.fullmatch(source, max(line, at - _WIDEST), at) is not None
