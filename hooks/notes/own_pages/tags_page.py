"""The pages of the tags: each tag and the notes that bear it. In: a site. Out: CommonMark."""

from collections.abc import Iterator

from notes.site import Site
from notes.tags import TagEntry
from notes.writing import card, encoded, escaped, link, relative_address

TITLE = "Tags"
DESCRIPTION = "The notes by their tags."

MOST_CARDS = 400
"""So many tags, those that most notes bear, have a card, and with it a place in the page's contents; others a line."""


def markdown(site: Site) -> str:
    """The whole page."""
    by_size = sorted(site.tags, key=lambda key: -len(site.tags[key].notes))
    with_card = frozenset(by_size[:MOST_CARDS])
    cards = [_card(site, key, entry) for key, entry in site.tags.items() if key in with_card]
    lines = [_line(site, key, entry) for key, entry in site.tags.items() if key not in with_card]
    others = ("## Other tags", "\n".join(lines)) if lines else ()
    return "\n\n".join((DESCRIPTION, *cards, *others)) + "\n"


def markdown_of(site: Site, entry: TagEntry, path: str) -> str:
    """The page of one tag, which stands at `path`."""
    return f"{_notes(site, entry, path)}\n"


def _card(site: Site, key: str, entry: TagEntry) -> str:
    listed = _own_page(site, key, entry) or _notes(site, entry, site.special.tags)
    return card(entry.id, f"## \\#{escaped(entry.name)}", listed)


def _line(site: Site, key: str, entry: TagEntry) -> str:
    listed = _own_page(site, key, entry) or ", ".join(_links(site, entry, site.special.tags))
    return f'- <span id="{entry.id}">\\#{escaped(entry.name)}</span>: {listed}'


def _own_page(site: Site, key: str, entry: TagEntry) -> str:
    """A link to the page of this tag alone; empty if it has none."""
    own = site.special.tag_pages.get(key)
    return link(f"{len(entry.notes)} notes", relative_address(encoded(own), site.special.tags)) if own else ""


def _notes(site: Site, entry: TagEntry, page: str) -> str:
    return "\n".join(f"- {note}" for note in _links(site, entry, page))


def _links(site: Site, entry: TagEntry, page: str) -> Iterator[str]:
    return (link(site.listed(note), relative_address(encoded(note.path), page)) for note in entry.notes)
