"""The pages of the tags: each tag and the notes that bear it. In: a site. Out: CommonMark."""

from notes.site import Site
from notes.tags import TagEntry
from notes.writing import card, encoded, escaped, link, relative_address

TITLE = "Tags"
DESCRIPTION = "The notes by their tags."


def markdown(site: Site) -> str:
    """The whole page."""
    return "\n\n".join((DESCRIPTION, *(_card(site, key, entry) for key, entry in site.tags.items()))) + "\n"


def markdown_of(site: Site, entry: TagEntry, path: str) -> str:
    """The page of one tag, which stands at `path`."""
    return f"{_notes(site, entry, path)}\n"


def _card(site: Site, key: str, entry: TagEntry) -> str:
    page, own = site.special.tags, site.special.tag_pages.get(key)
    listed = (
        link(f"{len(entry.notes)} notes", relative_address(encoded(own), page)) if own else _notes(site, entry, page)
    )
    return card(entry.id, f"## \\#{escaped(entry.name)}", listed)


def _notes(site: Site, entry: TagEntry, page: str) -> str:
    places = ((note, relative_address(encoded(note.path), page)) for note in entry.notes)
    return "\n".join(f"- {link(site.listed(note), place)}" for note, place in places)
