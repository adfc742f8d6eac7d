"""Backlinks: who links to a note, each with its sentence. In: all links. Out: CommonMark for the foot of a page.

Rule 18 of the links: grouped by note, without JavaScript; not from code or comments; a link to oneself counts not.
"""

import html
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notes.links import Outgoing
from notes.note import Note
from notes.sentences import Quote, quotes
from notes.source import NotePath
from notes.writing import encoded, escaped, link, relative_address

MOST_NOTES = 200
"""A page's foot quotes so many notes; of the others it says how many they are."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """One link to a note."""

    source: Note
    quote: Quote
    fragment: str
    """The heading under which it stands; may be empty."""


def backlinks(
    outgoing: Mapping[NotePath, Sequence[Outgoing]], notes: Mapping[NotePath, Note]
) -> Mapping[str, Sequence[Backlink]]:
    """The links to each note from other notes, in the order of their paths."""
    found: dict[str, list[Backlink]] = defaultdict(list)
    for path, links in outgoing.items():
        here = [link for link in links if link.path in notes and link.path != path]
        if here:
            for target, backlink in _quoted(notes[path], here):
                found[target].append(backlink)
    return found


def foot(links: Sequence[Backlink], host: str) -> str:
    """The element at the foot of the page of the note at `host`; empty if no note links to it."""
    if not links:
        return ""
    by_note: dict[NotePath, list[Backlink]] = defaultdict(list)
    for backlink in links:
        by_note[backlink.source.path].append(backlink)
    blocks = [block for group in list(by_note.values())[:MOST_NOTES] for block in _group(group, host)]
    if len(by_note) > MOST_NOTES:
        blocks.append(f"… and {len(by_note) - MOST_NOTES} more notes.")
    opening = '<aside class="backlinks" aria-label="Backlinks" data-search-exclude>'
    return "\n\n".join((opening, "**Linked from**", *blocks, "</aside>\n"))


def _quoted(note: Note, links: Sequence[Outgoing]) -> Iterator[tuple[str, Backlink]]:
    starts = [heading.start for heading in note.headings]
    for outgoing, words in zip(links, quotes(note, (outgoing.link for outgoing in links)), strict=True):
        above = bisect_right(starts, outgoing.link.start)
        yield outgoing.path, Backlink(note, words, note.headings[above - 1].id if above else "")


def _group(links: Sequence[Backlink], host: str) -> Iterator[str]:
    source = links[0].source
    yield link(source.title, relative_address(encoded(source.path), host))
    for words in dict.fromkeys(backlink.quote for backlink in links):
        marked = f"<mark>{html.escape(words.link)}</mark>" if words.link else ""
        yield f"> {_glued(words, marked)}"


def _glued(words: Quote, marked: str) -> str:
    """Blanks beside the link stay as they are in the sentence."""
    before = escaped(words.before) + (" " if words.before[-1:].isspace() else "")
    after = (" " if words.after[:1].isspace() else "") + escaped(words.after)
    return f"{before}{marked}{after}".strip()
