"""In: a note's text. Out: its events as Obsidian reads them, the same for both stages.

What Obsidian reads otherwise than CommonMark is corrected here, a module for each rule, which names its source: each
correction changes some bytes in place and lets the parser read them, so that all offsets stay those of the author's
text; then the author's own signs come back into what the events say.
"""

from dataclasses import dataclass

from .block_ids import parted_at_ids
from .comments import BLOT, comment_spans, without_comments, without_remains
from .dollars import without_lone_dollars
from .doubled_brackets import parse_names
from .emphasis import replaced, restored, stumbling_signs
from .events import Event, Events, Link, parse
from .maths_blocks import MARK, as_written, formulas, on_one_line
from .mentions import with_mentions
from .spaced_bold import spaced_bold, without_inner_blanks
from .spans import Span
from .stand_ins import RESTORED, without_marks
from .tables import short_heads, with_whole_heads
from .underlines import as_headings, as_paragraphs, not_underlined

_RESTORED = RESTORED | str.maketrans({BLOT: None})


@dataclass(frozen=True, slots=True)
class Reading:
    """A note's events, and what its author should know of."""

    events: tuple[Event, ...]
    """In order; none lies in a comment."""
    comments: tuple[Span, ...]
    """What is hidden, the `%%` included."""
    spaced_bold: tuple[Span, ...]
    """Paragraphs that are bold only by grace, see `spaced_bold`."""
    addresses: tuple[Span, ...]
    """Bare addresses, if any holds what could be a mark or a tag."""
    not_underlined: tuple[Span, ...] = ()
    """What CommonMark takes for a part of a heading, of a title its first two signs alone; see `underlines`."""


def read(text: str, *, wiki_links: bool = False) -> Reading:
    """Read a note as Obsidian shows it; byte ranges are those of `text` in UTF-8."""
    source = text.encode()
    found = formulas(source, parse(source)) if MARK in source else {}
    written = on_one_line(source, found)
    if heads := short_heads(written):
        written = with_whole_heads(written, heads, parse(written))
    marked, addresses = without_marks(written, wiki_links=wiki_links)
    plain, comments = _without_comments(without_lone_dollars(marked))
    if apart := not_underlined(plain, parse_names if wiki_links else parse):
        plain = as_headings(plain, apart)
    signs = stumbling_signs(plain, parse(plain))
    readable = replaced(plain, signs)
    spaced = spaced_bold(readable)
    corrected = without_inner_blanks(readable, spaced)
    seen: Events = parse_names(corrected) if wiki_links else tuple(parse(corrected))
    if apart:
        seen = tuple(as_paragraphs(seen, apart))
    if comments:
        seen = without_remains(map(_restored, seen), comments, source)
    elif plain != written:
        seen = tuple(map(_restored, seen))
    if signs:
        seen = tuple(restored(seen, plain, signs))
    if found:
        seen = tuple(as_written(event, found) for event in seen)
    seen = parted_at_ids(with_mentions(seen, source), source)
    return Reading(tuple(seen), comments, spaced, addresses, tuple((start, kept.end) for start, kept in apart.items()))


def _without_comments(source: bytes) -> tuple[bytes, tuple[Span, ...]]:
    """The source with its comments blotted out, and where they are; a `$` in one was the partner of none outside."""
    comments = comment_spans(source, parse(source)) if b"%%" in source else ()
    return (without_lone_dollars(without_comments(source, comments)) if comments else source), comments


def _restored(event: Event) -> Event:
    """Take the stand-ins out of whatever an event says."""
    data = event.data
    if isinstance(data, str):  # printable, it holds none; that is found out fastest
        return event if data.isprintable() else event._replace(data=data.translate(_RESTORED))
    if isinstance(data, Link):
        plain = Link(data.destination.translate(_RESTORED), data.title.translate(_RESTORED), data.kind)
        return event._replace(data=plain)
    return event
