"""In: the source and its events. Out: where `%%comments%%` are; source and events without them.

Source of the rules: Obsidian's help, "Basic formatting syntax", Comments, and what Obsidian was seen to do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from .events import BREAKS, INLINE_TAGS, Event, Kind
from .spans import Span, within

BLOT: Final = "\x04"
"""Stands for one byte of a comment within a line; no text shows it."""

_MARK: Final = b"%%"
_ANY = re.compile(rb"[^\n]")
_WIDEST: Final = 42
"""Bytes of what may stand before a comment on a line of its own."""
_LINE_START = re.compile(rb"\r?\n[ \t>]*+\Z")
_BEFORE_A_LINE: Final = BREAKS | {Kind.START}
"""What a line begins behind; a break there is that of a comment's own line."""
_TRIMMED: Final = frozenset({"Paragraph", "Heading", "TableCell", "Item"})
"""Containers of words: at their ends, breaks and blanks show nothing."""


def comment_spans(source: bytes, events: Iterable[Event]) -> tuple[Span, ...]:
    """Find what Obsidian hides: from `%%` to the next in one block, or all between two lines of `%%`.

    A comment may also begin with words on the line of its `%%`, and end blocks later at a line's end, unless that `%%`
    goes better with another one: what stands between two unrelated ones is text.
    """
    if _MARK not in source:
        return ()
    marks = _marks(source, events)
    partners = _partners(marks)
    spans: list[Span] = []
    i = 0
    while i < len(marks):
        partner = partners[i]
        if partner is not None:
            spans.append((marks[i].at, marks[partner].at + len(_MARK)))
        i = (i if partner is None else partner) + 1
    return tuple(spans)


def _partners(marks: Sequence["_Mark"]) -> Sequence[int | None]:
    """For each mark, the one that ends a comment which it begins; as few as can be are in none, or within one."""
    later = _next_alone(marks)
    partners: list[int | None] = [None] * len(marks)
    left = [0] * (len(marks) + 2)  # marks that neither begin nor end a comment, from each on
    for i in range(len(marks) - 1, -1, -1):
        following = marks[i + 1] if i + 1 < len(marks) else None
        partner = later[i] if marks[i].alone else None
        if partner is None and following and following.block == marks[i].block:
            partner = i + 1
        if partner is None and following and marks[i].starts and following.ends and left[i + 2] < 1 + left[i + 1]:
            partner = i + 1
        partners[i] = partner
        left[i] = 1 + left[i + 1] if partner is None else partner - i - 1 + left[partner + 1]
    return partners


def without_comments(source: bytes, spans: Iterable[Span]) -> bytes:
    """Blot comments out and keep every offset: within a line by `BLOT`, whole lines by blanks."""
    kept = bytearray(source)
    for start, end in spans:
        whole_lines = _is_alone(source, start) and _is_alone(source, end - len(_MARK))
        blot = _blank_lines if whole_lines else _blots
        kept[start:end] = blot(source, start, end)
    return bytes(kept)


def with_line(source: bytes, comment: Span, start: int = 0) -> Span:
    """Give what must go with a comment: the line that it has to itself would end a paragraph, were it left empty."""
    first, last = comment
    if b"\n" in source[first:last] or not _ends_line(source, last - len(_MARK)):
        return comment
    before = _LINE_START.search(source, max(start, first - _WIDEST), first)
    return (before.start(), last) if before else comment


def _blots(_: bytes, start: int, end: int) -> bytes:
    return BLOT.encode() * (end - start)


def _blank_lines(source: bytes, start: int, end: int) -> bytes:
    """Blanks, but in a quote, also in a list there, the signs that keep it one quote."""
    quotes = source[source.rfind(b"\n", 0, start) + 1 : start].count(b">")
    signs = re.compile(rb"(?:[ \t]*>){0,%d}" % quotes)
    first, *lines = source[start:end].split(b"\n")
    return b"\n".join((_ANY.sub(b" ", first), *(_blank(line, signs) for line in lines)))


def _blank(line: bytes, signs: re.Pattern[bytes]) -> bytes:
    match = signs.match(line)
    kept = match.end() if match else 0
    return line[:kept] + _ANY.sub(b" ", line[kept:])


class _Mark(NamedTuple):
    at: int
    """Byte offset of `%%`."""
    block: int
    """Counts the blocks; marks of one block have one number."""
    starts: bool
    """Nothing is before it on its line."""
    ends: bool
    """Nothing is after it on its line."""

    @property
    def alone(self) -> bool:
        """Nothing else is on its line."""
        return self.starts and self.ends


def _marks(source: bytes, events: Iterable[Event]) -> list[_Mark]:
    """Every `%%` of the text: not of code, maths or HTML, and not an escaped one."""
    marks: list[_Mark] = []
    block, before, in_code = 0, 0, False
    for kind, tag, _, start, end in events:
        if tag:
            if tag not in INLINE_TAGS:
                block += 1
                in_code = kind is Kind.START and tag == "CodeBlock"
            continue
        if kind is Kind.TEXT and not in_code and source.find(_MARK, start, end) >= 0:
            # An escape is the one byte that lies between two events of text.
            is_escaped = start > before and source[start - 1 : start] == b"\\"
            places = _finds(source, start + is_escaped, end)
            marks += (_Mark(at, block, _starts_line(source, at), _ends_line(source, at)) for at in places)
        before = end
    return marks


def _finds(source: bytes, start: int, end: int) -> Iterator[int]:
    at = source.find(_MARK, start, end)
    while at >= 0:
        yield at
        at = source.find(_MARK, at + len(_MARK), end)


def _is_alone(source: bytes, at: int) -> bool:
    return _starts_line(source, at) and _ends_line(source, at)


def _starts_line(source: bytes, at: int) -> bool:
    """Look no further than the blanks beside the mark, so that a long line costs no more than its length."""
    while at and source[at - 1] in b" \t>":
        at -= 1
    return at == 0 or source[at - 1] in b"\n"


def _ends_line(source: bytes, at: int) -> bool:
    at += len(_MARK)
    while at < len(source) and source[at] in b" \t\r":
        at += 1
    return at == len(source) or source[at] in b"\n"


def _next_alone(marks: Sequence[_Mark]) -> list[int | None]:
    """For each mark, the first later one that has a line to itself."""
    later: list[int | None] = []
    latest = None
    for i in range(len(marks) - 1, -1, -1):
        later.append(latest)
        latest = i if marks[i].alone else latest
    return later[::-1]


def without_remains(seen: Iterable[Event], spans: Sequence[Span], source: bytes) -> tuple[Event, ...]:
    """Drop what comments leave of their source, where it is blotted out.

    That is rows of tables, empty texts and paragraphs, and lines of HTML, of which one may start within a character.
    """
    shown = (event for event in seen if event.kind is not Kind.HTML or not within(spans, event.start))
    return tuple(_without_voids(_without_hidden_rows(shown, dict(spans), source)))


def _without_hidden_rows(seen: Iterable[Event], comments: Mapping[int, int], source: bytes) -> Iterator[Event]:
    """Drop the row that a comment on a line of its own makes right below a table."""
    is_hidden = False
    for event in seen:
        if event.opens("TableRow") and event.start in comments:
            is_hidden = not source[comments[event.start] : event.end].strip()
        if not is_hidden:
            yield event
        is_hidden = is_hidden and not event.closes("TableRow")


def _without_voids(seen: Iterable[Event]) -> Sequence[Event]:
    """Drop empty texts and paragraphs, and breaks and blanks at a block's edge."""
    kept: list[Event] = []
    for event in seen:
        kind, tag, data, start, end = event
        if kind is Kind.TEXT and not data and start < end:  # of a link without words, it stands for no byte
            continue
        if kind is Kind.SOFT_BREAK and (not kept or kept[-1].kind in _BEFORE_A_LINE):
            continue
        if kind is Kind.END and tag in _TRIMMED:
            _trim_end(kept)
            if tag == "Paragraph" and kept[-1].opens("Paragraph"):
                kept.pop()
                continue
        kept.append(event)
    return kept


def _trim_end(kept: list[Event]) -> None:
    while kept[-1].kind is Kind.SOFT_BREAK:
        kept.pop()
    if kept[-1].kind is Kind.TEXT:
        last = kept.pop()
        if text := last.data.rstrip(" "):
            kept.append(last._replace(data=text))
