"""Scenes: notes that Excalidraw's plugin keeps its drawings in. In: such a note. Out: its picture, and its page's top.

Obsidian shows the drawing in place of the note. Where the plugin has exported a picture, that is the one shown.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from excalidraw import SceneError, data_start, draw, scene_start, words
from notes.exported import shown_by
from notes.note import Note, PropertyLink
from notes.problems import Kind, Problem
from notes.reader import wiki_link
from notes.source import NotePath, Source
from notes.writing import encoded, escaped, notice, relative_address

_ENDING: Final = ".excalidraw.md"
_LINK: Final = re.compile(rb"\[\[[^\[\]\n]+\]\]")
_MOST_LINKS: Final = 1_000
"""Of one drawing."""
_NAME: Final = "Drawing"
"""Of its links among the note's properties."""


class Pictures(NamedTuple):
    """What became of a folder's drawings."""

    drawn: Mapping[str, str]
    """Each SVG by the path that it has on the site: beside its note, where the plugin would export it."""
    problems: tuple[Problem, ...]


def data_of(source: Source, body: int, *, has_scene: bool) -> int | None:
    """Byte offset at which the data of a drawing starts; None in any other note."""
    return data_start(source.text, body) if has_scene or is_scene_name(source.path) else None


def is_scene_name(path: NotePath) -> bool:
    """Whether a note is a drawing by its name."""
    return path.casefold().endswith(_ENDING)


def scene_links(source: Source, data: int) -> Iterator[PropertyLink]:
    """The links from the drawing and its elements; they stand in no text that a page shows."""
    for found in islice(_LINK.finditer(source.text, data, scene_start(source.text, data)), _MOST_LINKS):
        if link := wiki_link(found[0].decode(), *found.span(), embeds=False, block=-1):
            yield PropertyLink(_NAME, link)


def pictures(notes: Iterable[Note], assets: Collection[str]) -> Pictures:
    """Draw what has no exported picture."""
    drawn: dict[str, str] = {}
    problems: list[Problem] = []
    for note in notes:
        if note.data_start is not None and not shown_by(note.path, assets):
            try:
                drawn[f"{note.path.rpartition('.')[0]}.svg"] = draw(note.source.text[note.data_start :])
            except SceneError as error:
                problems.append(_not_shown(note, note.data_start, str(error)))
    return Pictures(drawn, tuple(problems))


def _not_shown(note: Note, start: int, reason: str) -> Problem:
    message = f"this drawing is not shown: {reason}"
    return note.source.problem(Kind.NOT_SHOWN, start, message, "Export a picture of it to the same folder.")


def top(note: Note, data: int, assets: Collection[str]) -> str:
    """The drawing as CommonMark, for the top of its note's page; `data` is where its data starts."""
    picture = shown_by(note.path, assets)
    address = relative_address(encoded(picture), note.path)
    shown = f"[![{escaped(note.title)}]({address})]({address})" if picture else notice("This drawing is not shown.")
    lines = [escaped(line) for line in words(note.source.text, data).splitlines() if line.strip()]
    opening, closing = "<details>\n<summary>Words in the drawing</summary>", "</details>"
    folded = (opening, "\\\n".join(lines), closing) if lines else ()
    return "\n\n".join(('<div class="scene">', shown, *folded, "</div>"))
