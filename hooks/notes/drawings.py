"""Drawings: fenced ASCII diagrams become Mermaid figures where their graph is read for certain.

In: a note. Out: edits that put a figure around each such fence (the drawing itself stays, beneath), and for each
drawing that stays as it is the reason. The reading is `diagrams`' business.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice, takewhile

from notes import diagrams
from notes.boxes import lead
from notes.edits import Edit
from notes.note import Fence, Note, fence_end, fence_line, heading_before
from notes.problems import Kind, Position, Problem
from pictures import Fault, GivenUp, Wrong

MOST_BLOCKS = 300
"""So many code blocks of a note are looked at; to read all of thousands would take longer than all else."""
MOST_MARKS = 15_000
"""So many characters that may draw are looked at in them: some 60 large drawings, or 15 screens full of noise."""
_FEATURE = "drawings"
_MARKS = "```"
_read = lru_cache(maxsize=1 << 10)(diagrams.read)  # what a change leaves alone is read before it and after it
_OF_A_NOTE = "of the code blocks of a note that have no language, only the first"
_NOT_LOOKED_AT = diagrams.Declined(
    diagrams.Kind.TOO_LARGE, f"{_OF_A_NOTE} {MOST_BLOCKS} are looked at", line=1, column=1
)
_TOO_MANY_MARKS = diagrams.Declined(
    diagrams.Kind.TOO_LARGE,
    f"{_OF_A_NOTE} ones are looked at, up to {MOST_MARKS:,} characters that may draw",
    line=1,
    column=1,
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A fence that holds a drawing, and what was read in it."""

    note: Note
    fence: Fence
    title: str
    """The heading above; the note's title where there is none."""
    reading: diagrams.Read | diagrams.Declined

    @property
    def offset(self) -> int:
        """Of the first thing not understood, in bytes; else of the fence."""
        if isinstance(self.reading, diagrams.Read):
            return self.fence.start
        text = self.note.source.text
        indent = self.note.source.position(self.fence.start).column - 1
        start = fence_line(text, self.fence, self.reading.line)
        line = text[start : text.find(b"\n", start)].decode()
        return start + len(line[: indent + self.reading.column - 1].encode())

    @property
    def position(self) -> Position:
        """The same place in the author's editor."""
        return self.note.source.position(self.offset)


def find_drawings(note: Note) -> tuple[Drawing, ...]:
    """The fences of a note that hold a diagram, read or not; of those that are too many, the first that looks drawn."""
    asked = [fence for fence in note.fences if fence.closed and diagrams.is_asked(fence.info)]
    count = _looked_at(asked)
    read = ((fence, _read(fence.content, fence.info)) for fence in asked[:count])
    found = [(fence, reading) for fence, reading in read if isinstance(reading, diagrams.Read) or reading.is_diagram]
    why = _NOT_LOOKED_AT if count == MOST_BLOCKS else _TOO_MANY_MARKS
    others = ((fence, why) for fence in asked[count:] if diagrams.looks_drawn(fence.content))
    return tuple(Drawing(note, fence, _title(note, fence), reading) for fence, reading in (*found, *islice(others, 1)))


def _looked_at(fences: Sequence[Fence]) -> int:
    """How many of some code blocks are looked at, the first ones."""
    marks = accumulate(diagrams.cost(fence.content, fence.info) for fence in fences[:MOST_BLOCKS])
    return sum(so_far <= MOST_MARKS for so_far in marks)


def drawing_edits(drawings: Sequence[Drawing]) -> tuple[Edit, ...]:
    """A figure around each drawing; with its picture, where it was read."""
    return tuple(edit for drawing in drawings for edit in _figure(drawing))


def drawing_problems(drawings: Sequence[Drawing]) -> tuple[Problem, ...]:
    """A notice for each drawing that stays as it is."""
    return tuple(
        drawing.note.source.problem(
            Kind.DRAWING,
            drawing.offset,
            f"this drawing stays as it is: {drawing.reading.reason}",
            f"{_way_out(drawing.reading)}, or write `text` after the opening marks to keep the drawing as it is.",
        )
        for drawing in drawings
        if isinstance(drawing.reading, diagrams.Declined)
    )


def _way_out(reading: diagrams.Declined) -> str:
    if reading in (_NOT_LOOKED_AT, _TOO_MANY_MARKS):
        return "Divide the note"
    return "Draw it in parts" if reading.kind is diagrams.Kind.TOO_LARGE else "Redraw that place"


def mermaid_fences(note: Note) -> Iterator[tuple[Fence, str]]:
    """The fences of a note that its author wrote in Mermaid, with their sources."""
    for fence in note.fences:
        if fence.info.split()[:1] == ["mermaid"]:
            yield fence, fence.content.rstrip()


def mermaid_problems(notes: Iterable[Note], faults: Mapping[str, Fault]) -> Iterator[Problem]:
    """A problem for each Mermaid fence whose source is a key of `faults`."""
    for note in notes if faults else ():
        for fence, source in mermaid_fences(note):
            match faults.get(source):
                case Wrong(message):
                    what = f"Mermaid does not understand this diagram: {_gist(message)}"
                    way_out = "Correct it; until then its source is shown."
                    yield note.source.problem(Kind.MERMAID, fence.start, what, way_out)
                case GivenUp(reason):
                    what = f"each reader's browser draws this diagram: {reason}"
                    way_out = "Divide it, so that it is there without a script."
                    yield note.source.problem(Kind.MANY_DIAGRAMS, fence.start, what, way_out)


def _gist(message: str) -> str:
    """What stands before the line that points at a place, and before all that Mermaid would have understood."""
    lines = takewhile(lambda line: not line.startswith("---"), message.splitlines())
    return " ".join(" ".join(lines).removeprefix("Error: ").split())


def _figure(drawing: Drawing) -> Iterator[Edit]:
    before, after = _around(drawing)
    text, start = drawing.note.source.text, drawing.fence.start
    prefix, end = lead(text, start), fence_end(text, drawing.fence)
    yield Edit.insertion(start, _prefixed(before, prefix), _FEATURE)
    yield Edit.insertion(end, _prefixed(after, prefix), _FEATURE)


def _around(drawing: Drawing) -> tuple[str, str]:
    """What goes before and after the drawing: its lines are no words to search for, whether it was read or not."""
    if isinstance(drawing.reading, diagrams.Declined):
        return '<figure class="drawing" data-search-exclude>\n\n', "\n\n</figure>\n"
    source = diagrams.mermaid(drawing.reading, drawing.title).rstrip()
    picture = f'<figure class="diagram" data-search-exclude>\n\n{_MARKS}mermaid\n{source}\n{_MARKS}'
    return f"{picture}\n\n<details><summary>As drawn</summary>\n\n", "\n\n</details>\n</figure>\n"


def _prefixed(text: str, prefix: str) -> str:
    return text.replace("\n", f"\n{prefix}")


def _title(note: Note, fence: Fence) -> str:
    above = heading_before(note, fence.start)
    return note.headings[above].text if above >= 0 else note.title
