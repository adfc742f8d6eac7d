"""The review page: all that waits for the author, grouped by note. In: a site. Out: CommonMark."""

import html
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import quote, urlencode

from notes.drawings import Drawing
from notes.history import Resolved
from notes.note import Heading, Note
from notes.patches import Author
from notes.review import Flag, trail_text
from notes.site import Site
from notes.trail import Since, Untold
from notes.writing import card, count, encoded, escaped, link, relative_address

TITLE = "Review"
DESCRIPTION = "Passages, sections and notes that wait for the author."

MOST_RESOLVED = 100
"""The page shows the newest of them; the data has them all."""

_LONGEST = 200
"""Characters of a note's text that a form's address carries."""


def markdown(site: Site) -> str:
    """The whole page."""
    blocks = (
        *(_summary(site), *_by_label(site), *_flags(site), *_empty_sections(site), *_wanted(site)),
        *(*_orphans(site), *_drawings(site), *_resolved(site), _elsewhere(site)),
    )
    return "\n\n".join(blocks) + "\n"


def _summary(site: Site) -> str:
    sentences = [_waiting(site)]
    days = [since.day for since in site.since.values() if isinstance(since, Author)]
    if days:
        sentences.append(f"The oldest flag is of {min(days)}.")
    if site.history.resolved:
        was = "was" if len(site.history.resolved) == 1 else "were"
        sentences.append(f"{count(len(site.history.resolved), 'flag', 'flags')} {was} resolved.")
    return " ".join(sentences)


def _waiting(site: Site) -> str:
    if not site.flag_count:
        return "Nothing waits for review."
    notes = sum(1 for flags in site.flags.values() if flags)
    waits = "waits" if site.flag_count == 1 else "wait"
    return f"{count(site.flag_count, 'passage', 'passages')} in {count(notes, 'note', 'notes')} {waits} for review."


def _elsewhere(site: Site) -> str:
    data, feed = (
        relative_address(encoded(path), site.special.review) for path in (site.special.data, site.special.feed)
    )
    return f"This list is also there [for programs]({data}) and as a [feed]({feed})."


def _by_label(site: Site) -> Iterator[str]:
    """The flags of each label, to unfold; no script is needed, and with one label no choice."""
    labels = {flag.label.label: flag.label for flags in site.flags.values() for flag in flags}
    if len(labels) > 1:
        yield "## By label"
        for name in sorted(labels):
            flags = [flag for flags in site.flags.values() for flag in flags if flag.label.label == name]
            summary = html.escape(f"{name} ({len(flags)})", quote=False)
            items = "\n".join(f"- {link(trail_text(flag.note, flag.trail), '#' + _card_id(flag))}" for flag in flags)
            description = escaped(labels[name].description)
            yield "\n\n".join(
                filter(None, (f"<details>\n<summary>{summary}</summary>", description, items, "</details>"))
            )


def _flags(site: Site) -> Iterator[str]:
    for path, flags in site.flags.items():
        if flags:
            yield f"## {escaped(site.vault.notes[path].title)}"
            yield from (_card(site, flag) for flag in flags)


def _card(site: Site, flag: Flag) -> str:
    trail = " › ".join(heading.text for heading in flag.trail) or flag.note.title
    address = f"{_address(site, flag.note.path)}#{quote(flag.id)}"
    facts = (
        f"{_labelled(flag.label.label, flag.reason)} · {escaped(flag.note.path)}, line {flag.line}",
        _since(site.since_of(flag)),
        *_edit_link(site, flag.note, flag.line),
        *_suggest_link(site, flag),
    )
    excerpt = f"> {escaped(flag.excerpt)}" if flag.excerpt else ""
    return card(_card_id(flag), f"**{link(trail, address)}**", excerpt, " · ".join(facts))


def _card_id(flag: Flag) -> str:
    return f"flag-{flag.id}"


def _labelled(label: str, reason: str) -> str:
    return f"{escaped(label)} – {escaped(reason)}" if reason else escaped(label)


def _since(since: Since) -> str:
    match since:
        case Untold.NOT_COMMITTED:
            return "not committed yet"
        case Untold.UNKNOWN:
            return "since when: unknown"
        case author:
            return f"since {_by(author)}"


def _by(author: Author) -> str:
    return f"{author.day} by {escaped(author.name)}" if author.name else author.day


def _address(site: Site, path: str) -> str:
    return relative_address(encoded(path), site.special.review)


def _edit_link(site: Site, note: Note, line: int) -> Iterator[str]:
    if site.settings.edit:
        yield f"[Edit]({site.settings.edit}{encoded(note.path)}#L{line})"


def _suggest_link(site: Site, flag: Flag) -> Iterator[str]:
    """The repository's form for problems, filled in; its fields are those of the project's issue form."""
    if not site.settings.repository:
        return
    fields = {
        "template": "problem.yml",
        "title": f"Better words: {trail_text(flag.note, flag.trail)}"[:_LONGEST],
        "page": flag.note.path,
        "section": flag.trail[-1].text[:_LONGEST] if flag.trail else "",
        "line": str(flag.line),
        "commit": site.history.commit,
        "problem": flag.excerpt[:_LONGEST],
    }
    filled = urlencode({name: value for name, value in fields.items() if value}, quote_via=quote, safe="")
    yield f"[Suggest a wording]({site.settings.repository}/issues/new?{filled})"


def _empty_sections(site: Site) -> Iterator[str]:
    items = [f"- {_section(site, note, trail)}" for note, trail in site.empty_sections()]
    if items:
        yield "## Sections that are not written yet"
        yield "\n".join(items)


def _section(site: Site, note: Note, trail: Sequence[Heading]) -> str:
    return link(trail_text(note, trail), f"{_address(site, note.path)}#{quote(trail[-1].id)}")


def _wanted(site: Site) -> Iterator[str]:
    if site.wanted:
        yield "## Notes that are wanted"
        page = _address(site, site.special.wanted)
        yield "\n".join(f"- {link(entry.name, f'{page}#{entry.id}')}" for entry in site.wanted.values())


def _orphans(site: Site) -> Iterator[str]:
    items = [f"- {link(note.title, _address(site, note.path))}" for note in site.orphans()]
    if items:
        yield "## Notes that no note links to"
        yield "\n".join(items)


def _drawings(site: Site) -> Iterator[str]:
    items = [f"- {_drawing(site, drawing)}: {escaped(declined.reason)}" for drawing, declined in site.undrawn()]
    if items:
        yield "## Drawings that stay as drawn"
        address = relative_address(encoded(site.special.guides[1]), site.special.review)
        yield f"What is read, and how to find out why a drawing is not: [Drawing diagrams]({address})."
        yield "\n".join(items)


def _drawing(site: Site, drawing: Drawing) -> str:
    at = drawing.position
    label = f"{drawing.note.title} › {drawing.title}"
    return f"{link(label, _address(site, drawing.note.path))}, line {at.line}, column {at.column}"


def _resolved(site: Site) -> Iterator[str]:
    resolved = site.history.resolved
    if resolved:
        yield "## Resolved"
        yield "\n".join(f"- {_resolved_flag(site, flag)}" for flag in islice(resolved, MOST_RESOLVED))
    if len(resolved) > MOST_RESOLVED:
        yield f"And {len(resolved) - MOST_RESOLVED} before."


def _resolved_flag(site: Site, flag: Resolved) -> str:
    note = site.vault.notes.get(flag.path)
    place = link(note.title, _address(site, flag.path)) if note else escaped(flag.path)
    excerpt = f": “{escaped(flag.excerpt)}”" if flag.excerpt else ""
    return (
        f"{place}{excerpt} – {_labelled(flag.label.label, flag.reason)}, {_since(flag.since)}, resolved {_by(flag.by)}"
    )
