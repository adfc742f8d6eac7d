"""In: events of a page. Out: its headings with text, id, level, and whether their section is empty.

Pure, so that stage 1 gets the anchors of a note from the code that makes them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from pymdownx.slugs import slugify

from .block_ids import BLOCK_ID
from .events import BREAKS, CONTROL, INLINE_TAGS, LITERALS, Event, Events, Kind
from .marks import ADDITIONS, EMBED_END, EMBED_START, NOTICE_END, NOTICE_START, PAGE_TITLE, is_flag

_LOWEST: Final = 6

_LONGEST: Final = 1000
"""Characters of a heading that are its text: lists name it again and again, and no link is longer."""

# For a heading such as `# !!!`, of which no character is left.
_NAMELESS: Final = "section"

# As a heading of the author's it would come before the theme's own element, whose script would look into it.
_OF_THE_THEME: Final = re.compile(
    r"__(?:analytics|codelineno|config|consent|drawer|nav|palette|search|settings|skip|tabbed|toc)(?:[_-]|\Z)"
)

_slug = slugify(case="lower")
_HIGHLIGHT = re.compile(r"==(?=\S)(.+?)(?<=\S)==")
# A line up to the last mark that can end a highlight: what opens one behind it would look for its end in vain.
_HIGHLIGHTED = re.compile(r"(?m)^.*(?<=\S)==")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_SHOWN = LITERALS | {Kind.TEXT}


class Heading(NamedTuple):
    """One heading of a page."""

    text: str
    """See `_plain_text`."""
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


def outline(events: Events, of_blocks: Collection[str] = ()) -> tuple[Heading, ...]:
    """List all headings of a page in order; those of embedded texts have none of the ids `of_blocks`."""
    events = _of_author(events)
    found, has_words_before = _scan(events)
    if not found:
        return ()
    texts = [_plain_text(events[each.first + 1 : each.last]) for each in found]
    written = [each.level for each in found]
    has_title = not has_words_before and (_is_sole_title(found, texts) or _is_marked(events, found))
    shown = levels(written, has_title=has_title)
    empty = _empty(found)
    return tuple(
        Heading(text, anchor, level, each.level, each.start, each.end, each.first in empty)
        for each, text, anchor, level in zip(found, texts, _anchors(found, texts, of_blocks), shown, strict=True)
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


@dataclass(slots=True)
class _Found:
    """A heading among the events of a page."""

    level: int
    first: int
    """Index of the event that opens it."""
    start: int
    end: int
    depth: int
    """How many containers it stands in."""
    is_embedded: bool
    """It stands in what stage 1 embedded."""
    last: int = 0
    """Index of the event that closes it."""
    has_content: bool = False
    """Of a heading in no container: something follows before the next one."""


def _scan(events: Events) -> tuple[list[_Found], bool]:
    """Find the headings in one pass, and whether something comes before the first."""
    found: list[_Found] = []
    top: _Found | None = None
    depth = embeds = 0
    something_before = False
    for i, (kind, tag, data, start, end) in enumerate(events):
        if kind is Kind.HTML:
            embeds += data.startswith(EMBED_START) - data.startswith(EMBED_END)
        if not tag or tag in INLINE_TAGS:
            continue
        if kind is Kind.END:
            depth -= 1
            if tag == "Heading":
                found[-1].last = i
            continue
        if tag == "Heading":
            found.append(_Found(data, i, start, end, depth, embeds > 0))
            top = top if depth else found[-1]
        elif not depth and _is_content(events, i):
            something_before = something_before or top is None
            if top is not None:
                top.has_content = True
        depth += 1
    return found, something_before


def _empty(found: Sequence[_Found]) -> frozenset[int]:
    """The headings of empty sections, by the event that opens them."""
    top = [each for each in found if not each.depth]
    empty = empty_sections([each.level for each in top], [each.has_content for each in top])
    return frozenset(each.first for each, is_empty in zip(top, empty, strict=True) if is_empty)


def _anchors(found: Sequence[_Found], texts: Sequence[str], of_blocks: Collection[str]) -> Sequence[str]:
    """Headings of embedded texts come last, so that the page's own, and its blocks, keep the ids that links know."""
    order = sorted(range(len(texts)), key=lambda i: found[i].is_embedded)
    own = sum(not each.is_embedded for each in found)
    taken: dict[str, int] = {}
    anchors = {i: _unique(_slug_of(texts[i]), taken) for i in order[:own]}
    taken = dict.fromkeys(of_blocks, 0) | taken
    anchors |= {i: _unique(_slug_of(texts[i]), taken) for i in order[own:]}
    return [anchors[i] for i in range(len(texts))]


def _plain_text(events: Iterable[Event]) -> str:
    """Give the text of a heading as GitHub takes it for a slug: unformatted.

    `events` are those between its start and its end; images, flags, block ids, footnotes and stage 1's
    own words are no part of it. HTML takes blanks together, but no wide or unbreakable ones, which GitHub drops.
    """
    parts: list[str] = []
    for event in _of_text(events):
        if event.kind in _SHOWN:
            parts.append(event.data)
        elif event.kind in BREAKS:
            parts.append(" ")
    text = "".join(parts)
    if not text.isprintable():
        text = CONTROL.sub("", text)
    if "^" in text:
        text = BLOCK_ID.sub("", text)
    if "==" in text:
        text = _HIGHLIGHTED.sub(lambda line: _HIGHLIGHT.sub(r"\1", line[0]), text)
    return _BLANKS.sub(" ", text).strip()[:_LONGEST].rstrip()


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
    """Make GitHub's slugs: a second `Setup` is `setup-1`, and never one that another heading or the theme has."""
    taken: dict[str, int] = {}
    return tuple(_unique(_slug_of(text), taken) for text in texts)


@lru_cache(maxsize=1 << 14)
def _slug_of(text: str) -> str:
    """Many notes have the same headings."""
    slug = str(_slug(text.replace("<", "").replace(">", ""), "-")) or _NAMELESS
    return f"heading{slug}" if _OF_THE_THEME.match(slug) else slug


def _unique(slug: str, taken: dict[str, int]) -> str:
    """Count on from the last number given to this slug, so that many of one name cost no more than few."""
    anchor = slug
    while anchor in taken:
        taken[slug] += 1
        anchor = f"{slug}-{taken[slug]}"
    taken[anchor] = 0
    return anchor


def levels(written: Sequence[int], *, has_title: bool) -> tuple[int, ...]:
    """Close the gaps: each heading is at most one level below the one that it belongs to.

    Without a title of its own the page starts at level 2, because the theme prints its title above it. A title has
    all others below it, also those in quotes and lists that are written as high.
    """
    base = 0 if has_title else 1
    above: list[int] = []
    shown = []
    for given in written:
        level = max(given, 2) if has_title and above else given
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


def _is_sole_title(found: Sequence[_Found], texts: Sequence[str]) -> bool:
    """Whether the first heading is the page's title: one without words names nothing."""
    top = [each.level for each in found if not each.depth]
    first = next((text for each, text in zip(found, texts, strict=True) if not each.depth), "")
    return first != "" and top[0] == 1 and top.count(1) == 1


def _is_marked(events: Events, found: Sequence[_Found]) -> bool:
    """Whether stage 1 says that the first heading is the page's title."""
    first = next((each for each in found if not each.depth), None)
    return first is not None and any(
        event.kind is Kind.INLINE_HTML and event.data == PAGE_TITLE for event in events[first.first : first.last]
    )
