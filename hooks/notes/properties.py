"""Properties: the links among them. In: a note, and what its links lead to. Out: CommonMark for the foot of its page.

Source of the rules: Obsidian's help, "Properties"; its other kinds of properties are left to Obsidian.
"""

from collections import defaultdict
from collections.abc import Iterable

from commonmark.marks import PROPERTIES
from notes.edits import Edit
from notes.note import Note
from notes.writing import escaped


def foot(note: Note, links: Iterable[Edit]) -> str:
    """The element at the foot of the note's page: each property with its links; empty if it has none.

    `links` are the edits that turn links into CommonMark.
    """
    names = {link.end: name for name, link in note.property_links}
    shown: dict[str, list[str]] = defaultdict(list)
    for edit in links:
        # A `!` before one, as a drawing's texts may have, is a part of the edit.
        shown[names[edit.end]].append(edit.text.decode().removeprefix("\\!"))
    lines = [f"**{escaped(name)}:** {', '.join(words)}" for name, words in shown.items()]
    return "\n\n".join((PROPERTIES, *lines, "</div>")) if lines else ""
