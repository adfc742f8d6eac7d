"""Small tools for trees of elements: text before and after, classes, ids, raw HTML."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final
from xml.etree.ElementTree import Element

LITERAL: Final = "\x05"
"""Stands before a character that the author escaped, so that it is no mark of Obsidian's."""

FENCE: Final = "fence"
"""A block of code as finished HTML, in its text until the tree is written (see `finish`)."""
HTML: Final = "html"
"""A block of the author's HTML, likewise."""

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE: Final = frozenset({"a", "br", "code", "del", "em", "img", "label", "mark", "math", "strong", "sup"})

Content = list[str | Element]
"""What an element holds, in order: its text, and each child with the text after it."""

_FIRST_TAG = re.compile(r"\s*<[A-Za-z][A-Za-z0-9-]*")
_CLASS = re.compile(r'\sclass="')
_HOLDERS: Final = frozenset({"ul", "ol", "table", "hr", "pre", "details", FENCE, HTML})


def append_text(parent: Element, text: str) -> None:
    """Add text after the last child."""
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def add_class(element: Element, name: str) -> None:
    """Add one class, once."""
    names = element.get("class", "").split()
    if name not in names:
        element.set("class", " ".join([*names, name]))


def add_id(element: Element, anchor: str, parent: Element) -> None:
    """Give the element an id; a second one goes to an empty element at its start, or before it."""
    if element.get("id") is None:
        element.set("id", anchor)
        return
    span = Element("span", {"id": anchor})
    if element.tag in _HOLDERS:
        span.tail = "\n"
        parent.insert(list(parent).index(element), span)
    else:
        span.tail, element.text = element.text, None
        element.insert(0, span)


def content_of(element: Element) -> Content:
    """List what an element holds."""
    content: Content = [element.text or ""]
    for child in element:
        content += (child, child.tail or "")
    return content


def refill(element: Element, content: Iterable[str | Element]) -> None:
    """Let an element hold this and nothing else."""
    element.text = None
    element[:] = []
    for part in content:
        if isinstance(part, Element):
            part.tail = None
            element.append(part)
        elif part:
            append_text(element, part)


def finished(block: Element) -> str:
    """Write a fence or the author's HTML, with the id and the class that it got since."""
    source = block.text or ""
    anchor, names = escape(block.get("id", "")), escape(block.get("class", ""))
    tag = _FIRST_TAG.match(source) if block.tag == FENCE else None
    if tag is None:
        return f'<span id="{anchor}"></span>{source}' if anchor else source
    opening = source[tag.end() : source.find(">")]
    added = f' id="{anchor}"' if anchor else ""
    if names and (found := _CLASS.search(opening)):
        at = tag.end() + found.end()
        return f"{source[: tag.end()]}{added}{source[tag.end() : at]}{names} {source[at:]}"
    added += f' class="{names}"' if names else ""
    return source[: tag.end()] + added + source[tag.end() :]
