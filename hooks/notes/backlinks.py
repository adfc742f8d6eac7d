"""Backlinks: who links to a note, each with its sentence. In: all links. Out: CommonMark for the foot of a page.

Grouped by note, without JavaScript; not from code or comments; a link to oneself counts not.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from commonmark.marks import BACKLINKS
from notes.note import Note
from notes.outgoing import Outgoing
from notes.sentences import Quote, quotes
from notes.source import NotePath
from notes.writing import encoded, escaped, link, relative_address

MOST_NOTES = 80
"""A page's foot quotes so many notes …"""
MOST_SENTENCES = 3
"""… with so many sentences of each, more if they are few, …"""
MOST_TITLES = 200
"""… names so many more, and of the others it says how many they are."""


class Backlink(NamedTuple):
    """One link to a note."""

    source: Note
    quote: Quote


def backlinks(
    outgoing: Mapping[NotePath, Sequence[Outgoing]], notes: Mapping[NotePath, Note]
) -> Mapping[str, Sequence[Backlink]]:
    """The links to each note from other notes, in the order in which these are given."""
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
    groups = list(by_note.values())
    most = max(MOST_SENTENCES, MOST_NOTES // len(groups))
    blocks = [block for group in groups[:MOST_NOTES] for block in _group(group, host, most)]
    titles = [_title(group[0].source, host) for group in groups[MOST_NOTES : MOST_NOTES + MOST_TITLES]]
    rest = len(groups) - MOST_NOTES - MOST_TITLES
    if titles:
        blocks.append(", ".join(titles) + (f" and {rest} more." if rest > 0 else ""))
    return "\n\n".join((BACKLINKS, "**Linked from**", *blocks, "</aside>\n"))


def _quoted(note: Note, links: Sequence[Outgoing]) -> Iterator[tuple[str, Backlink]]:
    for outgoing, words in zip(links, quotes(note, [outgoing.link for outgoing in links]), strict=True):
        yield outgoing.path, Backlink(note, words)


def _group(links: Sequence[Backlink], host: str, most: int) -> Iterator[str]:
    yield _title(links[0].source, host)
    # Two links of one sentence are one quotation.
    sentences: dict[str, Quote] = {}
    for backlink in links:
        words = backlink.quote
        if sentence := f"{words.before}{words.link}{words.after}".strip():
            sentences.setdefault(sentence, words)
    for words in islice(sentences.values(), most):
        marked = f"<mark>{escaped(words.link)}</mark>" if words.link else ""
        yield f"> {glued(words, marked)}"


def _title(source: Note, host: str) -> str:
    return link(source.title, relative_address(encoded(source.path), host))


def glued(words: Quote, marked: str) -> str:
    """A sentence with its link marked, as CommonMark. Blanks beside the link stay as they are in the sentence."""
    before = escaped(words.before) + (" " if words.before[-1:].isspace() else "")
    after = (" " if words.after[:1].isspace() else "") + escaped(words.after)
    return f"{before}{marked}{after}".strip()
