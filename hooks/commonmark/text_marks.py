"""In: a tree. Out: the same with `==highlights==` and bare addresses as elements; both are text to CommonMark.

Sources: Obsidian's help, "Basic formatting syntax"; GFM, "Autolinks (extension)".
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final
from xml.etree.ElementTree import Element

from .addresses import comparable
from .bare_addresses import bare_addresses, bare_urls
from .elements import FENCE, HTML, INLINE, LITERAL, Content, content_of, refill
from .spans import within

_HIGHLIGHT: Final = re.compile(rf"(?<![={LITERAL}])==(?!=)")

_LITERAL: Final = frozenset({"code", "pre", "math", FENCE, HTML})
_UNLINKED: Final = _LITERAL | {"a"}
"""What no link may be in."""


def mark_text(root: Element, source: str) -> None:
    """Find both wherever they may stand: not in code or maths, and no address in a link."""
    if "==" in source:
        for element in list(_reached(root, but=_LITERAL)):
            _mark_highlights(element)
    if "://" in source or "www." in source.lower() or "@" in source:
        for element in list(_reached(root, but=_UNLINKED)):
            _link_addresses(element)


def _reached(root: Element, *, but: AbstractSet[str]) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag not in but:
            yield element
            waiting.extend(element)


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _mark_highlights(element: Element) -> None:
    if not any("==" in text for text in _texts(element)):
        return
    content = _split(content_of(element))
    pairs = dict(_pairs(content))
    if pairs:
        refill(element, _with_marks(content, pairs))


def _split(content: Content) -> Content:
    """Give each `==` a part of its own."""
    parts: Content = []
    for part in content:
        if isinstance(part, str) and "==" in part:
            at = 0
            for mark in _highlight_marks(part):
                parts += (part[at:mark], "==")
                at = mark + len("==")
            parts.append(part[at:])
        else:
            parts.append(part)
    return parts


def _highlight_marks(text: str) -> Iterator[int]:
    """Where each `==` is that is no part of an address."""
    addresses = [(start, inner) for start, _, inner in bare_urls(text)]
    return (mark.start() for mark in _HIGHLIGHT.finditer(text) if not within(addresses, mark.start()))


def _pairs(parts: Content) -> Iterator[tuple[int, int]]:
    """Match each opening `==` with the next closing one; none reaches across a block."""
    opened: int | None = None
    for i, part in enumerate(parts):
        if isinstance(part, Element):
            opened = opened if part.tag in INLINE else None
        elif part == "==":
            if opened is not None and _has_no_blank(parts, i - 1, -1):
                yield opened, i
                opened = None
            elif opened is None and _has_no_blank(parts, i + 1, 0):
                opened = i


def _has_no_blank(parts: Content, i: int, edge: int) -> bool:
    """Ask whether something stands right beside a `==`; an empty text has an element or nothing behind it."""
    beside = parts[i]
    if beside == "":
        step = 1 if edge == 0 else -1
        beside = parts[i + step] if 0 <= i + step < len(parts) else " "
    return isinstance(beside, Element) or not beside[edge].isspace()


def _with_marks(parts: Content, pairs: dict[int, int]) -> Iterator[str | Element]:
    i = 0
    while i < len(parts):
        if i in pairs:
            mark = Element("mark")
            refill(mark, parts[i + 1 : pairs[i]])
            yield mark
            i = pairs[i]
        else:
            yield parts[i]
        i += 1


def _link_addresses(element: Element) -> None:
    content = [
        part for text in content_of(element) for part in ([text] if isinstance(text, Element) else _linked(text))
    ]
    if len(content) > 2 * len(element) + 1:
        refill(element, content)


def _linked(text: str) -> Content:
    """Give the text with its addresses as links."""
    if "://" not in text and "@" not in text and "." not in text:
        return [text]
    parts: Content = []
    at = 0
    for start, end, destination in bare_addresses(text):
        link = Element("a", {"href": comparable(destination)})
        link.text = text[start:end]
        parts += (text[at:start], link)
        at = end
    return [*parts, text[at:]]
