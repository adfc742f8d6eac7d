"""Titles: a first heading that says the note's title again. In: a note. Out: the edit that makes it the page's title.

The page would have the same words twice: Obsidian shows them so, and no reader wants them so.
"""

import re
from collections.abc import Iterator

from commonmark import marks
from commonmark.spans import within
from notes.boxes import BLANK
from notes.edits import Edit
from notes.names import TELLING, folded
from notes.note import Note

_OPENING = re.compile(rb"[ ]{0,3}#[ \t]+")


def title_edits(note: Note) -> Iterator[Edit]:
    """Mark the heading, unless it is the only one of the highest level; stage 2 asks whether it stands at the start."""
    first = note.headings[0] if note.headings else None
    if first is None or first.is_title or first.level > 1:
        return
    said = folded(first.text, TELLING)
    if not said or said != folded(note.title, TELLING):
        return
    if opening := _OPENING.match(note.source.text, first.start):
        yield Edit.insertion(opening.end(), marks.PAGE_TITLE, "titles")
    elif not within(note.comments, first.start):  # underlined: at a line's start, the mark would begin a block
        yield Edit.insertion(first.start, BLANK + marks.PAGE_TITLE, "titles")
