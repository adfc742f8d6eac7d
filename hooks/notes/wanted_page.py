"""The page of the wanted notes: each missing name, who asks for it and with which sentence."""

from collections.abc import Iterator
from urllib.parse import quote

from notes import near
from notes.review import heading_trails
from notes.site import Site
from notes.wanted import Request, Wanted
from notes.writing import card, encoded, escaped, link, relative_address

TITLE = "Wanted notes"
DESCRIPTION = "Notes that others link to and nobody has written yet."


def markdown(site: Site) -> str:
    """The whole page."""
    written = near.names(note.name for note in site.vault.notes.values())
    cards = [_card(site, entry, written.close_to(entry.name)) for entry in site.wanted.values()]
    orphans = "\n".join(f"- {link(note.title, encoded(note.path))}" for note in site.orphans())
    blocks = [DESCRIPTION, *(cards or ["Every link leads to a note."])]
    if orphans:
        blocks += ["## Notes that no note links to", orphans]
    return "\n\n".join(blocks) + "\n"


def _card(site: Site, entry: Wanted, close: tuple[str, ...]) -> str:
    return card(
        entry.id,
        f"## {escaped(entry.name)}",
        *_requests(site, entry),
        f"Names spelled much like it: {', '.join(escaped(name) for name in close)}." if close else "",
        _write_it(site, entry),
    )


def _requests(site: Site, entry: Wanted) -> Iterator[str]:
    for request in entry.requests:
        quote_of = request.quote
        sentence = f"{escaped(quote_of.before)} **{escaped(quote_of.link)}** {escaped(quote_of.after)}".strip()
        yield f"> {sentence}"
        yield f"Asked for in {_place(site, request)}."


def _place(site: Site, request: Request) -> str:
    note = request.note
    line = note.source.position(request.link.link.start).line
    trails = heading_trails(heading for heading in note.headings if heading.start < request.link.link.start)
    trail = trails[-1] if trails else ()
    label = " › ".join((note.title, *(heading.text for heading in trail)))
    fragment = f"#{quote(trail[-1].id)}" if trail else ""
    address = relative_address(encoded(note.path), site.special.wanted) + fragment
    return f"{link(label, address)}, line {line}"


def _write_it(site: Site, entry: Wanted) -> str:
    if not site.settings.edit:
        return ""
    form = site.settings.edit.replace("/edit/", "/new/", 1).rstrip("/")
    return f"[Write this note]({form}?filename={quote(entry.name + '.md', safe='')})"
