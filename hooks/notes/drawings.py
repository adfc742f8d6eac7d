"""Drawings: fenced ASCII diagrams become Mermaid figures where their graph is read for certain.

In: a note. Out: edits that put a figure around each such fence (the drawing itself stays, beneath), and for each
drawing that stays as it is the reason. The reading is `diagrams`' business.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from notes import diagrams
from notes.edits import Edit
from notes.note import Fence, Note
from notes.problems import Kind, Position, Problem

_IS_CLOSED = attrgetter("closed")
_MARKS = "```"
_NOT_QUOTE = re.compile(r"[^>\s]")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A fence that holds a drawing, and what was read in it."""

    note: Note
    fence: Fence
    title: str
    """The heading above; the note's title where there is none."""
    reading: diagrams.Read | diagrams.Declined

    @property
    def position(self) -> Position:
        """Of the first thing not understood, else of the fence."""
        at = self.note.source.position(self.fence.start)
        if isinstance(self.reading, diagrams.Read):
            return at
        return Position(at.path, at.line + self.reading.line, at.column + self.reading.column - 1)


def find_drawings(note: Note) -> tuple[Drawing, ...]:
    """The fences of a note that hold a diagram, read or not; what is no diagram is left out."""
    found = []
    for fence in filter(_IS_CLOSED, note.fences):
        reading = diagrams.read(fence.content, fence.info)
        if isinstance(reading, diagrams.Read) or reading.is_diagram:
            found.append(Drawing(note, fence, _title(note, fence), reading))
    return tuple(found)


def drawing_edits(drawings: Sequence[Drawing]) -> tuple[Edit, ...]:
    """A figure around each drawing; with its picture, where it was read."""
    return tuple(edit for drawing in drawings for edit in _figure(drawing))


def drawing_problems(drawings: Sequence[Drawing]) -> tuple[Problem, ...]:
    """A notice for each drawing that stays as it is."""
    return tuple(
        Problem(
            Kind.DRAWING,
            drawing.position,
            f"this drawing stays as it is: {drawing.reading.reason}",
            "Redraw that place, or write `text` after the opening marks to keep the drawing as it is.",
        )
        for drawing in drawings
        if isinstance(drawing.reading, diagrams.Declined)
    )


def mermaid_problems(notes: Iterable[Note], messages: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each Mermaid fence whose source is a key of `messages`: what Mermaid says of it."""
    for note in notes if messages else ():
        for fence in note.fences:
            message = messages.get(fence.content.rstrip()) if fence.info.split()[:1] == ["mermaid"] else None
            if message is not None:
                what = f"Mermaid does not understand this diagram: {' '.join(message.split())}"
                yield note.source.problem(
                    Kind.MERMAID, fence.start, what, "Correct it; until then its source is shown."
                )


def _figure(drawing: Drawing) -> Iterator[Edit]:
    before, after = _around(drawing)
    prefix = _prefix(drawing)
    start = drawing.fence.start
    end = start + len(drawing.note.source.text[start : drawing.fence.end].rstrip(b"\r\n"))
    yield Edit.insertion(start, _prefixed(before, prefix), "drawings")
    yield Edit.insertion(end, _prefixed(after, prefix), "drawings")


def _around(drawing: Drawing) -> tuple[str, str]:
    """What goes before and after the drawing: its lines are no words to search for, whether it was read or not."""
    if isinstance(drawing.reading, diagrams.Declined):
        return '<figure class="drawing" data-search-exclude>\n\n', "\n\n</figure>\n"
    source = diagrams.mermaid(drawing.reading, drawing.title).rstrip()
    picture = f'<figure class="diagram" data-search-exclude>\n\n{_MARKS}mermaid\n{source}\n{_MARKS}'
    return f"{picture}\n\n<details><summary>As drawn</summary>\n\n", "\n\n</details>\n</figure>\n"


def _prefix(drawing: Drawing) -> str:
    """What a further line of the fence's container starts with: quote marks stay, list marks become blanks."""
    text = drawing.note.source.text
    start = text.rfind(b"\n", 0, drawing.fence.start) + 1
    return _NOT_QUOTE.sub(" ", text[start : drawing.fence.start].decode())


def _prefixed(text: str, prefix: str) -> str:
    return text.replace("\n", f"\n{prefix}")


def _title(note: Note, fence: Fence) -> str:
    above = [heading for heading in note.headings if heading.start < fence.start]
    return above[-1].text if above else note.title
