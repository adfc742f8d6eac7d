"""Views of bases: the tables, cards and lists that stand in their place. In: a note, all files. Out: edits, problems.

In Obsidian one view is seen at a time. Here the first one is, and the others are folded beneath it; on the page of a
base's own file each has a heading.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Final

from commonmark.spans import Span, within
from notes import bases
from notes.base_files import LANGUAGE
from notes.base_layouts import laid_out
from notes.base_words import Words
from notes.bases import Base, Fault, View
from notes.boxes import lead
from notes.edits import Edit
from notes.names import is_base
from notes.note import Fence, Note, fence_end, fence_line
from notes.problems import Kind, Problem
from notes.writing import notice

MOST_BASES: Final = 100
"""So many of one note are shown."""
_FEATURE: Final = "bases"
_TOO_MUCH: Final = "this base asks for more than a page can show"
_BLANKS: Final = re.compile(rb"[ \t>]*")
_START: Final = '<div class="base" data-search-exclude>'


@dataclass(frozen=True, slots=True)
class PlacedBase:
    """A code block that holds a base."""

    note: Note
    fence: Fence
    base: Base | Fault

    def offset(self, line: int) -> int:
        """Where a line of its YAML, from 0, starts in the note; in bytes."""
        text = self.note.source.text
        at = fence_line(text, self.fence, line + 1)
        blanks = _BLANKS.match(text, at)
        return blanks.end() if blanks else at

    @property
    def end(self) -> int:
        """The byte offset after its last marks."""
        return fence_end(self.note.source.text, self.fence)


def find_bases(note: Note) -> tuple[PlacedBase, ...]:
    """The bases of a note; of those that are too many, the first ones."""
    found = [fence for fence in note.fences if fence.closed and fence.info.split()[:1] == [LANGUAGE]]
    return tuple(PlacedBase(note, fence, bases.read_base(fence.content)) for fence in found[:MOST_BASES])


def base_problems(placed: Iterable[PlacedBase]) -> Iterator[Problem]:
    """What is wrong with some bases, whatever files there are."""
    for one in placed:
        source = one.note.source
        if isinstance(one.base, Fault):
            message = f"this base is shown as written: {one.base.message}"
            yield source.problem(Kind.BASE, one.offset(one.base.line), message, "Correct it.")
            continue
        for line, message in one.base.faults:
            way_out = "Correct it; until then the base is shown without it."
            yield source.problem(Kind.BASE, one.offset(line), message, way_out)
        for line, message in one.base.unknown:
            yield source.problem(Kind.NOT_SHOWN, one.offset(line), f"{message}; it is a table", "Choose another one.")


def base_edits(
    placed: Sequence[PlacedBase], ranges: Sequence[Span], this: str, words: Words, budget: bases.Budget
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """The views that stand in some ranges of a note; `this` is the path of the file on which they are shown."""
    edits: list[Edit] = []
    problems: list[Problem] = []
    for one in placed:
        if isinstance(one.base, Base):
            show = partial(_shown, one.base, this, words, budget)
            write = _in_file if is_base(one.note.path) else _in_note
            try:
                edits += tuple(write(one, one.base.views, ranges, show))  # all of them, or none
            except (bases.TooMuchError, RecursionError):  # lists within lists, or formulas that ask for each other
                problems.append(_too_much(one))
                edits += write(one, one.base.views, ranges, None)
    return tuple(edits), tuple(problems)


def _too_much(one: PlacedBase) -> Problem:
    message = f"{_TOO_MUCH}; it is shown as written"
    return one.note.source.problem(
        Kind.TOO_MUCH, one.fence.start, message, "Filter for fewer files, or divide the note."
    )


_Show = Callable[[View], str]


def _in_note(one: PlacedBase, views: Sequence[View], ranges: Sequence[Span], show: _Show | None) -> Iterator[Edit]:
    """In the place of the code block; without `show` it stays."""
    if show is None or not within(ranges, one.fence.start):
        return
    first, *others = views
    folded = [
        f"<details>\n<summary>{html.escape(_title(view))}</summary>\n\n{show(view)}\n\n</details>" for view in others
    ]
    text = "\n\n".join((_START, show(first), *folded, "</div>"))
    prefix = lead(one.note.source.text, one.fence.start)
    yield Edit.replacement(one.fence.start, one.end, f"{text}\n".replace("\n", f"\n{prefix}"), _FEATURE)


def _title(view: View) -> str:
    return view.name or view.kind.value.title()


def _in_file(one: PlacedBase, views: Sequence[View], ranges: Sequence[Span], show: _Show | None) -> Iterator[Edit]:
    """Beneath the heading of each view, if it has a name; else beneath what is before it."""
    if show:
        yield Edit.deletion(one.fence.start, one.end, _FEATURE)
    headings, places = iter(one.note.headings), [one.end]
    for view in views:
        places.append(next(headings).end if view.name else places[-1])
    placed = zip(places[1:], views, strict=True)
    seen = ((place, view) for place, view in placed if any(start <= place <= end for start, end in ranges))
    for place, there in groupby(seen, key=itemgetter(0)):
        texts = (show(view) if show else notice(f"{_TOO_MUCH.capitalize()}.") for _, view in there)
        yield Edit.insertion(place, "".join(f"\n{_START}\n\n{text}\n\n</div>\n" for text in texts), _FEATURE)


def _shown(base: Base, this: str, words: Words, budget: bases.Budget, view: View) -> str:
    """A view as CommonMark."""
    result = bases.find(base, view, words.world, words.world.files[this], budget)
    return laid_out(base, view, result, words)
