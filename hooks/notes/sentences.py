"""Sentences: the words around a place in a note. In: a note's runs of text. Out: plain text."""

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from commonmark.callouts import MARKER
from commonmark.spans import Span, around
from notes.note import Block, BlockKind, Link, Note, Run, displayed_target, runs_from
from notes.shown import shown_text, shown_texts

LONGEST = 300
"""Characters of a sentence that are quoted on either side of a link."""

_ENDS = ".!?…؟۔।॥։።။។。！？｡．"
_END = re.compile(
    rf"[{_ENDS}]"
    r"(?<!\b\d\.)(?<!\b\d\d\.)(?<!\d．)(?:(?<!\b[^\W\d_]\.)|(?<=['’][^\W\d_]\.))"
    r"(?:(?<=[。！？｡．])[。！？]*[”’）」』】》]*|[\"'”’“»«)]*(?: »)?(?=\s))"
)
"""A sentence's last signs, but not those of `e.g.`, `J. Doe` and `3. Oktober`. The first is looked for, as Python finds
one of a few fast."""
_LETTER_OR_END = re.compile(rf"[^\W\d_]|[{_ENDS}]")
_LINES_OF_TAGS = re.compile(rb"(?:(?:[ \t]*+#\S++)++[ \t]*+(?:\r?\n|\Z))++")
_FEWEST = 3
"""Words of a sentence: a subject, a verb and something more."""
_PARAGRAPHS = 100
"""So many paragraphs of a note are asked for a sentence."""
_PIECES = 2_000
"""So many runs of a paragraph are its first sentence at most."""
_WORDS = 40
_LETTERS = 600
"""Of those words, where they are long ones."""

# Scripts without blanks: a sign of Chinese or Japanese counts as a word, of Thai, Lao, Burmese or Khmer four do.
_SIGN = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SYLLABLE = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
_WORD = re.compile(rf"(?:{_SIGN}|{_SYLLABLE}{{1,4}})[^\w\s]*|(?:(?!{_SIGN}|{_SYLLABLE})\S)+")


class Quote(NamedTuple):
    """A sentence with a link in it, as plain text."""

    before: str
    link: str
    after: str


def runs_by_block(note: Note, blocks: Container[int]) -> Mapping[int, Sequence[Run]]:
    """The runs of some of a note's blocks, by the innermost block that holds them."""
    grouped: dict[int, list[Run]] = defaultdict(list)
    for run in note.runs:
        if run.block in blocks:
            grouped[run.block].append(run)
    return grouped


def quotes(note: Note, links: Collection[Link]) -> Iterator[Quote]:
    """The sentence around each of a note's links; a paragraph is read once, as it may have thousands of them.

    Of a link in a footnote in a sentence, it is the footnote's; of one in the properties, the property.
    """
    grouped = runs_by_block(note, {link.block for link in links})
    names = {link.start: name for name, link in note.property_links}
    paragraphs: dict[tuple[int, Span | None], _Paragraph] = {}
    for link in links:
        if link.block < 0:
            yield Quote(f"{names[link.start]}: ", link.label or displayed_target(link.target), "")
            continue
        place = (link.block, around(note.inline_notes, link.start))
        if place not in paragraphs:
            paragraphs[place] = _paragraph(note, grouped.get(link.block, ()), *place)
        yield _quote(link, paragraphs[place])


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A block's words as the page shows them."""

    text: str
    starts: Sequence[int]
    """Byte offset of each run in the note,"""
    places: Sequence[int]
    """and the place of its words in the text; at last the text's end."""
    title_end: int
    """The place in the text where the title of a callout ends, which is no part of the sentence below it."""


def _paragraph(note: Note, runs: Sequence[Run], block: int, footnote: Span | None) -> _Paragraph:
    """The words of a block; of a footnote in it, if one is given."""
    title_end = _title_end(note, block)
    if footnote:
        note, runs, title_end = replace(note, unshown=note.flagged), _inside(runs, footnote), 0
    texts = shown_texts(note, runs)
    starts = [run.start for run in runs]
    places = list(itertools.accumulate(map(len, texts), initial=0))
    return _Paragraph("".join(texts), starts, places, places[bisect_left(starts, title_end)])


def _inside(runs: Sequence[Run], footnote: Span) -> Sequence[Run]:
    """Those between the brackets, each of which is a run; before the first is a caret."""
    start, end = footnote
    bracket, after = (bisect_left(runs, at, key=lambda run: run.start) for at in (start + 1, end))
    return runs[bracket + 1 : after - 1]


def _title_end(note: Note, at: int) -> int:
    """The byte offset where the title of a callout ends, if a block starts with one; else 0."""
    _, start, end, parent = note.blocks[at]
    is_first = 0 <= parent == at - 1 and note.blocks[parent].kind is BlockKind.QUOTE
    return note.source.text.find(b"\n", start, end) if is_first and MARKER.match(note.source.text, start) else 0


def _quote(link: Link, paragraph: _Paragraph) -> Quote:
    first = bisect_left(paragraph.starts, link.start)
    start = paragraph.places[first]
    end = paragraph.places[bisect_left(paragraph.starts, link.end, first)]
    above, below = paragraph.title_end, len(paragraph.text)
    above, below = (0, above) if start < above else (above, below)
    words = paragraph.text[start:end]
    before = paragraph.text[max(above, start - 2 * LONGEST) : start]
    after = paragraph.text[end : min(below, end + 2 * LONGEST)]
    return Quote(_last_sentence(before + words, len(before)), " ".join(words.split()), _first_sentence(after))


def first_words(note: Note, start: int, end: int, most: int = _WORDS) -> str:
    """The first words of the text between two byte offsets, blocks separated by blanks."""
    last_block = -1
    pieces: list[str] = []
    for run in runs_from(note, start):
        if run.start >= end or len(pieces) > most * 4:
            break
        pieces.append((" " if run.block != last_block else "") + shown_text(note, run))
        last_block = run.block
    text = " ".join("".join(pieces).split())
    words = list(itertools.islice(_WORD.finditer(text), most + 1))
    end = min(_LETTERS, words[most - 1].end() if len(words) > most else len(text))
    return text if end == len(text) else text[:end] + " …"


def first_sentence(note: Note) -> str:
    """The first sentence of the note's first paragraph that has one; what says nothing of it is passed over."""
    paragraphs = (at for at, block in enumerate(note.blocks) if block.kind is BlockKind.PARAGRAPH)
    for index in itertools.islice(paragraphs, _PARAGRAPHS):
        if not _is_prose(note, note.blocks[index]):
            continue
        runs = itertools.islice(_runs_of(note, index), _PIECES)
        words = shown_texts(note, [run for run in runs if not _embeds(note, run)])
        text = " ".join("".join(words).split())
        if next(itertools.islice(_WORD.finditer(text), _FEWEST - 1, None), None):
            return _to_its_end(text)
    return ""


def _embeds(note: Note, run: Run) -> bool:
    """Whether the run names a picture or another text in the sentence's midst."""
    return 0 <= run.link < len(note.links) and note.links[run.link].embeds


def _runs_of(note: Note, block: int) -> Iterator[Run]:
    """Those of a paragraph, without the lines at its start that hold tags alone."""
    _, start, end, _ = note.blocks[block]
    tags = _LINES_OF_TAGS.match(note.source.text, start, end)
    return itertools.takewhile(lambda run: run.block == block, runs_from(note, tags.end() if tags else start))


def _is_prose(note: Note, block: Block) -> bool:
    """Not in a quote or a footnote, and no notice, wholly bold."""
    in_list = block.parent < 0 or note.blocks[block.parent].kind in (BlockKind.ITEM, BlockKind.LIST)
    text = note.source.text[block.start : block.end].strip()
    return in_list and not (text.startswith(b"**") and text.endswith(b"**"))


def _ends(text: str, most: int) -> Iterator[int]:
    """Where sentences end, up to a place; none does at `etc.` before a small letter (Unicode's UAX 29, rule SB8).

    Those of Georgian are small, but begin a sentence all the same.
    """
    for end in _END.finditer(text, 0, most):
        following = _LETTER_OR_END.search(text, end.end()) if end[0] == "." else None
        if not (following and following[0] != following[0].title()):
            yield end.end()


def _to_its_end(text: str) -> str:
    """The sentence that a text starts with, whole."""
    return text[: next(_ends(text, len(text)), len(text))]


def _last_sentence(text: str, end: int) -> str:
    """What a place in a text ends or interrupts, up to that place."""
    start = max(_ends(text, end), default=0)
    last = text[start:end].lstrip()
    cut = last[-LONGEST:]
    return ("… " if len(cut) < len(last) else "") + cut.lstrip()


def _first_sentence(text: str) -> str:
    first = _to_its_end(text)
    cut = first[:LONGEST]
    return cut.rstrip() + (" …" if len(cut) < len(first) else "")
