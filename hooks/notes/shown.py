"""Shown: what readers see of a text. In: a run, or byte offsets. Out: words, without marks, comments and flags."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, takewhile

from commonmark.block_ids import BLOCK_ID
from commonmark.media import SIZE
from commonmark.spans import Span
from notes.note import LinkSyntax, Note, Run, displayed_target

_HIGHLIGHT = re.compile(r"(?<![\w=])==(?=[^\s=]|\Z)|(?:(?<=[^\s=])|\A)==(?![\w=])")

_SIZE = re.compile(rf"(?:\A|\|){SIZE}\Z")


def without_size(text: str) -> str:
    """The words that stand for a picture: of `alt|300` they are `alt`."""
    return _SIZE.sub("", text)


def shown_texts(note: Note, runs: Sequence[Run]) -> Sequence[str]:
    """The texts of some runs, in order, as the page shows them, see `shown_text`."""
    if runs and note.unshown and _unshown(note, runs[0].start, runs[-1].end):
        return [shown_text(note, run) for run in runs]
    return [_displayed(note, run) for run in runs]


def shown_text(note: Note, run: Run) -> str:
    """A run's text as the page shows it: a bare `[[Note#A]]` as `Note > A`, flags and their reasons taken out."""
    cuts = _unshown(note, run.start, run.end) if note.unshown else ()
    if not cuts:
        return _displayed(note, run)
    edges = [run.start, *chain.from_iterable(cuts), run.end]
    return "".join(text_between(note, run, one, other) for one, other in zip(edges[::2], edges[1::2], strict=True))


def _unshown(note: Note, start: int, end: int) -> Sequence[Span]:
    first = max(0, bisect_right(note.unshown, (start,)) - 1)
    last = bisect_right(note.unshown, (end,), first)
    return [span for span in note.unshown[first:last] if span[1] > start]


def text_between(note: Note, run: Run, start: int, end: int) -> str:
    """What a run shows between two byte offsets."""
    if start <= run.start and run.end <= end:
        return _displayed(note, run)
    start, end = max(start, run.start), min(end, run.end)
    if start >= end or run.is_code:
        return ""
    return _without_marks(note, without_comments(note.source.text, note.comments, start, end), end)


def without_comments(text: bytes, comments: Sequence[Span], start: int, end: int) -> str:
    """The text between two byte offsets, without the comments in it."""
    if not comments:
        return text[start:end].decode()
    first = bisect_right(comments, start, key=lambda span: span[1])
    cuts = takewhile(lambda span: span[1] <= end, comments[first:])
    edges = [start, *chain.from_iterable(cuts), end]
    return b"".join(text[one:other] for one, other in zip(edges[::2], edges[1::2], strict=True)).decode()


def _displayed(note: Note, run: Run) -> str:
    start, end, text, _, is_code, index = run
    if 0 <= index < len(note.links):
        link = note.links[index]
        if link.syntax is LinkSyntax.WIKI and not link.label and link.start < start < link.end:
            return displayed_target(link.target)
        if link.embeds:
            return without_size(text) or displayed_target(link.target)
    return text if is_code else _without_marks(note, text, end)


def _without_marks(note: Note, text: str, end: int) -> str:
    """What stage 2 makes of `==`, and of an id at a block's end, is no text; `end`: byte offset after the text.

    What a bracket follows is no id, as in `[^0-9]`, which the parser takes apart.
    """
    if "==" in text:
        text = _HIGHLIGHT.sub("", text)
    return BLOCK_ID.sub("", text) if "^" in text and not note.source.text.startswith(b"]", end) else text
