"""Parse: one file becomes a note. In: its path and bytes. Out: `Note`, and what its author should know of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Final

from commonmark.callouts import MARKER
from commonmark.highlights import highlights
from commonmark.inline_notes import inline_notes
from commonmark.spans import Span, within
from commonmark.tasks import BOX
from excalidraw import after_banner
from maths import NO_PREAMBLE, Preamble
from notes.as_written import excess, excess_read
from notes.block_ids import block_ids
from notes.flags import without_flags
from notes.front_matter import FrontMatter, markdown_parts, read_front_matter
from notes.lint import lint
from notes.note import ITEM_MARKER, BlockKind, Link, LinkSyntax, Note, PropertyLink, file_name
from notes.outline import outline
from notes.problems import Kind, Problem
from notes.reader import Reader, wiki_link
from notes.scenes import data_of, scene_links
from notes.source import NotePath, Source, read_source

LONGEST_TITLE: Final = 1000
"""Characters of a title in the front matter; each page that lists the note has it."""

_MAYBE_BOX: Final = re.compile(rb"\[[^\sxX\[\]]{1,4}\][ \t]")
"""What a note with a box of other signs than the parser's has; it starts with what Python finds fast."""


def read_note(
    path: NotePath, data: bytes, flags: frozenset[str] = frozenset(), preamble: Preamble = NO_PREAMBLE
) -> Note:
    """Parse a file. `flags` (tags by `key`) are no part of a heading's or title's text: they are never shown.

    `preamble`: what its formulas know.
    """
    source, problems = read_source(path, data)
    front_matter, more = read_front_matter(source)
    if front_matter.title or front_matter.description:
        front_matter = replace(
            front_matter,
            title=without_flags(front_matter.title, flags)[:LONGEST_TITLE].rstrip(),
            description=without_flags(front_matter.description, flags),
        )
    return read_text(source, front_matter, (*problems, *more), flags, preamble)


def read_text(
    source: Source,
    front_matter: FrontMatter,
    problems: Sequence[Problem],
    flags: frozenset[str] = frozenset(),
    preamble: Preamble = NO_PREAMBLE,
) -> Note:
    """Parse a text of which the properties are known, and what is wrong with them."""
    end = data_of(source, front_matter.body, has_scene=front_matter.has_scene)
    if end is not None:
        front_matter = replace(front_matter, body=min(after_banner(source.text, front_matter.body), end))
    reader = Reader(source, front_matter.body, flags, end)
    much = excess(source.text[:end])
    if not much:
        reader.read()
        much = excess_read(reader)
    if much:
        return unread(source, front_matter, problems, much)
    return _read(reader, front_matter, (*problems, *lint(reader, preamble)))


def unread(source: Source, front_matter: FrontMatter, problems: Sequence[Problem], much: str) -> Note:
    """A note of which nothing but its properties is known; `much` says what it has too much of."""
    too_much = source.problem(
        Kind.TOO_MUCH,
        front_matter.body,
        f"{much}; the note is shown as written, and none of its links, flags and tags counts",
        "Divide it into several notes.",
    )
    title = front_matter.title or file_name(source.path)
    return Note(source, front_matter, title, problems=(*problems, too_much), is_as_written=True)


def _read(reader: Reader, front_matter: FrontMatter, problems: Sequence[Problem]) -> Note:
    """A note by what the reader found."""
    source = reader.source
    headings = outline(reader)
    title = next((heading.text for heading in headings if heading.is_title), "")
    marks = tuple(_callout_marks(reader))
    footnotes = tuple(_inline_notes(reader))
    highlighted = tuple(_highlight_marks(reader))
    ids = block_ids(reader, headings)
    return Note(
        source,
        front_matter,
        title=front_matter.title or title or file_name(source.path),
        blocks=tuple(reader.blocks),
        headings=headings,
        links=tuple(reader.links),
        fences=tuple(reader.fences),
        tags=tuple(tag for tag in reader.tags if not within(marks, tag.start)),
        footnotes=tuple(reader.footnotes),
        runs=tuple(reader.runs),
        block_ids={named.id.casefold(): named for named in reversed(ids)},
        all_block_ids=ids,
        html=tuple(reader.html),
        comments=tuple(reader.comments),
        unshown=_outermost((*reader.flagged, *marks, *footnotes, *_task_boxes(reader))),
        flagged=tuple(reader.flagged),
        highlighted=highlighted,
        inline_notes=footnotes,
        labels_with_embeds=tuple(_labels_with_embeds(reader)),
        problems=tuple(problems),
        property_links=tuple(_property_links(reader, front_matter)),
        data_start=reader.end,
    )


def _property_links(reader: Reader, front_matter: FrontMatter) -> Iterator[PropertyLink]:
    for name, start, end, written in front_matter.linked:
        if parts := markdown_parts(written):
            yield PropertyLink(name, _markdown_link(start, end, *parts))
        elif link := wiki_link(written, start, end, embeds=False, block=-1):
            yield PropertyLink(name, link)
    if reader.end is not None:
        yield from scene_links(reader.source, reader.end)


def _markdown_link(start: int, end: int, target: str, label: str) -> Link:
    return Link(
        start, end, LinkSyntax.MARKDOWN, embeds=False, target=target, label=label, label_end=end, title="", block=-1
    )


def _outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, without those that lie in others."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(found)


def _inline_notes(reader: Reader) -> Iterable[Span]:
    """Footnotes in a sentence: on the page they are at its foot."""
    text = reader.source.text
    return inline_notes(reader.events, text) if b"^[" in text else ()


def _highlight_marks(reader: Reader) -> Iterable[Span]:
    text = reader.source.text
    pairs = highlights(reader.events, reader.addresses, text, reader.flagged) if b"==" in text else ()
    return sorted(chain.from_iterable(pairs))


def _labels_with_embeds(reader: Reader) -> Iterable[Span]:
    """Links are in the order of their ends: what is in one comes right before it."""
    for inner, outer in pairwise(reader.links):
        if outer.start < inner.start:
            yield outer.start, outer.end


def _callout_marks(reader: Reader) -> Iterable[Span]:
    for quote, first in pairwise(reader.blocks) if b"[!" in reader.source.text else ():
        if quote.kind is BlockKind.QUOTE and first.kind is BlockKind.PARAGRAPH and first.start < quote.end:
            mark = MARKER.match(reader.source.text, first.start)
            if mark is not None:
                yield mark.span()


def _task_boxes(reader: Reader) -> Iterable[Span]:
    """Those of `- [/]` and its like; to the parser only `[ ]` and `[x]` are no text."""
    text = reader.source.text
    items = (block for block in reader.blocks if block.kind is BlockKind.ITEM)
    for item in items if _MAYBE_BOX.search(text) else ():
        marker = ITEM_MARKER.match(text, item.start)
        if marker and (box := BOX.match(text, marker.end())):
            yield box.span()
