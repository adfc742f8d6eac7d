"""In: events of a page. Out: its headings with text, id, level, and whether their section is empty.

Pure, so that stage 1 gets the anchors of a note from the code that makes them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pymdownx.slugs import slugify

from .events import CONTROL, INLINE_TAGS, Event, Events, Kind
from .marks import ADDITIONS, EMBED_END, EMBED_START, NOTICE_END, NOTICE_START, is_flag

_LOWEST: Final = 6

# For a heading such as `# !!!`, of which no character is left.
_NAMELESS: Final = "section"

_slug = slugify(case="lower")
_HIGHLIGHT = re.compile(r"==(?=\S)(.+?)(?<=\S)==")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+\s*$")
_BREAKS = frozenset({Kind.SOFT_BREAK, Kind.HARD_BREAK})
_SHOWN = frozenset({Kind.TEXT, Kind.CODE, Kind.INLINE_MATH, Kind.DISPLAY_MATH})


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a page."""

    text: str
    """See `plain_text`."""
    anchor: str
    """The id that the page has, see `heading_ids`."""
    level: int
    """1 to 6, as shown, see `levels`."""
    written_level: int
    """1 to 6, as the author wrote it."""
    start: int
    """Byte offset."""
    end: int
    """Byte offset, exclusive."""
    is_empty: bool
    """See `empty_sections`; a heading in a quote or a list never is."""
    is_top: bool
    """It stands in no quote, list or footnote."""


def outline(events: Events) -> tuple[Heading, ...]:
    """List all headings of a page in order."""
    events = _of_author(events)
    bounds = _heading_bounds(events)
    depth, content = _depths_and_content(events)
    top = [first for first, _ in bounds if not depth[first]]
    stops = [*top, len(events)][1:]
    filled = [any(content[first:stop]) for first, stop in zip(top, stops, strict=True)]
    empty = {
        first
        for first, is_empty in zip(top, empty_sections([events[i].data for i in top], filled), strict=True)
        if is_empty
    }
    sole = _is_sole_title(events, top, any(content[: top[0]])) if top else False
    texts = [plain_text(events[first + 1 : last]) for first, last in bounds]
    shown = levels([events[first].data for first, _ in bounds], sole_title=sole)
    return tuple(
        Heading(
            text=text,
            anchor=anchor,
            level=level,
            written_level=events[first].data,
            start=events[first].start,
            end=events[first].end,
            is_empty=first in empty,
            is_top=not depth[first],
        )
        for (first, _), text, anchor, level in zip(bounds, texts, _anchors(events, bounds, texts), shown, strict=True)
    )


def _of_author(events: Events) -> Events:
    """What stage 1 added beneath the author's text fills no section."""
    end = len(events)
    for i in range(len(events) - 1, -1, -1):
        if events[i].tag == "Heading":
            break
        if events[i].kind is Kind.HTML and events[i].data.startswith(ADDITIONS):
            end = i - 1
    return events[:end]


def _anchors(events: Events, bounds: Sequence[tuple[int, int]], texts: Sequence[str]) -> Sequence[str]:
    """Headings of embedded texts come last, so that the page's own keep the ids that links to them know."""
    embedded = _embedded(events, [first for first, _ in bounds])
    order = sorted(range(len(texts)), key=embedded.__getitem__)
    anchors = dict(zip(order, heading_ids([texts[i] for i in order]), strict=True))
    return [anchors[i] for i in range(len(texts))]


def _embedded(events: Events, firsts: Sequence[int]) -> list[bool]:
    """For each heading, given by its event, whether it stands in what stage 1 embedded."""
    depth = 0
    starts = set(firsts)
    found = []
    for i, event in enumerate(events):
        if event.kind is Kind.HTML:
            depth += event.data.startswith(EMBED_START) - event.data.startswith(EMBED_END)
        elif i in starts:
            found.append(depth > 0)
    return found


def plain_text(events: Iterable[Event]) -> str:
    """Give the text of a heading as GitHub takes it for a slug: unformatted.

    `events` are those between its start and its end; images, flags, block ids, footnotes and stage 1's
    own words are no part of it.
    """
    parts: list[str] = []
    for event in _of_text(events):
        if event.kind in _SHOWN:
            parts.append(event.data)
        elif event.kind in _BREAKS:
            parts.append(" ")
    text = _BLOCK_ID.sub("", CONTROL.sub("", "".join(parts)))
    return " ".join(_HIGHLIGHT.sub(r"\1", text).split())


def _of_text(events: Iterable[Event]) -> Iterator[Event]:
    closer, depth = "", 0
    for event in events:
        if depth:
            depth += event.opens(closer) - _ends(event, closer)
            continue
        closer = _closer(event)
        if closer:
            depth = 1
        else:
            yield event


def _closer(event: Event) -> str:
    """What ends the part of a heading that starts here and is none of its text; empty if none does."""
    if event.opens("Image") or (event.opens("Link") and is_flag(event.data.destination)):
        return event.tag
    return NOTICE_END if event.kind is Kind.INLINE_HTML and event.data == NOTICE_START else ""


def _ends(event: Event, closer: str) -> bool:
    return event.closes(closer) or (event.kind is Kind.INLINE_HTML and event.data == closer)


def heading_ids(texts: Sequence[str]) -> tuple[str, ...]:
    """Make GitHub's slugs: a second `Setup` is `setup-1`, and never one that another heading has."""
    taken: dict[str, int] = {}
    return tuple(_unique(_slug(text.replace("<", "").replace(">", ""), "-") or _NAMELESS, taken) for text in texts)


def _unique(slug: str, taken: dict[str, int]) -> str:
    """Count on from the last number given to this slug, so that many of one name cost no more than few."""
    anchor = slug
    while anchor in taken:
        taken[slug] += 1
        anchor = f"{slug}-{taken[slug]}"
    taken[anchor] = 0
    return anchor


def levels(written: Sequence[int], *, sole_title: bool) -> tuple[int, ...]:
    """Close the gaps: each heading is at most one level below the one that it belongs to.

    Without a title of its own the page starts at level 2, because the theme prints its title above it.
    """
    base = 0 if sole_title else 1
    above: list[int] = []
    shown = []
    for level in written:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        shown.append(min(base + len(above), _LOWEST))
    return tuple(shown)


def empty_sections(written: Sequence[int], filled: Sequence[bool]) -> tuple[bool, ...]:
    """Find headings with no content before the next of their level, of a higher one, or the end."""
    after = [*written, 0][1:]
    return tuple(
        not has_content and next_level <= level
        for level, has_content, next_level in zip(written, filled, after, strict=True)
    )


def _heading_bounds(events: Events) -> list[tuple[int, int]]:
    firsts = [i for i, event in enumerate(events) if event.opens("Heading")]
    lasts = [i for i, event in enumerate(events) if event.closes("Heading")]
    return list(zip(firsts, lasts, strict=True))


def _depths_and_content(events: Events) -> tuple[list[int], list[bool]]:
    """For each event, how many containers it stands in, and whether it starts content of a section."""
    depths, content = [], []
    depth = 0
    for i, event in enumerate(events):
        is_block = bool(event.tag) and event.tag not in INLINE_TAGS
        if is_block and event.kind is Kind.END:
            depth -= 1
        depths.append(depth)
        content.append(not depth and is_block and event.kind is Kind.START and _is_content(events, i))
        if is_block and event.kind is Kind.START:
            depth += 1
    return depths, content


def _is_content(events: Events, i: int) -> bool:
    """A reader finds something there: not in a comment, in what moves to the foot, or in a flag."""
    event = events[i]
    if event.tag == "HtmlBlock":
        return not str(events[i + 1].data).lstrip().startswith("<!--")
    if event.tag == "Paragraph":
        return not _is_flag_alone(events, i + 1)
    return event.tag not in {"Heading", "FootnoteDefinition"}


def _is_flag_alone(events: Events, i: int) -> bool:
    if not (events[i].opens("Link") and is_flag(events[i].data.destination)):
        return False
    while not events[i].closes("Link"):
        i += 1
    return events[i + 1].closes("Paragraph")


def _is_sole_title(events: Events, top: Sequence[int], something_before: bool) -> bool:  # noqa: FBT001 - private
    return events[top[0]].data == 1 and not something_before and [events[i].data for i in top].count(1) == 1
