"""The review pages: all that waits for the author. In: a site and a part of its flags. Out: CommonMark.

The first page also has what else waits and what was resolved; a list is as long as a reader reads, the data has all.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from notes.drawings import Drawing
from notes.history import Resolved
from notes.history.patches import Author
from notes.history.standing import Since, Untold
from notes.note import Note
from notes.review import Flag
from notes.site import Site
from notes.trails import Trail, trail_text
from notes.worklist import MOST_CARDS, Part
from notes.writing import card, count, encoded, escaped, form, link, relative_address

TITLE = "Review"
DESCRIPTION = "Passages, sections and notes that wait for the author."

MOST = 30
"""A list shows so many; the data has all."""
MOST_WHOLE = 2 * MOST_CARDS
"""On a page of more cards than these, each is a line, and the data has the rest: nobody reads them all."""


def title(part: Part) -> str:
    """The title of a part's page."""
    label = f": {part.label.label}" if part.label else ""
    return f"{TITLE}{label}" + (f", part {part.number}" if part.number > 1 else "")


def markdown(site: Site, part: Part) -> str:
    """A whole page."""
    flags = (*_labels(site, part), *_flags(site, part), *_numbers(site, part))
    if not part.is_first:
        return "\n\n".join(flags) + "\n"
    blocks = (
        *(_summary(site), *flags, *_empty_sections(site), *_wanted(site)),
        *(*_orphans(site), *_drawings(site), *_resolved(site), _elsewhere(site)),
    )
    return "\n\n".join(blocks) + "\n"


def _summary(site: Site) -> str:
    sentences = [_waiting(site)]
    days = [since.day for since in site.since.values() if isinstance(since, Author)]
    if days:
        sentences.append(f"The oldest flag is from {min(days)}.")
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
    special = site.special
    data, schema, feed = (_address(site, path) for path in (special.data, special.schema, special.feed))
    for_programs = f"[data for programs]({data}), with its [schema]({schema})"
    return f"This list is also available as {for_programs}, and as a [feed]({feed})."


def _labels(site: Site, here: Part) -> Iterator[str]:
    """Links to the flags of each label; no script is needed, and with one label no choice."""
    firsts = [part for part in site.special.parts if part.number == 1]
    if len(firsts) > 1:
        links = (_labelled_link(site, part, here) for part in firsts)
        yield f'<nav class="choice" aria-label="Labels">\n\n{" ".join(links)}\n\n</nav>'
    if here.label and here.label.description and here.number == 1:
        yield escaped(here.label.description)


def _labelled_link(site: Site, part: Part, here: Part) -> str:
    flags = sum(len(other.flags) for other in site.special.parts if other.label == part.label)
    name = part.label.label if part.label else "all"
    return _choice(f"{name} ({flags})", part, here, is_chosen=part.label == here.label)


def _numbers(site: Site, here: Part) -> Iterator[str]:
    parts = [part for part in site.special.parts if part.label == here.label]
    if len(parts) > 1:
        links = (_choice(str(part.number), part, here, is_chosen=part == here) for part in parts)
        yield f'<nav class="choice" aria-label="Parts">\n\n{" ".join(links)}\n\n</nav>'


def _choice(name: str, part: Part, here: Part, *, is_chosen: bool) -> str:
    return f"**{escaped(name)}**" if is_chosen else link(name, relative_address(encoded(part.path), here.path))


def _flags(site: Site, part: Part) -> Iterator[str]:
    if is_brief := len(part.flags) > MOST_WHOLE:
        address = relative_address(encoded(site.special.data), part.path)
        yield f"There are too many to show in full; the [data]({address}) has all that is known of them."
    make = _line if is_brief else _card
    for path, flags in groupby(part.flags, lambda flag: flag.note.path):
        yield f"## {escaped(site.listed(site.vault.notes[path]))}"
        yield from (make(site, flag, part.path) for flag in flags)


def _line(site: Site, flag: Flag, here: str) -> str:
    """A card with the least that leads on."""
    return card(site.cards[flag.key].id, f"{_passage(flag, here)} · {_named(flag)}")


def _passage(flag: Flag, here: str) -> str:
    trail = " › ".join(heading.text for heading in flag.trail) or flag.note.title
    return f"**{link(trail, f'{relative_address(encoded(flag.note.path), here)}#{quote(flag.id)}')}**"


def _named(flag: Flag) -> str:
    return f"{_labelled(flag.label.label, flag.reason)} · {escaped(flag.note.path)}, line {flag.line}"


def _card(site: Site, flag: Flag, here: str) -> str:
    facts = (
        _named(flag),
        _since(site.since_of(flag)),
        *_edit_link(site, flag.note, flag.line),
        *_suggest_link(site, flag),
    )
    excerpt = f"> {escaped(flag.excerpt)}" if flag.excerpt else ""
    return card(site.cards[flag.key].id, _passage(flag, here), excerpt, " · ".join(facts))


def _labelled(label: str, reason: str) -> str:
    return f"{escaped(label)} – {escaped(reason)}" if reason else escaped(label)


def _since(since: Since) -> str:
    match since:
        case Untold.NOT_COMMITTED:
            return "not committed yet"
        case Untold.UNKNOWN:
            return "date unknown"
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
        "title": f"Better words: {trail_text(flag.note, flag.trail)}",
        "page": flag.note.path,
        "section": flag.trail[-1].text if flag.trail else "",
        "line": str(flag.line),
        "commit": site.history.commit,
        "problem": flag.excerpt,
    }
    yield f"[Suggest a wording]({form(site.settings.repository, 'problem', fields)})"


def _list(site: Site, heading: str, items: Iterable[str], introduction: str = "") -> Iterator[str]:
    """A heading and so many items as a reader reads; nothing where there is none."""
    lines = [f"- {item}" for item in items]
    if lines:
        yield f"## {heading}"
        if introduction:
            yield introduction
        yield "\n".join(lines[:MOST])
        if len(lines) > MOST:
            address = _address(site, site.special.data)
            yield f"And {len(lines) - MOST} more, all of them in the [data]({address})."


def _empty_sections(site: Site) -> Iterator[str]:
    items = (_section(site, note, trail) for note, trail in site.empty_sections())
    yield from _list(site, "Sections that are not written yet", items)


def _section(site: Site, note: Note, trail: Trail) -> str:
    return link(trail_text(note, trail), f"{_address(site, note.path)}#{quote(trail[-1].id)}")


def _wanted(site: Site) -> Iterator[str]:
    page = _address(site, site.special.wanted)
    items = (link(entry.name, f"{page}#{entry.id}") for entry in site.wanted.values())
    yield from _list(site, "Notes that are wanted", items)


def _orphans(site: Site) -> Iterator[str]:
    items = (link(site.listed(note), _address(site, note.path)) for note in site.orphans())
    yield from _list(site, "Notes that no note links to", items)


def _drawings(site: Site) -> Iterator[str]:
    items = (f"{_drawing(site, drawing)}: {escaped(declined.reason)}" for drawing, declined in site.undrawn())
    guide = relative_address(encoded(site.special.guides[1]), site.special.review)
    about = f"What is read, and how to find out why a drawing is not: [Drawing diagrams]({guide})."
    yield from _list(site, "Drawings that stay as drawn", items, about)


def _drawing(site: Site, drawing: Drawing) -> str:
    at = drawing.position
    label = " › ".join(dict.fromkeys((site.listed(drawing.note), drawing.title)))
    return f"{link(label, _address(site, drawing.note.path))}, line {at.line}, column {at.column}"


def _resolved(site: Site) -> Iterator[str]:
    yield from _list(site, "Resolved", (_resolved_flag(site, flag) for flag in site.history.resolved))


def _resolved_flag(site: Site, flag: Resolved) -> str:
    place = link(site.listed(site.vault.notes[flag.path]), _address(site, flag.path))
    excerpt = f": “{escaped(flag.excerpt)}”" if flag.excerpt else ""
    return (
        f"{place}{excerpt} – {_labelled(flag.label.label, flag.reason)}, {_since(flag.since)}, resolved {_by(flag.by)}"
    )
