"""Unflagged: a text without its flags, where another page shows it. In: flags. Out: edits that take them out.

A flag is a word: without it, what follows might begin a line as no word does, or a mark of emphasis stand at a blank.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from notes.boxes import BLANK, begins_block, has_words
from notes.edits import Edit
from notes.note import Block, BlockKind, Note, next_words
from notes.review import Flag

_FEATURE = "review"
_BLANKS = re.compile(rb"[ \t]*+")
_LINE_END = re.compile(rb"\r?(?:\n|\Z)")
_LINE_END_BEFORE = re.compile(rb"\r?\n[ \t>]*+\Z")
_OPENING = re.compile(rb"[\s>]*(?:(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t]+)?(?:\[[^\]\r\n]\][ \t]+)?")
"""What may stand before the first word of a block: the mark of an item or a heading, and the box of a task."""
_WIDEST = 200
"""Bytes of that."""
_EMPHASIS = (b"*", b"_", b"=", b"~")
_EMBED = b"!["
"""What may go to a line of its own."""
_OTHERS = (b"%%", b"^")
"""A comment and a block's id: what takes them out takes blanks and line ends along."""


class _Flags(NamedTuple):
    """Flags with nothing but blanks between them."""

    note: Note
    block: Block
    start: int
    end: int
    """Byte offset after the last one and its reason."""


def flag_deletions(flags: Iterable[Flag]) -> tuple[Edit, ...]:
    """Take each tag out; the words around it stay what they are."""
    return tuple(map(_deletion, _neighbours(flag for flag in flags if flag.tag.block >= 0)))


def _neighbours(flags: Iterable[Flag]) -> Sequence[_Flags]:
    found: list[_Flags] = []
    for flag in flags:
        start, block = flag.tag.start, flag.note.blocks[flag.tag.block]
        if found and found[-1].block is block and next_words(flag.note.source.text, found[-1].end, start) == start:
            start = found.pop().start
        found.append(_Flags(flag.note, block, start, flag.end))
    return found


def _deletion(flags: _Flags) -> Edit:
    note, block, start, end = flags
    text = note.source.text
    is_first = _opens(note, block, start)
    line_end = _LINE_END_BEFORE.search(text, max(block.start, start - _WIDEST), start)
    words = _words_on_line(text, end)
    if words is None and block.kind is not BlockKind.HEADING:
        if line_end:
            return Edit.deletion(line_end.start(), end, _FEATURE)
        if is_first and has_words(note, block, end):
            words = next_words(text, end, block.end)
    if words is None or text.startswith(_OTHERS, words):
        words = end
    before = text[max(0, start - 1) : start]
    is_all_of_emphasis = before in _EMPHASIS and text.startswith(_EMPHASIS, words)
    is_all_of_line = words == end or text.startswith(_EMBED, words)
    is_all_of_item = is_all_of_line and _opens_item(note, block, start)
    if begins_block(text, words) or is_all_of_emphasis or is_all_of_item:
        return Edit.replacement(start, words, BLANK, _FEATURE)
    is_apart = words == end and not is_first and not line_end and before == b" "
    return Edit.deletion(start - 1 if is_apart else start, words, _FEATURE)


def _opens(note: Note, block: Block, at: int) -> bool:
    """Whether a byte offset is where the words of a block start."""
    return _OPENING.fullmatch(note.source.text, max(block.start, at - _WIDEST), at) is not None


def _opens_item(note: Note, block: Block, at: int) -> bool:
    """Whether it is where those of an item start: a mark alone would end the item, or underline a heading."""
    item = note.blocks[block.parent] if block.kind is BlockKind.PARAGRAPH and block.parent >= 0 else block
    return item.kind is BlockKind.ITEM and _opens(note, item, at)


def _words_on_line(text: bytes, at: int) -> int | None:
    """The byte offset of what follows on the line; None at its end."""
    blanks = _BLANKS.match(text, at)
    words = blanks.end() if blanks else at
    return None if _LINE_END.match(text, words) else words
