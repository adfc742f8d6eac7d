"""In: the source and its events. Out: the source with heads of tables as long as the line of dashes below them.

To GFM a table whose head has fewer cells than the line below it is none; to Obsidian it is, and authors of boxes with
facts write `|   |` above `|---|---|`. Blanks of the head, or dashes below it, become its missing bars: no other offset
moves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .events import Event, Kind
from .spans import Span, within

_HEAD: Final = re.compile(
    rb"^(?P<prefix>[ \t>]*+)(?P<head>[^\r\n]*)\r?\n"
    rb"[ \t>]*+(?P<dashes>\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)++\|?[ \t]*+)\r?$",
    re.MULTILINE,
)
_LINE_OF_DASHES: Final = re.compile(rb"\n[ \t>]*+\|?[ \t]*:?-[-:| \t]*\r?$", re.MULTILINE)
"""What may be a line of dashes: few lines are, and Python finds fast where one starts."""
_BARS: Final = re.compile(rb"(?<!\\)\|")
_DASHES: Final = re.compile(rb"-+")
_BLANKS: Final = b" \t"


def short_heads(source: bytes) -> Sequence[re.Match[bytes]]:
    """Find lines above a line of dashes that have fewer cells than it."""
    if b"|" not in source or b"--" not in source:
        return ()
    heads = (found for found in _heads(source) if b"|" in found["head"])
    return [found for found in heads if _cells(found["head"]) < _cells(found["dashes"])]


def _heads(source: bytes) -> Iterator[re.Match[bytes]]:
    done = 0
    for dashes in _LINE_OF_DASHES.finditer(source):
        line = source.rfind(b"\n", 0, dashes.start()) + 1
        head = _HEAD.match(source, line) if line >= done else None
        if head:
            done = head.end()
            yield head


def with_whole_heads(source: bytes, found: Iterable[re.Match[bytes]], events: Iterable[Event]) -> bytes:
    """Fill those that are in no code and no HTML."""
    changed = bytearray(source)
    hidden = list(_hidden(events))
    for table in found:
        if not within(hidden, table.start("head")):
            start, text = _filled(table, _cells(table["dashes"]))
            changed[start : start + len(text)] = text
    return bytes(changed)


def missing_bars(source: bytes) -> Iterator[tuple[Span, bytes]]:
    """For each of those lines its byte range, and the bars that it lacks at its end."""
    for table in short_heads(source):
        yield table.span("head"), b" |" * _missing(table["head"], _cells(table["dashes"]))


def _hidden(events: Iterable[Event]) -> Iterator[Span]:
    for event in events:
        if event.opens("CodeBlock") or event.kind is Kind.HTML:
            yield event.start, event.end


def _missing(head: bytes, cells: int) -> int:
    """How many bars a head lacks, its last one included, that should have so many cells."""
    return cells - _cells(head) + (not _has_end(head))


def _has_end(head: bytes) -> bool:
    return head.rstrip(_BLANKS).endswith(b"|")


def _cells(row: bytes) -> int:
    inner = row.strip(_BLANKS + b"\r").removeprefix(b"|").removesuffix(b"|")
    return len(_BARS.findall(inner)) + 1


def _filled(table: re.Match[bytes], cells: int) -> tuple[int, bytes]:
    """The head with its missing bars, and where it starts: in its blanks, else with room from the dashes below it."""
    head, start = table["head"], table.start("head")
    if not head.strip(_BLANKS + b"|"):
        room = table["prefix"][len(table["prefix"].rstrip(_BLANKS)) :] if b">" in table["prefix"] else b""
        bars = b"|" * (cells + 1)
        whole = room + head
        return (start - len(room), bars.ljust(len(whole))) if len(bars) <= len(whole) else _longer(table, bars)
    inner = head[: head.rindex(b"|")] if _has_end(head) else head
    bars = b"|" * _missing(head, cells)
    if len(inner) - len(inner.rstrip(_BLANKS)) < len(bars):
        return _longer(table, head + bars)
    return start + len(inner) - len(bars), bars


def _longer(table: re.Match[bytes], head: bytes) -> tuple[int, bytes]:
    """A head that takes more room, and the dashes below it that take so much less; as they are if that cannot be."""
    start, between = table.start("head"), table.string[table.end("head") : table.start("dashes")]
    whole = table.string[start : table.end("dashes")]
    room = len(whole) - len(head + between)
    dashes = _DASHES.sub(b"-", table["dashes"].translate(None, _BLANKS))
    return start, head + between + dashes.ljust(room) if len(dashes) <= room else whole
