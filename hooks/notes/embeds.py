"""Embeds: `![[picture.png|300]]`, `![[Note]]`, `![[Note#Heading]]`, `![[Note#^block]]`. In: links. Out: CommonMark.

Source of the rules: Obsidian's help, "Embed files". An embedded note stands in an element of its own, in a list
or a quote too; its headings fit the place, its links lead where they led at home. What would never end is cut
off, with a notice on the page.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from commonmark.media import PLAYED, SIZE
from commonmark.spans import Span, within
from notes import bases
from notes.anchors import find_heading, section_end
from notes.boxes import boxed, in_cell, moved_out, stands_too_deep
from notes.edits import Edit
from notes.exported import shown_by
from notes.link_problems import name_problem
from notes.links import absent, anchor, destination
from notes.moved import footnotes_elsewhere
from notes.names import is_base, is_canvas
from notes.note import BlockKind, Link, LinkSyntax, Note, heading_before
from notes.outgoing import Outgoing, is_wanted, media_fragment, resolve_fragment
from notes.parts import starting_in
from notes.problems import Kind, Problem
from notes.scenes import is_scene_name
from notes.source import NotePath
from notes.vault import Vault
from notes.writing import encoded, escaped, link, notice, relative_address, title

MOST_DEEP = 8
"""So many embeds inside of each other are shown: nobody reads further in."""
MOST_EMBEDS = 500
"""So many embeds are shown on one page."""
MOST_TIMES = 10
"""So often one passage is shown on one page: who embeds it twice in what is embedded twice means no more."""
MOST_BYTES = 4 << 20
"""So much embedded text is shown on one page."""
MOST_PIECES = 40_000
"""So many words, links and blocks are in what is embedded on one page."""
_SIGNS_OF_A_PIECE = 8
"""Of code and formulas, of which a word may take up a whole note."""
MOST_STEPS = 2_000_000
"""So much is asked for the bases on one page: a few seconds' work."""
_LIMITS = (
    f"at most {MOST_DEEP} inside of each other, {MOST_EMBEDS} on a page, {MOST_TIMES} of one passage, "
    f"{MOST_BYTES >> 20} MiB, {MOST_PIECES:,} words, links and blocks"
)

_SIZE = re.compile(SIZE)
_PLACING = re.compile(r"\d*%?(?:x\d*%?)?|(?:left|right|center)(?:-wrap)?")
"""What the plugin for drawings reads in an embed of one: how large it is, and where it stands."""
_ROW = re.compile(rb"[ \t>]*+\|")
"""How a line of a table starts."""


class Extent(NamedTuple):
    """A part of a note."""

    path: NotePath
    start: int
    """Byte offset."""
    end: int
    """Byte offset, exclusive."""


def whole(note: Note) -> Extent:
    """All of a note but its properties."""
    return Extent(note.path, note.front_matter.body, note.end)


@dataclass(slots=True)
class Budget:
    """How much a page may still embed, and whether the author was told that it was too much."""

    embeds: int = MOST_EMBEDS
    size: int = MOST_BYTES
    pieces: int = MOST_PIECES
    times: Counter[Extent] = field(default_factory=Counter)
    """How often each passage was asked for."""
    is_told: bool = False
    steps: bases.Budget = field(default_factory=lambda: bases.Budget(MOST_STEPS))
    """Of the bases on it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: on whose page, inside which embeds, and under a heading of which level."""

    host: NotePath
    inside: tuple[Extent, ...]
    level: int
    budget: Budget = field(compare=False)
    shows_flags: bool = False
    """Whether a text of another page has its pills; only the guide says what they are."""


Expand = Callable[[Note, Sequence[Span], Place], tuple[Sequence[str], Sequence[Problem]]]
"""Makes CommonMark of byte ranges of a note, for a place."""


def embed_edits(
    note: Note, links: Sequence[Outgoing], vault: Vault, place: Place, expand: Expand
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """The edits for the embeds among a note's links, and what is wrong with them."""
    edits: list[Edit] = []
    problems: list[Problem] = []
    for outgoing in links:
        if outgoing.link.embeds:
            made, told = _embed(note, outgoing, vault, place, expand)
            if not is_wanted(outgoing) and (problem := name_problem(note, outgoing, vault)):
                problems.append(problem)
            problems += told
            if isinstance(made, _Box):
                edits.append(boxed(note, outgoing.link, made.target, made.text, edits[-1].end if edits else 0))
            elif made:
                edits.append(Edit.replacement(outgoing.link.start, outgoing.link.end, made, "embeds"))
    return tuple(edits), tuple(problems)


def _embed(
    note: Note, outgoing: Outgoing, vault: Vault, place: Place, expand: Expand
) -> tuple["_Box | str", Sequence[Problem]]:
    """What stands in the embed's place; empty if another feature makes it."""
    if outgoing.path in vault.notes:
        return _note(note, outgoing, vault, place, expand)
    if is_wanted(outgoing):
        return "", ()  # `links` makes it a link to its entry
    if not outgoing.path:
        return absent(outgoing), ()
    return _file(note, outgoing, vault, place.host)


def _file(note: Note, outgoing: Outgoing, vault: Vault, host: NotePath) -> tuple[str, Sequence[Problem]]:
    if picture := shown_by(outgoing.path, vault.assets):
        return _medium(note, outgoing, picture, host), ()
    return _unshown(note, outgoing, host)


def _unshown(note: Note, outgoing: Outgoing, host: NotePath) -> tuple[str, Sequence[Problem]]:
    """What no browser shows, such as a table of another program, is a link to the file."""
    problem = note.source.problem(
        Kind.NOT_SHOWN,
        outgoing.link.start,
        f"no page can show `{outgoing.path}`; a link leads to it",
        "Embed a picture of it, exported to the same folder.",
    )
    name = outgoing.path.rpartition("/")[2]
    return notice(_leading(note, outgoing, name, relative_address(encoded(outgoing.path), host))), (problem,)


def _leading(note: Note, outgoing: Outgoing, label: str, address: str) -> str:
    """A link to what is embedded; its words alone among those of another link."""
    return escaped(label) if within(note.labels_with_embeds, outgoing.link.start) else link(label, address)


def _medium(note: Note, outgoing: Outgoing, path: str, host: NotePath) -> str:
    """A picture, sound, film or document; stage 2 knows which by the ending, and takes the size from the label."""
    written = outgoing.link
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    parts = [part.strip() for part in written.label.replace("\\|", "|").split("|")]
    size = parts.pop() if _SIZE.fullmatch(parts[-1]) else ""
    if path != outgoing.path:
        size = size or next(filter(_SIZE.fullmatch, parts), "")
        parts = [part for part in parts if not _PLACING.fullmatch(part)]
    bar = "\\|" if _is_in_row(note, written) else "|"
    label = bar.join(parts)
    if written.syntax is LinkSyntax.WIKI or (not label and f"{dot}{ending}".lower() in PLAYED):
        label = escaped("|".join(parts) or name)
    fragment = media_fragment(outgoing) if path == outgoing.path else ""
    address = relative_address(encoded(path), host) + anchor(fragment)
    return f"![{label}{bar + size if size else ''}]({address}{title(written.title)})"


def _is_in_row(note: Note, written: Link) -> bool:
    """Whether a bar there ends a cell, or may: when `[[A|b]]` in the head becomes a link, its lines become a table."""
    line = note.source.text.rfind(b"\n", 0, written.start) + 1
    return note.blocks[written.block].kind is BlockKind.CELL or _ROW.match(note.source.text, line) is not None


def _note(
    note: Note, outgoing: Outgoing, vault: Vault, place: Place, expand: Expand
) -> tuple["_Box | str", Sequence[Problem]]:
    target = vault.notes[NotePath(outgoing.path)]
    if _is_picture(target, outgoing.subpath):
        return _file(note, outgoing, vault, place.host)
    address = destination(outgoing, resolve_fragment(outgoing, vault)[0], place.host)
    source = _leading(note, outgoing, _caption(target, outgoing), address)
    kind = note.blocks[outgoing.link.block].kind
    in_line = (note.inline_notes, note.labels_with_embeds)  # each ends with its paragraph, as a heading does
    gone = () if _extent(target, outgoing.subpath) else (_no_passage(note, outgoing, target),)
    if kind is BlockKind.HEADING or any(within(spans, outgoing.link.start) for spans in in_line):
        return notice(source), gone
    if kind is not BlockKind.CELL and stands_too_deep(note, outgoing.link):
        return notice(source), (_too_deep(note, outgoing), *gone)
    shown = _passage(note, outgoing, target, place, expand)
    text = f"{source}{shown.text}" if shown.is_refused else f"{shown.text}\n\n{source}"
    if kind is BlockKind.CELL:
        line = "" if shown.is_refused else in_cell(target, shown.text, source)
        return line or notice(source), shown.problems
    return _Box(target, text), shown.problems


def _too_deep(note: Note, outgoing: Outgoing) -> Problem:
    message = "the embed stands too deep in lists or quotes; a link leads to what it would show"
    return note.source.problem(Kind.TOO_MANY, outgoing.link.start, message, "Move it out of some of them.")


def _is_picture(target: Note, subpath: str) -> bool:
    """Whether a picture stands for a note: not where a part is meant that its author wrote beside a drawing."""
    is_drawing = target.data_start is not None or is_scene_name(target.path)
    return is_drawing and not (subpath and _extent(target, subpath))


class _Box(NamedTuple):
    """An element with the text of another note."""

    target: Note
    text: str
    """CommonMark."""


class _Passage(NamedTuple):
    """What an embed shows."""

    text: str
    """CommonMark; if it is refused, why, as the end of a sentence."""
    problems: Sequence[Problem]
    is_refused: bool = False


def _passage(note: Note, outgoing: Outgoing, target: Note, place: Place, expand: Expand) -> _Passage:
    extent = _extent(target, outgoing.subpath)
    if extent is None:
        return _Passage(": no such passage.", (_no_passage(note, outgoing, target),), is_refused=True)
    place.budget.embeds -= 1
    place.budget.times[extent] += 1
    if problem := _refusal(note, outgoing, target, extent, place):
        # Where a note shows the canvas that it stands on, nothing is wrong.
        is_fine = problem.kind is Kind.CYCLE and any(is_canvas(outer.path) for outer in (*place.inside, extent))
        told = () if is_fine or place.budget.is_told else (problem,)
        place.budget.is_told = place.budget.is_told or problem.kind is Kind.TOO_MANY
        return _Passage(f" is not shown here: {escaped(problem.message)}.", told, is_refused=True)
    inner = Place(place.host, (*place.inside, extent), _level_at(note, outgoing.link, place), place.budget)
    footnotes = footnotes_elsewhere(target, extent.start, extent.end)
    ranges = [extent[1:], *((block.start, block.end) for block in footnotes)]
    (text, *notes), problems = expand(target, ranges, inner)
    if outgoing.subpath:
        text = moved_out(text, target, extent.start)
    text = "\n\n".join(part.rstrip() for part in (text, *notes))
    place.budget.size -= len(text)
    return _Passage(text, problems)


def _refusal(note: Note, outgoing: Outgoing, target: Note, extent: Extent, place: Place) -> Problem | None:
    start = outgoing.link.start
    if extent in place.inside:
        way_out = "Take one of the embeds out."
        return note.source.problem(Kind.CYCLE, start, "the embed leads back to itself", way_out)
    budget = place.budget
    is_spent = min(budget.embeds, budget.size, budget.pieces) < 0 or budget.times[extent] > MOST_TIMES
    if not is_spent:
        budget.pieces -= _pieces(target, extent)
    if is_spent or budget.pieces < 0 or len(place.inside) > MOST_DEEP:
        return note.source.problem(Kind.TOO_MANY, start, f"too many embeds ({_LIMITS})", "Link to the note instead.")
    return None


def _pieces(note: Note, extent: Extent) -> int:
    """How much there is to read and to show in a part of a note, without what that embeds."""
    ranges = [extent[1:]]
    start = attrgetter("start")
    runs = tuple(starting_in(note.runs, ranges, start))
    links, headings = tuple(starting_in(note.links, ranges, start)), tuple(starting_in(note.headings, ranges, start))
    blocks = tuple(starting_in(note.blocks, ranges, start))
    signs = sum(len(run.text) for run in runs if run.is_code)
    signs += sum(len(fence.content) for fence in starting_in(note.fences, ranges, start))
    return sum(map(len, (runs, links, blocks, headings))) + signs // _SIGNS_OF_A_PIECE


def _no_passage(note: Note, outgoing: Outgoing, target: Note) -> Problem:
    message = f"`{target.name}` has no passage `{outgoing.subpath}` to embed"
    return note.source.problem(Kind.NO_HEADING, outgoing.link.start, message, "Correct the name.")


def _caption(target: Note, outgoing: Outgoing) -> str:
    if not outgoing.subpath or outgoing.subpath.startswith("^"):
        return target.title
    return " › ".join((target.title, *filter(None, outgoing.subpath.split("#"))))


def _extent(target: Note, subpath: str) -> Extent | None:
    """What an embed shows; None if there is no such heading or block."""
    if is_base(target.path) and target.headings:
        return _view(target, subpath)
    if not subpath:
        return whole(target)
    if subpath.startswith("^"):
        block = target.block_ids.get(subpath[1:].casefold())
        return Extent(target.path, block.start, block.end) if block else None
    heading = find_heading(target, subpath)
    if heading is None:
        return None
    return Extent(target.path, heading.start, section_end(target, heading))


def _view(target: Note, subpath: str) -> Extent | None:
    """One view of a base, without its heading: the first, if none is named."""
    heading = find_heading(target, subpath) if subpath else target.headings[0]
    return Extent(target.path, heading.end, section_end(target, heading)) if heading else None


def _level_at(note: Note, written: Link, place: Place) -> int:
    """The level of the heading under which an embed stands on its page; at least that of the page's title."""
    above = heading_before(note, written.start)
    return max(1, place.level + (note.headings[above].level if above >= 0 else 0))
