"""The guide for contributors: what one can write and draw, each with its result. In: a site. Out: texts of its pages.

An example is a passage of the notes, shown by the code that shows it on its own page; where no note has the thing,
the guide's own words stand in. A text in `guides/` has them between `{example THING}` and `{end}`; after `{becomes}`
stands what they become, if stage 1 has a part in it.
"""

import html
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from notes.drawings import drawing_edits, find_drawings
from notes.edits import apply
from notes.names import key
from notes.own_pages.specimens import Specimen
from notes.parse import read_note
from notes.site import Site
from notes.source import NotePath
from notes.trails import heading_trails, trail_at, trail_text
from notes.writing import encoded, escaped, link, relative_address

TITLES = ("Writing notes", "Drawing diagrams")
"""Of the pages, in order."""
DESCRIPTIONS = (
    "What one can write in a note, and what readers see.",
    "Which drawings become diagrams, and which stay.",
)

Show = Callable[[str, Specimen], tuple[str, str]]
"""Gives a passage as it is written and as CommonMark for the guide's page; the first is what it shows."""

_WIDEST = 100
"""Characters of a line; a longer one is prose, which is wrapped, no drawing or table."""

_TEXTS = Path(__file__).parent / "guides"
_EXAMPLE = re.compile(
    r"^\{example (?P<thing>\w+)\}\n(?P<own>.*?)(?:\{becomes\}\n(?P<becomes>.*?))?\{end\}$", re.MULTILINE | re.DOTALL
)


def text(site: Site, passages: Mapping[str, Specimen], title: str, path: str, show: Show) -> str:
    """The text of the page called `title`, which stands at `path` below the folder of notes.

    `passages` are those of `specimens`.
    """
    found = (_TEXTS / f"{title}.md").read_text(encoding="utf-8")
    for name, value in _places(site, path).items():
        found = found.replace(f"{{{name}}}", value)
    note = read_note(NotePath(path), found.encode())
    found = apply(note.source.text, drawing_edits(find_drawings(note))).decode()
    found = found.replace("<details>", "<details open>")  # whoever learns to draw wants to see both

    def example(match: re.Match[str]) -> str:
        thing, own = match["thing"], match["own"].strip("\n")
        if passage := passages.get(thing):
            return _example(site, *show(thing, passage), _origin(passage, path))
        return _example(site, own, (match["becomes"] or own).strip("\n"), "") if own else ""

    return _EXAMPLE.sub(example, found)


def _places(site: Site, path: str) -> dict[str, str]:
    special = site.special
    note = next(iter(site.vault.notes.values()), None)
    labels = site.settings.labels
    tags = ((_breakable(site, f"#{_in_capitals(tag)}"), label.label) for tag, label in labels.items())
    return {
        "name": escaped(note.name) if note else "Note",
        "note": relative_address(encoded(note.path if note else special.wanted), path),
        "wanted": relative_address(encoded(special.wanted), path),
        "review": relative_address(encoded(special.review), path),
        "drawing": relative_address(encoded(special.guides[1]), path),
        "flags": ", ".join(f"<code>{tag}</code> ({escaped(label)})" for tag, label in tags),
    }


def _in_capitals(tag: str) -> str:
    """A tag as most write it, if that is the same tag: `ß` has no capital."""
    return tag.upper() if key(tag.upper()) == tag else tag


def _example(site: Site, written: str, shown: str, origin: str) -> str:
    wrapped = ' class="wrapped"' if max(map(len, written.splitlines())) > _WIDEST else ""
    source = f"<pre{wrapped}><code>{_breakable(site, written)}\n</code></pre>"
    return f'{source}\n\n<div class="shown">\n\n{shown}\n\n{origin}\n\n</div>'


def _breakable(site: Site, text: str) -> str:
    """The HTML of a text: long tags fit on a small screen, and no other program takes the guide for a flagged note."""
    tags = "|".join(map(re.escape, site.settings.labels))
    halves = re.sub(
        tags, lambda tag: f"{tag[0][: len(tag[0]) // 2]}\0{tag[0][len(tag[0]) // 2 :]}", text, flags=re.IGNORECASE
    )
    return html.escape(halves, quote=False).replace("\0", "<wbr>")


def _origin(passage: Specimen, path: str) -> str:
    """Where the passage stands."""
    note = passage.note
    trail = trail_at(note, heading_trails(note.headings), passage.start)
    fragment = f"#{quote(trail[-1].id)}" if trail else ""
    address = f"{relative_address(encoded(note.path), path)}{fragment}"
    return f'<div class="origin">\n\nFrom {link(trail_text(note, trail), address)}\n\n</div>'
