"""The page of the wanted notes: each missing name, who asks for it and with which sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote

from notes import near
from notes.backlinks import glued
from notes.names import is_note
from notes.note import Note
from notes.order import by_name
from notes.settings import Settings
from notes.site import Site
from notes.source import NotePath
from notes.trails import Trails, heading_trails, trail_at, trail_text
from notes.wanted import Request, Wanted
from notes.writing import card, count, encoded, escaped, form, link, relative_address

TITLE = "Wanted notes"
DESCRIPTION = "Notes that others link to and nobody has written yet."

MOST_CARDS = 50
"""So many names, those asked for most often, have a card; …"""
MOST_PLACES = 50
"""… of so many others it says who asks first; the rest are names alone, as more of them nobody reads."""
MOST_SENTENCES = 10
"""A card quotes so many of the sentences that ask for its note, …"""
MOST_QUOTED = 80
"""… or fewer, so that the page quotes no more in all."""
MOST_ORPHANS = 100
"""So many notes that no note links to."""

_EDIT = re.compile(r"(?<=[/_])edit(?=/)")
"""What GitHub, GitLab (`-/edit/`) and Gitea (`_edit/`) write where they have `new` for a new file."""

TrailsByNote = Mapping[NotePath, Trails]
"""Of each note that asks."""


def markdown(site: Site) -> str:
    """The whole page."""
    by_demand = sorted(site.wanted, key=lambda name: -len(site.wanted[name].requests))
    bounds = (0, MOST_CARDS, MOST_CARDS + MOST_PLACES, len(by_demand))
    cards, listed, names = (
        [site.wanted[name] for name in sorted(by_demand[start:end], key=by_name)] for start, end in pairwise(bounds)
    )
    written = near.names(note.name for path, note in site.vault.notes.items() if is_note(path))
    trails = _trails(cards + listed)
    most = _most_sentences(cards)
    blocks = [DESCRIPTION, *(_card(site, entry, trails, written.close_to(entry.name), most) for entry in cards)]
    if not cards:
        blocks.append("Every link leads to a note.")
    blocks.append("\n".join(_item(site, entry, trails) for entry in listed))
    blocks.append(", ".join(_anchor(entry) for entry in names))
    return "\n\n".join(filter(None, (*blocks, *_orphans(site)))) + "\n"


def _most_sentences(cards: Sequence[Wanted]) -> int:
    for most in range(MOST_SENTENCES, 1, -1):
        if sum(min(most, len(entry.requests)) for entry in cards) <= MOST_QUOTED:
            return most
    return 1


def _orphans(site: Site) -> Iterator[str]:
    orphans = list(site.orphans())
    if orphans:
        items = [f"- {link(site.listed(note), _address(site, note))}" for note in orphans[:MOST_ORPHANS]]
        if len(orphans) > MOST_ORPHANS:
            items.append(f"- … and {len(orphans) - MOST_ORPHANS} more")
        yield "## Notes that no note links to"
        # Whoever searches for a title wants its note.
        yield "\n\n".join(("<div data-search-exclude>", "\n".join(items), "</div>"))


def _trails(entries: Sequence[Wanted]) -> TrailsByNote:
    asking = {request.note.path: request.note for entry in entries for request in entry.requests}
    return {path: heading_trails(note.headings) for path, note in asking.items()}


def _card(site: Site, entry: Wanted, trails: TrailsByNote, close: Sequence[str], most: int) -> str:
    return card(
        entry.id,
        f"## {escaped(entry.name)}",
        "<div data-search-exclude>",  # whoever searches for words of these sentences wants the notes that they are in
        *_requests(site, entry, trails, most),
        f"Similar names: {', '.join(escaped(name) for name in close)}." if close else "",
        " · ".join(_ways_to_it(site, entry)),
        "</div>",
    )


def _item(site: Site, entry: Wanted, trails: TrailsByNote) -> str:
    return f"- {_anchor(entry)}: {_place(site, entry.requests[0], trails)}"


def _anchor(entry: Wanted) -> str:
    return f'<span id="{entry.id}">{escaped(entry.name)}</span>'


def _requests(site: Site, entry: Wanted, trails: TrailsByNote, most: int) -> Iterator[str]:
    for request in entry.requests[:most]:
        # As HTML: asterisks right beside a letter and a bracket would not be emphasis.
        sentence = glued(request.quote, f"<strong>{escaped(request.quote.link)}</strong>")
        yield f"> {sentence}"
        yield f"Asked for in {_place(site, request, trails)}."
    if len(entry.requests) > most:
        yield f"And {count(len(entry.requests) - most, 'more time', 'more times')}."


def _place(site: Site, request: Request, trails: TrailsByNote) -> str:
    note, start = request.note, request.link.link.start
    line = note.source.position(start).line
    trail = trail_at(note, trails[note.path], start)
    fragment = f"#{quote(trail[-1].id)}" if trail else ""
    return f"{link(trail_text(note, trail), _address(site, note) + fragment)}, line {line}"


def _address(site: Site, note: Note) -> str:
    return relative_address(encoded(note.path), site.special.wanted)


def _ways_to_it(site: Site, entry: Wanted) -> Iterator[str]:
    """To the repository's editor with a new note, and to its form for those who would rather ask."""
    if editor := _editor(site.settings):
        yield f"[Write this note]({editor}?filename={quote(entry.name + '.md', safe='')})"
    if site.settings.repository:
        fields = {"title": f"Wanted: {entry.name}", "note": entry.name}
        yield f"[Say what it should answer]({form(site.settings.repository, 'wanted', fields)})"


def _editor(settings: Settings) -> str:
    """The address at which the repository's editor starts a note; empty if what opens one is no such editor."""
    edit = settings.edit.rstrip("/")
    found = _EDIT.search(edit, len(settings.repository) if edit.startswith(settings.repository) else 0)
    return f"{edit[: found.start()]}new{edit[found.end() :]}" if found else ""
