"""The guide for contributors: what one can write and draw, each with its result. In: a site. Out: texts of notes.

The examples are read by the same code as the notes, and the links lead to a note of the site: neither goes stale.
"""

from pathlib import Path

from notes.site import Site
from notes.writing import encoded, escaped, relative_address

TITLES = ("Writing notes", "Drawing diagrams")
"""Of the pages, in order."""
DESCRIPTIONS = (
    "What one can write in a note, and what readers see.",
    "Which drawings become diagrams, and which stay.",
)

_TEXTS = Path(__file__).parent / "guides"


def text(site: Site, title: str, path: str) -> str:
    """The text of the page called `title`, which stands at `path` below the folder of notes."""
    special = site.special
    note = next(iter(site.vault.notes.values()), None)
    places = {
        "name": escaped(note.name) if note else "Note",
        "note": relative_address(encoded(note.path if note else special.wanted), path),
        "wanted": relative_address(encoded(special.wanted), path),
        "review": relative_address(encoded(special.review), path),
        "drawing": relative_address(encoded(special.guides[1]), path),
    }
    found = (_TEXTS / f"{title}.md").read_text(encoding="utf-8")
    for name, value in places.items():
        found = found.replace(f"{{{name}}}", value)
    return found
