"""In: a tree. Out: the same with `==highlights==` and bare addresses as elements; both are text to CommonMark.

Sources: Obsidian's help, "Basic formatting syntax"; GFM, "Autolinks (extension)".
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from .addresses import comparable
from .elements import FENCE, HTML, INLINE, LITERAL, Content, content_of, refill

_HIGHLIGHT: Final = re.compile(rf"(?<![={LITERAL}])==(?!=)")

# Both end before CJK punctuation, which follows an address without a blank. A local part is tried once a run.
_URL = re.compile(
    r"(?:(?<![A-Za-z0-9])https?://|(?<![^\s*_~(])www\.)(?=[^\s./])[^\s<>\x00-\x1f\u3000-\u303f\uff00-\uff65]+",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+/-])(?:mailto:)?[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?<![-_])(?![A-Za-z0-9_-])"
)
_SCHEME = re.compile(r"[a-z]+://", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+")
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;\Z")
_TRAILING: Final = "?!.,:*_~'\""

_UNTOUCHED: Final = frozenset({"a", "code", "pre", "math", FENCE, HTML})


def mark_text(root: Element, source: str) -> None:
    """Find both wherever they may stand: not in code, maths or links."""
    if "==" in source:
        for element in list(_reached(root)):
            _mark_highlights(element)
    if "://" in source or "www." in source.lower() or "@" in source:
        for element in list(_reached(root)):
            _link_addresses(element)


def _reached(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag not in _UNTOUCHED:
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
            texts = _HIGHLIGHT.split(part)
            parts.append(texts[0])
            for text in texts[1:]:
                parts += ("==", text)
        else:
            parts.append(part)
    return parts


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
    for start, end, destination in _addresses(text):
        link = Element("a", {"href": comparable(destination)})
        link.text = text[start:end]
        parts += (text[at:start], link)
        at = end
    return [*parts, text[at:]]


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Give where each address starts and ends, and where it leads."""
    at = 0
    found = sorted([*_URL.finditer(text), *(_EMAIL.finditer(text) if "@" in text else ())], key=re.Match.start)
    for match in found:
        if match.start() < at:
            continue
        address = match[0]
        if match.re is _URL:
            address = _trimmed(address)
            if not _has_host(address):
                continue
        at = match.start() + len(address)
        yield match.start(), at, _destination(address, is_email=match.re is _EMAIL)


def _destination(address: str, *, is_email: bool) -> str:
    if is_email:
        return address if address.startswith("mailto:") else f"mailto:{address}"
    return address if _SCHEME.match(address) else f"http://{address}"


def _trimmed(address: str) -> str:
    """Leave out what ends the sentence, and each `)` that is not opened within."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ";" and (entity := _ENTITY_END.search(address, max(0, end - 40), end)):
            end = entity.start()
        elif last in _TRAILING or (last == ")" and surplus > 0):
            end -= 1
            surplus -= last == ")"
        else:
            break
    return address[:end]


def _has_host(address: str) -> bool:
    """GFM: letters, digits, `-`, `_` and points; no underscore in the last two parts."""
    scheme = _SCHEME.match(address)
    host = _HOST.match(address, scheme.end() if scheme else 0)
    if host is None:
        return False
    parts = host[0].split(".")
    return all("_" not in part for part in parts[-2:])
