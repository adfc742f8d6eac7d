"""Drawings: fenced ASCII diagrams become Mermaid figures where their graph is read for certain.

In: a note. Out: edits that put a figure around each such fence (the drawing itself stays, beneath), and for each
drawing that stays as it is the reason. The reading is `diagrams`' business.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from notes import diagrams
from notes.edits import Edit
from notes.note import Fence, Note
from notes.problems import Kind, Position, Problem

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
    for fence in note.fences:
        reading = diagrams.read(fence.content, fence.info)
        if isinstance(reading, diagrams.Read) or reading.is_diagram:
            found.append(Drawing(note, fence, _title(note, fence), reading))
    return tuple(found)


def drawing_edits(drawings: Sequence[Drawing]) -> tuple[Edit, ...]:
    """Figures for the drawings that were read."""
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
    if not isinstance(drawing.reading, diagrams.Read):
        return
    mermaid = diagrams.mermaid(drawing.reading, drawing.title)
    marks = "`" * 3
    before = f"""<figure class="diagram" data-search-exclude>

{marks}mermaid
{mermaid.rstrip()}
{marks}

<details><summary>As drawn</summary>

"""
    after = "\n\n</details>\n</figure>\n"
    prefix = _prefix(drawing)
    fence = drawing.fence
    text = drawing.note.source.text
    end = fence.start + len(text[fence.start : fence.end].rstrip(b"\r\n"))
    yield Edit.insertion(fence.start, _prefixed(before, prefix), "drawings")
    yield Edit.insertion(end, _prefixed(after, prefix), "drawings")


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
