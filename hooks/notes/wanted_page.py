"""The page of the wanted notes: each missing name, who asks for it and with which sentence."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from notes import near
from notes.note import Heading, Note
from notes.review import heading_trails
from notes.site import Site
from notes.source import NotePath
from notes.wanted import Request, Wanted
from notes.writing import card, encoded, escaped, form, link, relative_address

TITLE = "Wanted notes"
DESCRIPTION = "Notes that others link to and nobody has written yet."

MOST_CARDS = 200
"""So many names, those asked for most often, have a card; more of them nobody reads: they are a list."""
MOST_SENTENCES = 10
"""A card quotes so many of the sentences that ask for its note."""

Trails = Mapping[NotePath, Sequence[Sequence[Heading]]]
"""For each heading of each note that asks: itself and those above, outermost first."""


def markdown(site: Site) -> str:
    """The whole page."""
    written = near.names(note.name for note in site.vault.notes.values())
    trails = _trails(site)
    by_demand = sorted(site.wanted, key=lambda name: -len(site.wanted[name].requests))
    first = set(by_demand[:MOST_CARDS])
    entries = [site.wanted[name] for name in site.wanted if name in first]
    others = [site.wanted[name] for name in site.wanted if name not in first]
    cards = [_card(site, entry, trails, written.close_to(entry.name)) for entry in entries]
    cards += ["\n".join(_item(site, entry, trails) for entry in others)] if others else []
    orphans = "\n".join(f"- {link(note.title, encoded(note.path))}" for note in site.orphans())
    blocks = [DESCRIPTION, *(cards or ["Every link leads to a note."])]
    if orphans:
        blocks += ["## Notes that no note links to", orphans]
    return "\n\n".join(blocks) + "\n"


def _trails(site: Site) -> Trails:
    asking = {request.note.path: request.note for entry in site.wanted.values() for request in entry.requests}
    return {path: heading_trails(note.headings) for path, note in asking.items()}


def _card(site: Site, entry: Wanted, trails: Trails, close: Sequence[str]) -> str:
    return card(
        entry.id,
        f"## {escaped(entry.name)}",
        *_requests(site, entry, trails),
        f"Names spelled much like it: {', '.join(escaped(name) for name in close)}." if close else "",
        " · ".join(_ways_to_it(site, entry)),
    )


def _item(site: Site, entry: Wanted, trails: Trails) -> str:
    return f'- <span id="{entry.id}">{escaped(entry.name)}</span>: {_place(site, entry.requests[0], trails)}'


def _requests(site: Site, entry: Wanted, trails: Trails) -> Iterator[str]:
    for request in entry.requests[:MOST_SENTENCES]:
        quote_of = request.quote
        sentence = f"{escaped(quote_of.before)} **{escaped(quote_of.link)}** {escaped(quote_of.after)}".strip()
        yield f"> {sentence}"
        yield f"Asked for in {_place(site, request, trails)}."
    if len(entry.requests) > MOST_SENTENCES:
        yield f"And {len(entry.requests) - MOST_SENTENCES} times more."


def _place(site: Site, request: Request, trails: Trails) -> str:
    note, start = request.note, request.link.link.start
    line = note.source.position(start).line
    above = bisect_right(note.headings, start, key=lambda heading: heading.start)
    trail = trails[note.path][above - 1] if above else ()
    label = " › ".join((note.title, *(heading.text for heading in trail)))
    fragment = f"#{quote(trail[-1].id)}" if trail else ""
    return f"{link(label, _address(site, note) + fragment)}, line {line}"


def _address(site: Site, note: Note) -> str:
    return relative_address(encoded(note.path), site.special.wanted)


def _ways_to_it(site: Site, entry: Wanted) -> Iterator[str]:
    """To the repository's editor with a new note, and to its form for those who would rather ask."""
    if site.settings.edit:
        editor = site.settings.edit.replace("/edit/", "/new/", 1).rstrip("/")
        yield f"[Write this note]({editor}?filename={quote(entry.name + '.md', safe='')})"
    if site.settings.repository:
        fields = {"title": f"Wanted: {entry.name}", "note": entry.name}
        yield f"[Say what it should answer]({form(site.settings.repository, 'wanted', fields)})"
