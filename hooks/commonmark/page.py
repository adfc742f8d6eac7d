"""In: the text of a page. Out: its tree, dressed, up to what MkDocs has to read first (see `finish`)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from maths import NO_PREAMBLE, Preamble

from .block_ids import possible_names
from .callouts import with_callouts
from .contents import name_headings
from .dialect import read
from .elements import FENCE, HTML, LITERAL
from .events import CONTROL, Events, parse
from .finish import AMPERSAND
from .headings import Heading, outline
from .inline_notes import with_inline_notes
from .marks import EMBED_START, WANTED_PAGE
from .open_html import OPENING, with_ends
from .passages import mark_block_ids, mark_flags
from .tasks import with_tasks
from .text_marks import mark_text
from .tree import Page, TreeBuilder

_BYTE_ORDER_MARK: Final = "\ufeff"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLOCK_ID = re.compile(r"(?<!\[)\^[A-Za-z0-9-]")
_TASK = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t].*?\[[^ \]xX]\][ \t]", re.MULTILINE)
_SEALED: Final = frozenset({"href", "src", "data-toc-label"})
"""Attributes in which `&` is as Python-Markdown wants it."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How far a page is read as Obsidian reads it."""

    line_breaks: bool = True
    """A single line break is shown."""
    obsidian: bool = True
    """Else as CommonMark with GFM's tables, tasks, strikethrough, footnotes and maths, headings as written."""
    preamble: Preamble = NO_PREAMBLE
    """What all formulas know."""


def readable(text: str) -> str:
    """Leave out what no page may hold; CommonMark shows NUL as U+FFFD."""
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\0", "\ufffd")
    return CONTROL.sub("", _SURROGATE.sub("\ufffd", text))


def read_page(text: str, mode: Mode, code: Callable[[str, str], str | None], stash: Callable[[str], str]) -> Page:
    """Read a page; see `TreeBuilder` for `code` and `stash`."""
    source = text.encode()
    seen: Events = read(text).events if mode.obsidian else tuple(parse(source))
    headings = outline(seen, possible_names(text) if EMBED_START in text else ())
    if not mode.obsidian:
        headings = tuple(heading._replace(level=heading.written_level, is_empty=False) for heading in headings)
    else:
        seen = _with_containers(seen, text, source)
    builder = TreeBuilder(source, headings, mode.preamble, code=code, stash=stash, line_breaks=mode.line_breaks)
    page = builder.build(seen)
    if mode.obsidian:
        _mark(page, text, headings)
    if "&" in text or "\\" in text:
        _seal(page.root)
    return page


def _with_containers(seen: Events, text: str, source: bytes) -> Events:
    """Find what is made of other containers, and end what is open; each step only where its sign occurs."""
    if "[!" in text:
        seen = tuple(with_callouts(seen, source))
    if "^[" in text:
        seen = tuple(with_inline_notes(seen, source))
    if _TASK.search(text):
        seen = tuple(with_tasks(seen, source))
    if OPENING.search(text):
        seen = tuple(with_ends(seen))
    return seen


def _mark(page: Page, text: str, headings: Iterable[Heading]) -> None:
    """Find what is text to CommonMark; each step only where its sign occurs."""
    mark_text(page.root, text)
    if _BLOCK_ID.search(text):
        mark_block_ids(page.root, frozenset(heading.anchor for heading in headings))
    if page.pills:
        mark_flags(page.root, page.pills)
    if "![" in text or WANTED_PAGE in text:
        name_headings(page.root)


def _seal(root: Element) -> None:
    """Write `&` so that it is never read as an entity, and drop the marks of escapes."""
    for element in root.iter():
        if element.text and element.tag not in {FENCE, HTML}:
            element.text = _sealed(element.text)
        if element.tail:
            element.tail = _sealed(element.tail)
        for name, value in element.items():
            if "&" in value and name not in _SEALED:
                element.set(name, _sealed(value))


def _sealed(text: str) -> str:
    return text.replace(LITERAL, "").replace("&", AMPERSAND)
