"""Summary: what a change does to the notes, on one page for whoever reviews it. In: a `Change`. Out: Markdown.

For the page that GitHub shows of a workflow's run; all that notes say is escaped.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from notes.changes import Change, told
from notes.diagrams import Read
from notes.drawings import Drawing
from notes.note import LinkSyntax, Note
from notes.outgoing import Outgoing, is_wanted, resolve_fragment
from notes.problems import Position, one_line
from notes.review import Flag
from notes.site import Site
from notes.source import NotePath
from notes.trails import trail_text
from notes.writing import escaped

MOST: Final = 50
"""A list shows so many, …"""
_LONGEST: Final = 200
"""… and so many characters of each text: a page larger than 1 MiB is not shown at all."""

ANNOTATIONS: Final = 10
"""Of each severity, GitHub shows so many of one step. Source: its documentation, "Workflow commands", under limits."""

_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
"""What GitHub makes a link of without any mark."""


class _Part(NamedTuple):
    """One list."""

    title: str
    items: Sequence[str]


def markdown(change: Change, folder: str) -> str:
    """The page; `folder` stands before the paths."""
    parts = tuple(_parts(change, folder))
    rows = "\n".join(f"| {part.title} | {len(part.items)} |" for part in parts)
    lists = (_list(part) for part in parts if part.items)
    blocks = ("## What this change does to the notes", f"| | |\n|---|--:|\n{rows}", *_limit(change), *lists)
    return "\n\n".join(blocks) + "\n"


def _limit(change: Change) -> Iterator[str]:
    counts = Counter(problem.severity for problem in told(change))
    if max(counts.values(), default=0) > ANNOTATIONS:
        yield f"Beside the lines, GitHub shows only the first {ANNOTATIONS} warnings and {ANNOTATIONS} notices."


def _list(part: _Part) -> str:
    items = [f"- {item}" for item in part.items[:MOST]]
    if len(part.items) > MOST:
        items.append(f"- and {len(part.items) - MOST} more")
    return "\n".join((f"### {part.title}\n", *items))


def _parts(change: Change, folder: str) -> Iterator[_Part]:
    broken, mended = _links(change, folder)
    new = list(_new_drawings(change))
    read = [drawing for drawing in new if isinstance(drawing.reading, Read)]
    yield _Part("Pages changed", list(_pages(change, folder)))
    yield _Part("Flags set", [_flag(flag, folder) for flag in change.flags])
    yield _Part("Flags resolved", [_flag(flag, folder) for flag in change.resolved])
    yield _Part("Links broken", broken)
    yield _Part("Links mended", mended)
    yield _Part("Drawings read", [_drawing(drawing, folder) for drawing in read])
    yield _Part("Drawings that stay as drawn", [_drawing(drawing, folder) for drawing in new if drawing not in read])
    yield _Part(
        "Problems added", [f"{_at(it.at, folder)}: {_text(it.message)}. {_text(it.way_out)}" for it in change.problems]
    )
    yield _Part("Problems mended", [f"{_file(it.at.path, folder)}: {_text(it.message)}" for it in change.mended])


def _text(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return _ADDRESS.sub(r"\\\g<0>", escaped(one_line(shown)))


def _file(path: str, folder: str) -> str:
    """The settings lie outside of the folder."""
    return _text(posixpath.normpath(f"{folder}/{path}"))


def _at(at: Position, folder: str) -> str:
    return f"{_file(at.path, folder)}:{at.line}"


def _pages(change: Change, folder: str) -> Iterator[str]:
    before, now = change.before.vault.notes, change.now.vault.notes
    old_paths = {new: old for old, new in change.moves.items()}
    for path, note in now.items():
        old = before.get(NotePath(old_paths.get(path, path)))
        name = _file(path, folder)
        if old is None:
            yield f"{name}: new"
        elif old.path != path:
            yield f"{name}: was {_text(old.path)}"
        elif old.source.text != note.source.text:
            yield name
    kept = {change.moves.get(path, path) for path in before} & now.keys()
    for path in before:
        if change.moves.get(path, path) not in kept:
            yield f"{_file(path, folder)}: gone"


def _flag(flag: Flag, folder: str) -> str:
    reason = f" ({_text(flag.reason)})" if flag.reason else ""
    place = f"{_file(flag.note.path, folder)}:{flag.line}"
    return f"{place}: {_text(flag.label.label)}{reason}, {_text(trail_text(flag.note, flag.trail))}"


_Key = tuple[str, ...]
"""What makes two links the same: their note, and either their target as written or where they lead."""


def _links(change: Change, folder: str) -> tuple[Sequence[str], Sequence[str]]:
    """The links that lead nowhere now and did not before, new ones that ask for a note aside; and the other way."""
    before = dict(_by_key(change.before, change.moves))
    dead = {key for key, leads in before.items() if not leads}
    broken, mended = [], []
    for note, link in _written(change.now):
        keys = _keys(link, note.path, {})
        if not _leads_somewhere(link, change.now):
            if dead.isdisjoint(keys) and (not before.keys().isdisjoint(keys) or not _asks_for_a_note(link)):
                broken.append(_link(note, link, folder))
        elif not dead.isdisjoint(keys):
            mended.append(_link(note, link, folder))
    return broken, mended


def _written(site: Site) -> Iterable[tuple[Note, Outgoing]]:
    """The last one of those of a note that say the same."""
    links = ((path, link) for path, outgoing in site.outgoing.items() for link in outgoing)
    return {(path, link.link.target): (site.vault.notes[path], link) for path, link in links}.values()


def _by_key(site: Site, moves: Mapping[str, str]) -> Iterator[tuple[_Key, bool]]:
    """Whether each link leads somewhere."""
    for note, link in _written(site):
        leads = _leads_somewhere(link, site)
        yield from ((key, leads) for key in _keys(link, moves.get(note.path, note.path), moves))


def _keys(link: Outgoing, path: str, moves: Mapping[str, str]) -> Sequence[_Key]:
    """A link may be written anew when the note that it leads to is renamed."""
    written = (path, link.link.target)
    return (written, (path, moves.get(link.path, link.path), link.subpath)) if link.path else (written,)


def _asks_for_a_note(link: Outgoing) -> bool:
    return link.link.syntax is LinkSyntax.WIKI and is_wanted(link)


def _leads_somewhere(link: Outgoing, site: Site) -> bool:
    return bool(link.path) and not resolve_fragment(link, site.vault)[1]


def _link(note: Note, link: Outgoing, folder: str) -> str:
    return f"{_at(note.source.position(link.link.start), folder)}: {_text(link.link.target)}"


def _new_drawings(change: Change) -> Iterator[Drawing]:
    before = Counter(
        (change.moves.get(path, path), drawing.fence.content)
        for path, drawings in change.before.drawings.items()
        for drawing in drawings
    )
    for path, drawings in change.now.drawings.items():
        for drawing in drawings:
            if before[path, drawing.fence.content]:
                before[path, drawing.fence.content] -= 1
            else:
                yield drawing


def _drawing(drawing: Drawing, folder: str) -> str:
    reason = "" if isinstance(drawing.reading, Read) else f": {_text(drawing.reading.reason)}"
    return f"{_at(drawing.position, folder)}, {_text(drawing.title)}{reason}"
