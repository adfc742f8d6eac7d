"""The home page, made from the notes where the folder has none of its own. In: a site. Out: CommonMark."""

from collections.abc import Iterator

from notes.note import Note
from notes.review import flag_tags
from notes.sentences import first_sentence
from notes.site import Site
from notes.writing import count, encoded, escaped, link

TITLE = "Home"


def markdown(site: Site) -> str:
    """The whole page."""
    return "\n\n".join((*_about(site), *_notes(site), *_waiting(site), _guide(site))) + "\n"


def _guide(site: Site) -> str:
    writing, drawing = (encoded(path) for path in site.special.guides)
    return f"How to add to them: [writing notes]({writing}), [drawing diagrams]({drawing})."


def _about(site: Site) -> Iterator[str]:
    yield f"# {escaped(site.settings.name)}"
    if site.settings.description:
        yield escaped(site.settings.description)


def _notes(site: Site) -> Iterator[str]:
    yield "## Notes"
    if not site.vault.notes:
        yield "There are no notes yet."
        return
    yield "\n".join(_item(site, note) for note in site.vault.notes.values())


def _item(site: Site, note: Note) -> str:
    sentence = first_sentence(note, flag_tags(note, site.settings.labels))
    about = f" – {escaped(sentence)}" if sentence else ""
    return f"- {link(note.title, encoded(note.path))}{about}"


def _waiting(site: Site) -> Iterator[str]:
    items = []
    if site.wanted:
        names = ", ".join(link(entry.name, f"{site.special.wanted}#{entry.id}") for entry in site.wanted.values())
        items.append(
            f"- {link(count(len(site.wanted), 'note is', 'notes are') + ' wanted', site.special.wanted)}: {names}"
        )
    if site.flag_count:
        waits = count(site.flag_count, "passage waits", "passages wait")
        items.append(f"- {link(f'{waits} for review', site.special.review)}")
    if items:
        yield "## What waits"
        yield "\n".join(items)
