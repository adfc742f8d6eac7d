"""As written: the note that is far beyond what anyone writes, and beyond what a build has time and memory for.

In: a note's text, or what was read in it. Out: what it has too much of; edits that show it as its author wrote it.
The limits leave a book of 5 MB whole. No other feature finds anything in such a note, so that its cost is bounded.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from commonmark.events import parse
from notes.edits import Edit
from notes.front_matter import MOST_TAGS, first_tags
from notes.note import Note
from notes.reader import Reader

MOST_BYTES: Final = 8 << 20
"""Of a note."""
MOST_PIECES: Final = 250_000
"""Of what the parser tells: words, marks, the starts and ends of blocks. 5 MB of prose have 180,000."""
MOST_OF_A_KIND: Final = 15_000
"""Links, headings, tags, blocks of code, formulas, footnotes or faults of one kind that any note may have; …"""
BYTES_FOR_EACH: Final = 100
"""… a long one may have more, one for so many bytes."""
MOST_TOGETHER: Final = 32_000
"""All of these together; …"""
BYTES_FOR_EACH_TOGETHER: Final = 30
"""… a long note may have more."""
MOST_LATEX: Final = 250_000
"""Characters of a note's formulas, of which each costs a build as much as a word: a long lecture has 100,000."""
MOST_FLAGS: Final = 10_000
"""Of any note: each has a card on the review page."""
MOST_OPEN: Final = 1_000
"""`[[` open inside of each other; of each link the parser gives the whole text in it."""

_FEATURE: Final = "as written"
_MARKS: Final = re.compile(rb"`+")
_MARKS_OF_OURS: Final = (b"==", b"%%", b"$", b" #")
"""Those that are no more than words to the parser."""
_BRACKETS: Final = re.compile(rb"\\.|\[\[|\]\]")
"""A pair, or an escape, which opens nothing: `\\[[`."""


def excess(*texts: bytes) -> str:
    """What the texts of a note have too much of to be read at all; empty if they can be read."""
    size = sum(map(len, texts))
    if size > MOST_BYTES:
        return f"more than {MOST_BYTES >> 20} MiB"
    if any(text.count(b"[[") > MOST_OPEN and _most_open(text) > MOST_OPEN for text in texts):
        return f"more than {MOST_OPEN:,} `[[` inside of each other"
    if 2 * size <= MOST_PIECES:  # a byte makes two pieces, or one mark, at most
        return ""
    if sum(text.count(mark) for text in texts for mark in _MARKS_OF_OURS) > MOST_PIECES:
        return f"more than {MOST_PIECES:,} marks of highlights, comments, formulas and tags"
    pieces = chain.from_iterable(parse(text, wiki_links=True) for text in texts)
    if next(islice(pieces, MOST_PIECES, None), None):
        return f"more than {MOST_PIECES:,} words, marks and blocks"
    return ""


def _most_open(text: bytes) -> int:
    depth = most = 0
    steps = {b"[[": 1, b"]]": -1}
    for bracket in _BRACKETS.finditer(text):
        depth = max(0, depth + steps.get(bracket[0], 0))
        most = max(most, depth)
    return most


def excess_read(reader: Reader) -> str:
    """What a note turned out to have too much of; empty if a page can show it."""
    return next(_excesses(reader), "")


def _excesses(reader: Reader) -> Iterator[str]:
    size = len(reader.source.text)
    counts = {
        "links": len(reader.links),
        "headings": len(reader.headings),
        "tags": len(reader.tags),
        "blocks of code": len(reader.fences),
        "formulas": len(reader.formulas),
        "footnotes": len(reader.footnotes) + reader.source.text.count(b"^["),
        "bold paragraphs with blanks within their marks": len(reader.spaced_bold),
    }
    if sum(len(event.data) for event in reader.formulas) > MOST_LATEX:
        yield f"more than {MOST_LATEX:,} characters of formulas"
    if len(reader.flagged) > MOST_FLAGS:
        yield f"more than {MOST_FLAGS:,} flags"
    different = tuple({tag.name for tag in reader.tags})
    if len(first_tags(different)) < len(different):
        yield f"more than {MOST_TAGS:,} different tags"
    most = max(MOST_OF_A_KIND, size // BYTES_FOR_EACH)
    yield from (f"more than {most:,} {kind}" for kind, count in counts.items() if count > most)
    together = max(MOST_TOGETHER, size // BYTES_FOR_EACH_TOGETHER)
    if sum(counts.values()) > together:
        yield f"more than {together:,} links, headings, tags and the like"


def as_written(note: Note) -> Iterator[Edit]:
    """The edits that show a note as one block of code, if that is what becomes of it."""
    if note.is_as_written:
        text = note.source.text
        fence = "`" * max(3, 1 + max(map(len, _MARKS.findall(text)), default=0))
        yield Edit.insertion(note.front_matter.body, f"{fence}\n", _FEATURE)
        yield Edit.insertion(len(text), f"\n{fence}\n", _FEATURE)
