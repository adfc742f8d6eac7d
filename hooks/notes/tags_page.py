"""The page of the tags: each tag and the notes that bear it. In: a site. Out: CommonMark."""

from notes.site import Site
from notes.tags import TagEntry
from notes.writing import card, encoded, escaped, link, relative_address

TITLE = "Tags"
DESCRIPTION = "The notes by their tags."


def markdown(site: Site) -> str:
    """The whole page."""
    return "\n\n".join((DESCRIPTION, *(_card(site, entry) for entry in site.tags.values()))) + "\n"


def _card(site: Site, entry: TagEntry) -> str:
    notes = (link(note.title, relative_address(encoded(note.path), site.special.tags)) for note in entry.notes)
    return card(entry.id, f"## \\#{escaped(entry.name)}", "\n".join(f"- {note}" for note in notes))
