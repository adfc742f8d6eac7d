"""Canvases: a canvas as a note, so that all that is done for notes is done for it. In: its path and bytes. Out: `Note`.

Its text is CommonMark in Obsidian's dialect that we write: an element for each card, with what the card holds. Where a
card's element stands, and how it and the edges look, says the style sheet by the numbers in `style`; without one, the
cards stand below each other in the order of reading, and the edges are a list.
"""

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from canvas import Area, Broken, Canvas, Card, CardKind, Curve, Edge, curve, paths, read_canvas
from commonmark import addresses
from commonmark.dialect import read
from commonmark.events import RAW_HTML
from commonmark.events import Kind as EventKind
from commonmark.nesting import is_closed
from maths import Preamble
from notes.as_written import as_written, excess
from notes.boxes import without_blank_lines
from notes.derived import Derived, derived
from notes.edits import apply
from notes.exported import PICTURES
from notes.front_matter import FrontMatter
from notes.moved import closing, kept_apart, moved_edits, without_names
from notes.note import BlockKind, Note, file_name
from notes.parse import read_text, unread
from notes.problems import Kind, Problem
from notes.reader import Reader
from notes.sentences import first_words
from notes.source import NotePath, Source, read_source
from notes.writing import count, escaped, link, notice

_MARGIN: Final = 40
"""Pixels around all that is drawn: a group's name stands above it."""
_WORDS: Final = 8
"""So many of a card's first words are its name, …"""
_LETTERS: Final = 200
"""… and so much of an address or label: each edge says the names of two cards."""
_OVERVIEW: Final = '<label data-search-exclude><input type="checkbox"> Show the whole canvas</label>'
"""A reader's browser lets it be seen as small as it must be, by the style sheet alone."""
_NAMELESS: Final = "a card"
_LEVEL: Final = 1
"""Of the page's title, under which the headings of cards stand."""
_HOLDING: Final = frozenset({"Paragraph", "Heading", "BlockQuote", "Item", "TableCell", "FootnoteDefinition"})
"""Blocks with whose end a browser ends what is open in them."""
_NO_FILE: Final = re.compile(r"[\[\]|\n\r]")
"""What no name can hold that stands in `[[…]]`."""


def read_canvas_file(path: NotePath, data: bytes, flags: frozenset[str], preamble: Preamble) -> Note:
    """Parse a file that holds a canvas."""
    source, problems = read_source(path, data)
    front_matter = FrontMatter(title=file_name(path))
    canvas = read_canvas(source.text)
    if isinstance(canvas, Broken):
        told = (*problems, _broken(source, canvas))
        return Note(source, front_matter, front_matter.title, problems=told, is_as_written=True)
    if much := excess(*(card.content.encode() for card in canvas.cards if card.kind is CardKind.TEXT)):
        return unread(source, front_matter, problems, much)
    texts = [_text(card, source, at, flags, preamble) for at, card in enumerate(canvas.cards)]
    note = read_text(derived(source, _pieces(canvas, texts, front_matter.title)), front_matter, (), flags)
    if note.is_as_written:  # its author has written the file, not what was made of it
        return replace(note, source=source, problems=(*problems, *note.problems))
    # What is wrong in a card is told of the card alone; here it is read once more.
    of_cards = chain.from_iterable(text.problems for text in texts)
    return replace(note, problems=(*problems, *_unshown(source, canvas), *of_cards))


def _broken(source: Source, canvas: Broken) -> Problem:
    return source.problem(
        Kind.CANVAS,
        canvas.offset,
        f"this is not a canvas: {canvas.why}; it is shown as written",
        "Open it in Obsidian, or take an older version of it.",
    )


def _unshown(source: Source, canvas: Canvas) -> Iterator[Problem]:
    for offset in canvas.unshown:
        message = "a card of an unknown kind; it is not shown"
        yield source.problem(Kind.CANVAS, offset, message, "Make it a text, a file, a link or a group.")
    if canvas.left_out:
        yield source.problem(Kind.TOO_MUCH, 0, _left_out(canvas), "Divide the canvas into several.")


def _left_out(canvas: Canvas) -> str:
    return f"this canvas has {count(canvas.left_out, 'card or edge', 'cards and edges')} more than a page can show"


@dataclass(frozen=True, slots=True)
class _Text:
    """What a card holds, as CommonMark."""

    markdown: str
    name: str
    """A few plain words."""
    problems: Sequence[Problem] = ()


def _text(card: Card, file: Source, number: int, flags: frozenset[str], preamble: Preamble) -> _Text:
    if card.kind is CardKind.TEXT:
        # Of a path of its own, so that footnotes of several cards keep apart.
        path = NotePath(f"{file.path}/{number}")
        source = Derived(path, without_blank_lines(card.content).encode(), file, (0,), (card.offset,))
        note = read_text(source, FrontMatter(), (), flags, preamble)
        name = first_words(note, 0, len(source.text), _WORDS)
        if _stays(text := _in_its_place(note)):
            return _Text(text, name, note.problems)
        return _Text(_as_written(note), name, (_reaching_out(source),))
    name = " ".join(card.content.split())
    name = file_name(name) if card.kind is CardKind.FILE else name
    return _Text(_OTHERS[card.kind](card), name[:_LETTERS])


def _in_its_place(note: Note) -> str:
    """The text of a card such that nothing in it reaches into another one, but for HTML."""
    text, end = note.source.text, len(note.source.text)
    ranges = [(0, end)]
    edits = (*as_written(note), *moved_edits(note, ranges, _LEVEL, ()), *kept_apart(note, ranges, ()))
    return without_names(apply(text, edits).decode() + closing(note, end)).rstrip()


def _stays(text: str) -> bool:
    """Whether an element around a text ends where it should, also where what follows has the marks of maths."""
    framed = f"<div>\n\n{text}\n\n</div>\n\n$$\n".encode()
    reader = Reader(Source(NotePath(""), framed), 0, frozenset())
    reader.read()
    end = framed.rindex(b"</div>")
    ends = any(block.start == end and block.kind is BlockKind.HTML and block.parent < 0 for block in reader.blocks)
    return ends and _ends_what_it_begins(text)


def _ends_what_it_begins(text: str) -> bool:
    """Whether HTML is closed in each block: an element ends with the one that it begins in, such as a heading."""
    levels: list[list[str]] = [[]]
    for event in read(text).events:
        if event.kind in RAW_HTML:
            levels[-1].append(event.data)
        elif event.kind is EventKind.START and event.tag in _HOLDING:
            levels.append([])
        elif event.tag in _HOLDING and not is_closed("".join(levels.pop())):
            return False
    return is_closed("".join(levels[0]))


def _as_written(note: Note) -> str:
    return apply(note.source.text, as_written(replace(note, is_as_written=True))).decode()


def _reaching_out(source: Source) -> Problem:
    message = "this card opens something that it does not close, or closes more than it opens; it is shown as written"
    return source.problem(
        Kind.CANVAS, 0, message, "Open and close each element of HTML, and each block of code, in the same card."
    )


def _file(card: Card) -> str:
    return _embed(card.content, card.subpath) or escaped(card.content)


def _embed(path: str, subpath: str = "") -> str:
    """The embed of a file; empty where there is none, or its name cannot stand in one."""
    target = f"/{path.lstrip('/')}{subpath}"
    return f"![[{target}|{file_name(path)}]]" if path and not _NO_FILE.search(target) else ""


def _group(card: Card) -> str:
    """Its name, below the picture behind it."""
    kind = posixpath.splitext(card.background)[1].lower()
    picture = _embed(card.background) if kind in PICTURES else ""
    return "\n\n".join(filter(None, (picture, escaped(card.content))))


def _link(card: Card) -> str:
    address = " ".join(card.content.split())
    return link(address, f"<{addresses.encoded(address)}>") if addresses.scheme(address) else escaped(card.content)


_OTHERS: Final[dict[CardKind, Callable[[Card], str]]] = {
    CardKind.FILE: _file,
    CardKind.LINK: _link,
    CardKind.GROUP: _group,
}


def _pieces(canvas: Canvas, texts: Sequence[_Text], title: str) -> Iterator[tuple[str, int]]:
    """The whole text, each piece with the byte offset in the file that it comes from."""
    if not canvas.cards:
        yield f"{notice('Nothing is on this canvas yet.')}\n", 0
        return
    edges = [(edge, curve(edge)) for edge in canvas.edges]
    ends = [(round(x), round(y)) for _, drawn in edges for x, y in (drawn.start, drawn.middle, drawn.end)]
    plane = _around([*(card.area for card in canvas.cards), *(Area(x, y, 0, 0) for x, y in ends)])
    yield f'<div class="canvas">\n{_OVERVIEW}\n', 0
    yield f'<div class="pane" role="group" tabindex="0" aria-label="{_quoted(title)}">\n', 0
    yield f'<div class="plane" style="{_size(plane)}">\n', 0
    if edges:
        yield "".join(_picture(edges, plane)), 0
    for card, text in zip(canvas.cards, texts, strict=True):
        fit = ";--fit:contain" if card.background and card.shows_all_of_it else ""
        style = f"{_place(card.area, plane)};{_size(card.area)};--layer:{card.layer}{_colour(card.colour)}{fit}"
        is_card = card.kind is not CardKind.GROUP
        name = f' role="group" tabindex="0" aria-label="{_quoted(text.name) or _NAMELESS}"' if is_card else ""
        yield f'<div class="{card.kind.written}"{name} style="{style}">\n\n{text.markdown}\n\n</div>\n', card.offset
    names = {card: text.name for card, text in zip(canvas.cards, texts, strict=True)}
    yield f"</div>\n</div>\n{''.join(_in_words(canvas.edges, names))}</div>\n", 0
    if canvas.left_out:
        yield f"\n{notice(f'{_left_out(canvas).capitalize()}.')}\n", 0


def _around(areas: Sequence[Area]) -> Area:
    """The plane on which all lies."""
    x, y = min(area.x for area in areas) - _MARGIN, min(area.y for area in areas) - _MARGIN
    right, bottom = max(area.x + area.width for area in areas), max(area.y + area.height for area in areas)
    return Area(x, y, right + _MARGIN - x, bottom + _MARGIN - y)


def _picture(edges: Sequence[tuple[Edge, Curve]], plane: Area) -> Iterator[str]:
    """Lines and labels; what reads aloud has the list of them."""
    yield f'<svg aria-hidden="true" viewBox="{plane.x} {plane.y} {plane.width} {plane.height}">'
    for edge, drawn in edges:
        for path, is_head in paths(edge, drawn):
            what = ' class="head"' if is_head else ""
            colour = f' style="{_colour(edge.colour)[1:]}"' if edge.colour else ""
            yield f'<path{what}{colour} d="{path}"/>'
    yield "</svg>\n"
    for edge, drawn in edges:
        if edge.label:
            x, y = drawn.middle
            place = f"{_place(Area(round(x), round(y), 0, 0), plane)}{_colour(edge.colour)}"
            label = html.escape(edge.label)
            yield f'<div class="edge" aria-hidden="true" data-search-exclude style="{place}">{label}</div>\n'


def _in_words(edges: Sequence[Edge], names: dict[Card, str]) -> Iterator[str]:
    if edges:
        yield '<ul class="edges visually-hidden" aria-label="Connections">\n'
        for edge in edges:
            ends = (html.escape(names[card] or _NAMELESS) for card in (edge.start, edge.end))
            label = f": {html.escape(edge.label)}" if edge.label else ""
            yield f"<li>{_ARROWS[edge.points_back, edge.points_on].join(ends)}{label}</li>\n"
        yield "</ul>\n"


_ARROWS: Final = {(False, True): " → ", (True, False): " ← ", (True, True): " ↔ ", (False, False): " – "}


def _place(area: Area, plane: Area) -> str:
    return f"--x:{area.x - plane.x};--y:{area.y - plane.y}"


def _size(area: Area) -> str:
    return f"--width:{area.width};--height:{area.height}"


def _colour(colour: str) -> str:
    return f";--colour:{colour if colour.startswith('#') else f'var(--canvas-{colour})'}" if colour else ""


def _quoted(text: str) -> str:
    return html.escape(" ".join(text.split()))
