"""Link problems: what is wrong with where a link or an embed leads. In: a link and what it leads to. Out: a problem.

A wiki link to a note that is not written yet is none: it is a wish.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from notes.anchors import close_names
from notes.names import is_note
from notes.note import LinkSyntax, Note
from notes.outgoing import Outgoing, is_wanted, wanted_key
from notes.problems import Kind, Problem
from notes.vault import Ambiguous, Found, Missing, Vault, Withheld

_NOT_IN_AN_ADDRESS: Final = re.compile(r"[\s()<>%]")

_MOST_CANDIDATES: Final = 20
"""So many files of one name are told; more say nothing more."""


def name_problem(note: Note, link: Outgoing, vault: Vault) -> Problem | None:
    """What is wrong with the name that a link or an embed gives."""
    match link.resolution:
        case Found(guessed=False):
            return None
        case Ambiguous(path, candidates):
            return _ambiguous(note, link, candidates, vault.settling_name(path))
        case Found(path):
            return _guessed(note, link, path, vault.settling_name(path))
        case Withheld(name):
            return _not_published(note, link, name)
        case Missing(name) if not is_wanted(link) or (link.link.syntax is LinkSyntax.MARKDOWN and is_note(name)):
            return _no_file(note, link, name)
    return None


def place_problem(note: Note, link: Outgoing, target: Note, *, is_advised: bool) -> Problem:
    """The problem of a link to a heading or block that its target has not; with close names, if it `is_advised`."""
    what = "block" if link.subpath.startswith("^") else "heading"
    names = close_names(target, link.subpath) if is_advised else ()
    close = ", ".join(f"`{_written(name, link)}`" for name in names)
    return note.source.problem(
        Kind.NO_HEADING,
        link.link.start,
        f"`{target.name}` has no {what} `{link.subpath}`; the link opens the page",
        f"Correct the name; close ones: {close}." if close else "Correct the name.",
    )


def _written(name: str, link: Outgoing) -> str:
    """A name as it stands in such a link: an address of Markdown ends at a blank."""
    is_address = link.link.syntax is LinkSyntax.MARKDOWN
    return _NOT_IN_AN_ADDRESS.sub(lambda sign: quote(sign[0]), name) if is_address else name


def _ambiguous(note: Note, link: Outgoing, candidates: Sequence[str], settling_name: str) -> Problem:
    names = ", ".join(f"`{candidate}`" for candidate in candidates[:_MOST_CANDIDATES])
    if len(candidates) > _MOST_CANDIDATES:
        names += f" and {len(candidates) - _MOST_CANDIDATES} more"
    return note.source.problem(
        Kind.AMBIGUOUS,
        link.link.start,
        f"`{link.name}` may mean {names}; it leads to the first",
        f"Write the path: `[[{settling_name}]]`.",
    )


def _guessed(note: Note, link: Outgoing, path: str, settling_name: str) -> Problem:
    return note.source.problem(
        Kind.GUESSED,
        link.link.start,
        f"no note is called `{link.name}`; the link leads to `{path}`",
        f"Write `[[{settling_name.removeprefix('/')}]]`.",
    )


def _not_published(note: Note, link: Outgoing, name: str) -> Problem:
    return note.source.problem(
        Kind.NOT_PUBLISHED,
        link.link.start,
        f"`{name}` is not published; only its name is shown",
        "Take out the link, or what keeps it back: `publish: false`, `draft: true` or `exclude_docs`.",
    )


def _no_file(note: Note, link: Outgoing, name: str) -> Problem:
    wrong, way_out = f"there is no file `{name}`", "Add the file, or correct the name."
    if not wanted_key(name):
        wrong, way_out = f"the folder `{name}` has no page", "Give it an `index.md`, or link to a note."
    return note.source.problem(Kind.NO_FILE, link.link.start, wrong, way_out)
