"""In: a note's text. Out: its events as Obsidian reads them, the same for both stages; tags and block ids.

Sources: Obsidian's help on comments and maths ("Basic" and "Advanced formatting syntax"), "Tags", "Link to
a block in a note". What it reads otherwise than CommonMark is corrected here: each correction changes some
bytes in place and lets the parser read them, so that all offsets stay those of the author's text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .comments import BLOT, comment_spans, without_comments
from .emphasis import replaced, restored, stumbling_signs
from .events import BREAKS, INLINE_TAGS, Event, Events, Kind, Link, parse
from .maths_blocks import MARK, as_written, formulas, on_one_line
from .spans import Span
from .stand_ins import DOLLAR, LONGEST_TAG, RESTORED, ROUNDS, TAG, without_marks
from .tables import short_heads, with_whole_heads

__all__ = ["BLOCK_ID", "LONGEST_TAG", "TAG", "Reading", "read"]

BLOCK_ID: Final = re.compile(r"(?:^|(?<=[ \t\n]))\^(?P<id>[A-Za-z0-9-]+)[ \t]*\Z")
"""A block id, at the end of a block's text or alone on a line of its own."""

_RESTORED = RESTORED | str.maketrans({BLOT: None})
_TRIMMED: Final = frozenset({"Paragraph", "Heading", "TableCell", "Item"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A note's events, and what its author should know of."""

    events: tuple[Event, ...]
    """In order; none lies in a comment."""
    comments: tuple[Span, ...]
    """What is hidden, the `%%` included."""
    spaced_bold: tuple[Span, ...]
    """Paragraphs that are bold only by grace, see `_spaced_bold`."""
    addresses: tuple[Span, ...]
    """Bare addresses, if any holds what could be a mark or a tag."""


def read(text: str, *, wiki_links: bool = False) -> Reading:
    """Read a note as Obsidian shows it; byte ranges are those of `text` in UTF-8."""
    source = text.encode()
    found = formulas(source, parse(source)) if MARK in source else {}
    written = on_one_line(source, found)
    if heads := short_heads(written):
        written = with_whole_heads(written, heads, parse(written))
    marked, addresses = without_marks(written, wiki_links=wiki_links)
    settled = _without_prices(marked)
    comments = comment_spans(settled, parse(settled)) if b"%%" in settled else ()
    if comments:
        settled = _without_prices(without_comments(settled, comments))
    stands_in = settled != written
    plain = settled
    signs = stumbling_signs(plain, parse(plain))
    settled = replaced(plain, signs)
    spaced = _spaced_bold(settled)
    settled = _without_inner_blanks(settled, spaced)
    seen = _with_wiki_links(settled) if wiki_links else tuple(parse(settled))
    if comments:
        seen = _without_voids(_without_hidden_rows(seen, dict(comments), source))
    elif stands_in:
        seen = tuple(_restore(event) for event in seen)
    if signs:
        seen = tuple(restored(seen, plain, signs))
    if found:
        seen = tuple(as_written(event, found) for event in seen)
    if _ID_ABOVE.search(source):
        seen = tuple(_parted_at_ids(seen))
    return Reading(seen, comments, spaced, addresses)


_ID_ABOVE = re.compile(rb"\^[A-Za-z0-9-]+[ \t]*\r?\n[ \t>]*\$\$")


def _parted_at_ids(seen: Events) -> Iterator[Event]:
    """End a paragraph at a block id right above a formula that starts its line: to Obsidian that is a block."""
    opened: list[Event] = []  # from where a block starts or ends
    inside = 0  # so many inline elements, none of which may be parted
    for event in seen:
        if event.tag in INLINE_TAGS:
            inside += 1 if event.kind is Kind.START else -1
        elif event.tag:
            yield from opened
            opened = []
        opened.append(event)
        if event.kind is Kind.DISPLAY_MATH and not inside and _is_below_id(opened):
            first, *words, line_end, _ = opened
            paragraph = Event(Kind.START, "Paragraph", None, words[0].start, line_end.start)
            is_item = first.opens("Item")  # one that has its words right in it
            yield from (*opened[:is_item], paragraph, *words, paragraph._replace(kind=Kind.END))
            opened = [event] if is_item else [first._replace(start=event.start), event]
    yield from opened


def _is_below_id(events: Events) -> bool:
    """Ask whether the last of some events is right below a block id in a paragraph or an item."""
    if events[-2].kind not in BREAKS or events[-3].kind is not Kind.TEXT:
        return False
    return events[0].opens("Paragraph", "Item") and BLOCK_ID.search(events[-3].data) is not None


_EMBED = re.compile(rb"!\[\[(?P<inner>[^\[\]\n]+)\]\]")
_AS_EMBED: Final = Link("", "", {"WikiLink": {"has_pothole": True}})


def _with_wiki_links(source: bytes) -> tuple[Event, ...]:
    """Read `[![[picture]]](address)` as a linked embed: the parser would give the address to the picture."""
    changed = bytearray(source)
    seen = tuple(parse(source, wiki_links=True))
    embeds: set[int] = set()
    for _ in range(ROUNDS if b"![[" in source else 0):
        misread = list(_misread(seen, bytes(changed)))
        if not misread:
            break
        for embed in misread:
            embeds.add(embed.start())
            changed[slice(*embed.span())] = b"![](%b)" % (b"x" * len(embed["inner"]))
        seen = tuple(parse(bytes(changed), wiki_links=True))
    return tuple(_as_embed(event, embeds) for event in seen) if embeds else seen


def _misread(seen: Iterable[Event], source: bytes) -> Iterator[re.Match[bytes]]:
    """Find the wiki embeds that the parser took for images with an address in parentheses, or by reference."""
    images = (event for event in seen if event.tag == "Image" and event.kind is Kind.START)
    for image in images:
        embed = _EMBED.match(source, image.start) if isinstance(image.data.kind, str) else None
        if embed:
            yield embed


def _as_embed(event: Event, embeds: set[int]) -> Event:
    return event._replace(data=_AS_EMBED) if event.start in embeds and event.opens("Image") else event


def _without_prices(source: bytes) -> bytes:
    """Blot out a `$` whose maths a `$` before a digit would close: `$5-$10` are prices (Pandoc's rule)."""
    for _ in range(ROUNDS if b"$" in source else 0):
        prices = [
            event.start
            for event in parse(source)
            if event.kind is Kind.INLINE_MATH and source[event.end : event.end + 1].isdigit()
        ]
        if not prices:
            break
        changed = bytearray(source)
        for at in prices:
            changed[at] = ord(DOLLAR)
        source = bytes(changed)
    return source


def _restore(event: Event) -> Event:
    """Take the stand-ins out of whatever an event says."""
    data = event.data
    if isinstance(data, str):  # printable, it holds none; that is found out fastest
        return event if data.isprintable() else event._replace(data=data.translate(_RESTORED))
    if isinstance(data, Link):
        plain = Link(data.destination.translate(_RESTORED), data.title.translate(_RESTORED), data.kind)
        return event._replace(data=plain)
    return event


def _without_hidden_rows(seen: Iterable[Event], comments: Mapping[int, int], source: bytes) -> Iterator[Event]:
    """Drop the row that a comment on a line of its own makes right below a table."""
    is_hidden = False
    for event in seen:
        if event.opens("TableRow") and event.start in comments:
            is_hidden = not source[comments[event.start] : event.end].strip()
        if not is_hidden:
            yield event
        is_hidden = is_hidden and not event.closes("TableRow")


def _without_voids(seen: Iterable[Event]) -> tuple[Event, ...]:
    """Drop what a comment leaves: empty texts and paragraphs, breaks and blanks at a block's edge."""
    kept: list[Event] = []
    for event in map(_restore, seen):
        kind, tag, data, start, end = event
        if kind is Kind.TEXT and not data and start < end:  # of a link without words, it stands for no byte
            continue
        if kind is Kind.SOFT_BREAK and (not kept or kept[-1].kind in (Kind.START, Kind.SOFT_BREAK)):
            continue
        if kind is Kind.END and tag in _TRIMMED:
            _trim_end(kept)
            if tag == "Paragraph" and kept[-1].opens("Paragraph"):
                kept.pop()
                continue
        kept.append(event)
    return tuple(kept)


def _trim_end(kept: list[Event]) -> None:
    while kept[-1].kind is Kind.SOFT_BREAK:
        kept.pop()
    if kept[-1].kind is Kind.TEXT:
        last = kept.pop()
        if text := last.data.rstrip(" "):
            kept.append(last._replace(data=text))


# What a spaced paragraph cannot lack, so that other pages are not parsed for it: one of these, after a line end.
# Each starts with what it always has, which Python finds fast.
_INNER_BLANKS = (
    re.compile(rb"\n[ \t>+\-\d.)]*\*\*[ \t]"),
    re.compile(rb"\*\*(?<=[ \t]\*\*)[ \t\r]*(?:\n|\Z)"),
)

# No other pair of asterisks inside; up to three blanks before, as more of them would make the paragraph code. A run of
# blanks is inside or after as a whole, so that none is tried twice.
_INSIDE = rb"[^*\\ \t]|\\.|\*(?!\*)|[ \t]++(?!\*\*)"
_SPACED = re.compile(
    rb"\*\*(?P<before>[ \t]{0,3})(?P<bold>(?=\S)(?:%b)*+)(?P<after>[ \t]*)\*\*(?P<end>\s*)" % _INSIDE, re.DOTALL
)


def _spaced_bold(source: bytes) -> tuple[Span, ...]:
    """Find paragraphs such as `**whole paragraph **`.

    CommonMark shows their asterisks, because of the blank inside; their author meant bold. Only a paragraph
    that is nothing else counts: within a sentence, nobody can tell which asterisks belong together.
    """
    below = b"\n" + source
    last = max((match.end() - 1 for blank in _INNER_BLANKS for match in blank.finditer(below)), default=-1)
    spans: list[Span] = []
    for event in parse(source) if last >= 0 else ():
        if event.start > last:
            break
        if event.opens("Paragraph") and _is_spaced(source, event):
            spans.append((event.start, event.end))
    return tuple(spans)


def _is_spaced(source: bytes, paragraph: Event) -> bool:
    match = _SPACED.fullmatch(source, paragraph.start, paragraph.end)
    return match is not None and bool(match["before"] or match["after"])


def _without_inner_blanks(source: bytes, spaced: Iterable[Span]) -> bytes:
    """Move the blanks out of the asterisks; the text between them stays in its place."""
    changed = bytearray(source)
    for start, end in spaced:
        changed[start:end] = _SPACED.sub(rb"\g<before>**\g<bold>**\g<after>\g<end>", source[start:end], count=1)
    return bytes(changed)
