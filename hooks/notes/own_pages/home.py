"""The home page, made from the notes where the folder has none of its own. In: a site. Out: CommonMark."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from notes.note import Note
from notes.order import by_name
from notes.sentences import first_sentence
from notes.site import Site
from notes.writing import count, encoded, escaped, link

TITLE = "Home"

MOST_SENTENCES = 200
"""So many notes are told by their first sentence; more would make a page that nobody waits for."""
MOST_TITLES = 600
"""So many titles stand here where there are more notes."""
MOST_CHANGED = 10
"""So many of the notes that were changed last."""
MOST_WANTED = 50
"""So many names of wanted notes."""


def markdown(site: Site) -> str:
    """The whole page."""
    return "\n\n".join((*_about(site), *_notes(site), *_changed(site), *_waiting(site), _guide(site))) + "\n"


def _guide(site: Site) -> str:
    writing, drawing = (encoded(path) for path in site.special.guides)
    return f"How to add to them: [writing notes]({writing}), [drawing diagrams]({drawing})."


def _about(site: Site) -> Iterator[str]:
    yield f"# {escaped(site.settings.name)}"
    if site.settings.description:
        yield escaped(site.settings.description)


def _notes(site: Site) -> Iterator[str]:
    yield "## Notes"
    if not site.notes:
        yield "There are no notes yet."
    elif len(site.notes) <= MOST_SENTENCES:
        yield "\n".join(_item(site, note) for note in site.notes)
    else:
        yield from _by_folder(site)


def _by_folder(site: Site) -> Iterator[str]:
    """Titles alone, and of each folder only the first: the navigation has them all."""
    folders: dict[str, list[Note]] = defaultdict(list)
    for note in site.notes:
        folders[note.path.rpartition("/")[0].partition("/")[0]].append(note)
    most = max(1, MOST_TITLES // len(folders))
    for folder, group in islice(sorted(folders.items(), key=lambda named: by_name(named[0])), MOST_TITLES):
        if folder:
            yield f"### {escaped(folder)}"
        titles = "\n".join(f"- {link(site.listed(note), encoded(note.path))}" for note in group[:most])
        yield f"{titles}\n- … and {len(group) - most} more" if len(group) > most else titles


def _item(site: Site, note: Note) -> str:
    sentence = first_sentence(note)
    about = f" – {escaped(sentence)}" if sentence else ""
    return f"- {link(site.listed(note), encoded(note.path))}{about}"


def _changed(site: Site) -> Iterator[str]:
    """The notes that were changed last, the newest first; of one day, in their own order."""
    days = {path: days.changed for path, days in site.history.days.items()}
    newest = sorted((note for note in site.notes if note.path in days), key=lambda note: days[note.path], reverse=True)
    if newest:
        yield "## What changed lately"
        changed = ((link(site.listed(note), encoded(note.path)), days[note.path]) for note in newest[:MOST_CHANGED])
        yield "\n".join(f"- {title}, {day}" for title, day in changed)


def _waiting(site: Site) -> Iterator[str]:
    items = []
    if site.wanted:
        first = islice(site.wanted.values(), MOST_WANTED)
        names = ", ".join(link(entry.name, f"{site.special.wanted}#{entry.id}") for entry in first)
        names += " …" if len(site.wanted) > MOST_WANTED else ""
        items.append(
            f"- {link(count(len(site.wanted), 'note is', 'notes are') + ' wanted', site.special.wanted)}: {names}"
        )
    if site.flag_count:
        waits = count(site.flag_count, "passage waits", "passages wait")
        items.append(f"- {link(f'{waits} for review', site.special.review)}")
    if items:
        yield "## What waits"
        yield "\n".join(items)
