"""Pages: what stage 1 hands on. In: a site. Out: CommonMark for each page, for any generator.

The one place that lists the features that edit a note, in order.
"""

from dataclasses import dataclass

from notes import home, review_page, wanted_page
from notes.drawings import drawing_edits
from notes.edits import Edit, apply
from notes.links import link_edits
from notes.note import Note
from notes.review import flag_edits, flag_tags
from notes.sentences import first_sentence
from notes.site import Site
from notes.source import NotePath
from notes.writing import relative_address


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, ready for any generator that reads CommonMark."""

    path: str
    """Where its Markdown stands below the folder of notes; of a generated page, where it would."""
    title: str
    description: str
    """One sentence; may be empty."""
    markdown: str
    badge: int = 0
    """A count to show beside the page in the navigation."""


def note_page(site: Site, path: NotePath) -> Page:
    """The page of a note."""
    note = site.vault.notes[path]
    description = note.front_matter.description or first_sentence(note, flag_tags(note, site.settings.labels))
    return Page(path, note.title, description, _markdown(site, note))


def generated_pages(site: Site) -> tuple[Page, ...]:
    """The pages that the site adds: home where the folder has none, wanted notes, review."""
    special = site.special
    pages = [
        Page(special.wanted, wanted_page.TITLE, wanted_page.DESCRIPTION, wanted_page.markdown(site)),
        Page(
            special.review,
            review_page.TITLE,
            review_page.DESCRIPTION,
            review_page.markdown(site),
            site.flag_count,
        ),
    ]
    if special.home:
        pages.insert(0, Page(special.home, site.settings.name, site.settings.description, home.markdown(site)))
    return tuple(pages)


def _markdown(site: Site, note: Note) -> str:
    wanted = {key: f"{site.special.wanted}#{entry.id}" for key, entry in site.wanted.items()}
    links, _ = link_edits(note, site.outgoing[note.path], site.vault, wanted)
    edits: list[Edit] = [
        *links,
        *flag_edits(site.flags[note.path], relative_address(site.special.review, note.path)),
        *drawing_edits(site.drawings[note.path]),
    ]
    return apply(note.source.text, edits, start=note.front_matter.body).decode()
