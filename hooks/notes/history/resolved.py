"""Resolved: the flags that were taken off, as they were then. In: mentions that are gone. Out: what each flag was.

A line alone does not tell whether it was code: where that is in doubt, the note is read as it was before.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notes.history.course import Gone
from notes.history.git import notes_then
from notes.history.mentions import PROPERTY, Mention, note_mentions
from notes.history.patches import Author
from notes.history.standing import Since
from notes.parse import read_note
from notes.review import Flag, Label, Labels, find_flags
from notes.source import NotePath

_LONGEST: Final = 2000
"""Characters of a line on either side of a tag that its excerpt is made of."""

_FEW: Final = 20
"""Flags that were taken off a note, of which each is read by itself: to read all of the note costs no more."""

_HIDE: Final = tuple(map(re.compile, (rb"`{3,}", rb"~{3,}", rb"%%", rb"\$\$", rb"<!--|-->")))
"""What starts and ends code, comments and maths of several lines."""
_STARTS: Final = re.compile(rb"[ \t>]*(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t]")
"""How the first line of an item starts, and a heading."""
_WORDS: Final = re.compile(rb"(?![ \t>]*#{1,6}[ \t])[ \t>]*[^ \t\r>]")
"""How a line starts that the next one may go on: it is not blank, and no heading."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A flag that was taken off."""

    path: NotePath
    """Of the note, as it is called now; it may be gone, or not be published."""
    label: Label
    reason: str
    excerpt: str
    """The passage's first words at the time."""
    since: Since
    by: Author


def resolved(folder: Path, all_gone: Iterable[tuple[str, Gone]], labels: Labels) -> Iterator[Resolved]:
    """Those of the folder that were flags, not words in code."""
    gone = [(path, it) for path, it in all_gone if not it.mention.path.startswith("/")]
    blobs_wanted = [it.mention.blob for _, it in reversed(gone) if it.mention.blob]
    past = _Past(notes_then(folder, blobs_wanted), labels, Counter(blobs_wanted))
    for path, (mention, since, by, _) in gone:
        if flag := past.flag(mention):
            yield Resolved(NotePath(path), flag.label, flag.reason, flag.excerpt, since, by)


class _Past:
    """Notes as they were before flags were taken off, by git's ids of them; each is looked at once."""

    def __init__(self, texts: Mapping[str, bytes], labels: Labels, asked: Mapping[str, int]) -> None:
        """`asked` is how many flags are asked for of each."""
        self._texts = texts
        self._labels = labels
        self._asked = asked
        self._lines: dict[str, Sequence[bytes]] = {}
        self._marks: dict[str, Sequence[Sequence[int]]] = {}
        self._shown: dict[str, Mapping[tuple[int, int], Flag]] = {}

    def flag(self, mention: Mention) -> Flag | None:
        """The flag that a mention was; nearly always its own lines tell, so that the note need not be read."""
        if not self._must_be_read(mention):
            return _flag_then(mention, self._labels)
        if mention.blob not in self._shown:
            self._shown[mention.blob] = _shown(mention.path, self._texts[mention.blob], self._labels)
        return self._shown[mention.blob].get((mention.line, mention.column))

    def _must_be_read(self, mention: Mention) -> bool:
        if mention.blob not in self._texts:
            return False
        return self._asked[mention.blob] > _FEW or self._may_be_hidden(mention) or self._starts_above(mention)

    def _may_be_hidden(self, mention: Mention) -> bool:
        """Whether it may have stood in code, a comment or maths of several lines."""
        if mention.blob not in self._marks:
            self._marks[mention.blob] = [_lines_with(marks, self._texts[mention.blob]) for marks in _HIDE]
        return any(bisect_left(lines, mention.line) % 2 for lines in self._marks[mention.blob])

    def _starts_above(self, mention: Mention) -> bool:
        """Whether its block may have begun on a line before its own."""
        if mention.tag.endswith(PROPERTY) or _STARTS.match(mention.lines[0]):
            return False
        if mention.blob not in self._lines:
            self._lines[mention.blob] = self._texts[mention.blob].split(b"\n")
        above = self._lines[mention.blob][mention.line - 2 : mention.line - 1]
        return any(_WORDS.match(line) for line in above)


def _lines_with(marks: re.Pattern[bytes], text: bytes) -> Sequence[int]:
    """The number of the line of each mark."""
    return [number for number, line in enumerate(text.split(b"\n"), 1) for _ in marks.finditer(line)]


def _shown(path: str, text: bytes, labels: Labels) -> Mapping[tuple[int, int], Flag]:
    """Each flag, by its line and its column."""
    note = read_note(NotePath(path), text, frozenset(labels))
    places = note_mentions(path, note.source.text, frozenset(labels))
    shown = ((places.get(flag.tag.start), flag) for flag in find_flags(note, labels))
    return {(mention.line, mention.column): flag for mention, flag in shown if mention}


def _flag_then(mention: Mention, labels: Labels) -> Flag | None:
    """The flag that a mention was, read from its lines alone; these are moved out of any list first."""
    if mention.body:
        properties = f"---\ntags: [{mention.tag.removesuffix(PROPERTY)}]\n---\n".encode()
        note = read_note(NotePath(mention.path), properties + b"\n".join(mention.body), frozenset(labels))
        return next(iter(find_flags(note, labels)), None)
    line = mention.lines[0].decode("utf-8", "replace")
    first = max(len(line) - len(line.lstrip()), mention.column - _LONGEST)
    text = "\n".join((line[first : mention.column + _LONGEST], *_rest(mention)))
    note = read_note(NotePath(mention.path), text.encode(), frozenset(labels))
    start = len(line[first : mention.column].encode())
    return next((flag for flag in find_flags(note, labels) if flag.tag.start == start), None)


def _rest(mention: Mention) -> Iterator[str]:
    """The further lines of the passage: to the first blank one after its words."""
    has_words = bool(mention.words)
    for line in mention.lines[1:]:
        text = line.decode("utf-8", "replace").strip()
        if has_words and not text:
            return
        has_words = has_words or bool(text)
        yield text[:_LONGEST]
