"""Wanted notes: what notes link to and no one has written. In: all links. Out: one entry for each name.

A link to a note that nobody has written leads to its entry.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commonmark.marks import WANTED_PREFIX
from notes.addresses import free, ids_of_headings, slug
from notes.note import Note
from notes.order import by_name
from notes.outgoing import Outgoing, is_wanted, wanted_key, wanted_name
from notes.sentences import Quote, quotes
from notes.source import NotePath


@dataclass(frozen=True, slots=True)
class Request:
    """One link that asks for a note."""

    note: Note
    link: Outgoing
    quote: Quote


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note that is not written yet."""

    name: str
    """As most links write it."""
    id: str
    """Of its entry on the page: `WANTED_PREFIX` and a slug."""
    requests: tuple[Request, ...]


def wanted_notes(
    outgoing: Mapping[NotePath, Sequence[Outgoing]], notes: Mapping[NotePath, Note]
) -> Mapping[str, Wanted]:
    """Each missing name, by `wanted_key`, in the alphabet's order."""
    asked: dict[str, list[Request]] = defaultdict(list)
    for path, links in outgoing.items():
        missing = [link for link in links if is_wanted(link)]
        if missing:
            for key, request in _requests(notes[path], missing):
                asked[key].append(request)
    used = ids_of_headings(asked)
    return {key: _entry(asked[key], used) for key in sorted(asked, key=by_name)}


def _requests(note: Note, links: Sequence[Outgoing]) -> Iterable[tuple[str, Request]]:
    for link, words in zip(links, quotes(note, [link.link for link in links]), strict=True):
        yield wanted_key(link.name), Request(note, link, words)


def _entry(requests: Sequence[Request], used: dict[str, int]) -> Wanted:
    spellings = Counter(wanted_name(request.link.name) for request in requests)
    name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    return Wanted(name, free(f"{WANTED_PREFIX}{slug(name)}", used), tuple(requests))
