"""Shown: what readers see of a text. In: a run, or byte offsets. Out: words, without marks, comments and flags."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from commonmark.addresses import LED_TO, scheme
from commonmark.block_ids import BLOCK_ID
from commonmark.media import SIZE
from commonmark.spans import Span
from notes.note import LinkSyntax, Note, Run, displayed_target

_SIZE = re.compile(rf"(?:\A|\|){SIZE}\Z")


_ALLOWED: Final = LED_TO | {""}
_PICTURE: Final = re.compile(r"data:image/(?!svg)", re.IGNORECASE)


def is_refused(target: str, *, embeds: bool) -> bool:
    """Whether no page may have a link, or a picture, with a target: only its words are shown, see `schemes`."""
    return scheme(target) not in _ALLOWED and not (embeds and _PICTURE.match(target))


def without_size(text: str) -> str:
    """The words that stand for a picture: of `alt|300` they are `alt`."""
    return _SIZE.sub("", text)


def shown_texts(note: Note, runs: Sequence[Run]) -> Sequence[str]:
    """The texts of some runs, in order, as the page shows them, see `shown_text`."""
    spans = (note.unshown, note.highlighted)
    if runs and any(_within(cuts, runs[0].start, runs[-1].end) for cuts in spans if cuts):
        return [shown_text(note, run) for run in runs]
    return [_displayed(note, run) for run in runs]


def shown_text(note: Note, run: Run) -> str:
    """A run's text as the page shows it: a bare `[[Note#A]]` as `Note > A`, flags and their reasons taken out."""
    return "".join(text_between(note, run, start, end) for start, end in _left(note.unshown, run.start, run.end))


def text_between(note: Note, run: Run, start: int, end: int) -> str:
    """What a run shows between two byte offsets, without the marks of highlights."""
    start, end = max(start, run.start), min(end, run.end)
    return "".join(_piece(note, run, *piece) for piece in _left(note.highlighted, start, end))


def _piece(note: Note, run: Run, start: int, end: int) -> str:
    if start == run.start and run.end == end:
        return _displayed(note, run)
    if start >= end or run.is_code:
        return ""
    return _without_id(note, without_comments(note.source.text, note.comments, start, end), end)


def without_comments(text: bytes, comments: Sequence[Span], start: int, end: int) -> str:
    """The text between two byte offsets, without the comments in it."""
    if not comments:
        return text[start:end].decode()
    first = bisect_right(comments, start, key=lambda span: span[1])
    last = bisect_right(comments, end, first, key=lambda span: span[1])
    return b"".join(text[one:other] for one, other in _beside(comments[first:last], start, end)).decode()


def _left(cuts: Sequence[Span], start: int, end: int) -> Iterable[Span]:
    """What some cuts leave of a byte range."""
    inside = _within(cuts, start, end) if cuts else ()
    return _beside(inside, start, end) if inside else ((start, end),)


def _beside(cuts: Iterable[Span], start: int, end: int) -> Iterable[Span]:
    edges = [start, *chain.from_iterable(cuts), end]
    return zip(edges[::2], edges[1::2], strict=True)


def _within(cuts: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    first = max(0, bisect_right(cuts, (start,)) - 1)
    last = bisect_right(cuts, (end,), first)
    return [span for span in cuts[first:last] if span[1] > start]


def _displayed(note: Note, run: Run) -> str:
    start, end, text, _, is_code, index = run
    if 0 <= index < len(note.links):
        link = note.links[index]
        if link.syntax is LinkSyntax.WIKI and not link.label and link.start < start < link.end:
            return displayed_target(link.target)
        if link.embeds:
            return without_size(text) or displayed_target(link.target)
    return text if is_code else _without_id(note, text, end)


def _without_id(note: Note, text: str, end: int) -> str:
    """An id at a block's end is no text; `end`: byte offset after the text.

    What a bracket follows is no id, as in `[^0-9]`, which the parser takes apart.
    """
    return BLOCK_ID.sub("", text) if "^" in text and not note.source.text.startswith(b"]", end) else text
