"""The review page: all that waits for the author, grouped by note. In: a site. Out: CommonMark."""

from collections.abc import Iterator
from urllib.parse import quote

from notes import diagrams
from notes.drawings import Drawing
from notes.note import Heading, Note
from notes.review import Flag, heading_trails
from notes.site import Site
from notes.writing import card, count, encoded, escaped, link, relative_address

TITLE = "Review"
DESCRIPTION = "Passages, sections and notes that wait for the author."


def markdown(site: Site) -> str:
    """The whole page."""
    blocks = [_summary(site), *_flags(site), *_empty_sections(site), *_wanted(site), *_drawings(site)]
    return "\n\n".join(blocks) + "\n"


def _summary(site: Site) -> str:
    if not site.flag_count:
        return "Nothing waits for review."
    notes = sum(1 for flags in site.flags.values() if flags)
    waits = "waits" if site.flag_count == 1 else "wait"
    return f"{count(site.flag_count, 'passage', 'passages')} in {count(notes, 'note', 'notes')} {waits} for review."


def _flags(site: Site) -> Iterator[str]:
    for path, flags in site.flags.items():
        if flags:
            yield f"## {escaped(site.vault.notes[path].title)}"
            yield from (_card(site, flag) for flag in flags)


def _card(site: Site, flag: Flag) -> str:
    trail = " › ".join(heading.text for heading in flag.trail) or flag.note.title
    address = f"{_address(site, flag.note)}#{quote(flag.id)}"
    reason = f" – {escaped(flag.reason)}" if flag.reason else ""
    facts = [f"line {flag.line}", *_edit_link(site, flag.note, flag.line)]
    return card(
        f"flag-{flag.id}",
        f"**{link(trail, address)}**",
        f"> {escaped(flag.excerpt)}" if flag.excerpt else "",
        f"{escaped(flag.label.label)}{reason} · {escaped(flag.note.path)}, {' · '.join(facts)}",
    )


def _address(site: Site, note: Note) -> str:
    return relative_address(encoded(note.path), site.special.review)


def _edit_link(site: Site, note: Note, line: int) -> Iterator[str]:
    if site.settings.edit:
        yield f"[Edit]({site.settings.edit}{encoded(note.path)}#L{line})"


def _empty_sections(site: Site) -> Iterator[str]:
    items = [
        f"- {link(_trail(heading, note), _address(site, note) + '#' + quote(heading.id))}"
        for note in site.vault.notes.values()
        for heading in note.headings
        if heading.is_empty
    ]
    if items:
        yield "## Sections that are not written yet"
        yield "\n".join(items)


def _trail(heading: Heading, note: Note) -> str:
    trail = heading_trails(other for other in note.headings if other.start <= heading.start)[-1]
    return " › ".join((note.title, *(above.text for above in trail)))


def _wanted(site: Site) -> Iterator[str]:
    if site.wanted:
        yield "## Notes that are wanted"
        page = relative_address(encoded(site.special.wanted), site.special.review)
        yield "\n".join(f"- {link(entry.name, f'{page}#{entry.id}')}" for entry in site.wanted.values())


def _drawings(site: Site) -> Iterator[str]:
    items = [
        _drawing(site, drawing, drawing.reading)
        for drawings in site.drawings.values()
        for drawing in drawings
        if isinstance(drawing.reading, diagrams.Declined)
    ]
    if items:
        yield "## Drawings that stay as drawn"
        yield "\n".join(items)


def _drawing(site: Site, drawing: Drawing, declined: diagrams.Declined) -> str:
    at = drawing.position
    label = f"{drawing.note.title} › {drawing.title}"
    place = f"line {at.line}, column {at.column}"
    return f"- {link(label, _address(site, drawing.note))}, {place}: {escaped(declined.reason)}"
