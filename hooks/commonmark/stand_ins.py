"""In: the source. Out: the same where a mark that is none is another byte, so that the parser reads it as text.

Marks in a bare address are a part of it (GFM, "Autolinks (extension)"), and so are underscores in a tag's name
(Obsidian's help, "Tags"). A pair of single `~` is text: Obsidian strikes by two (its help, "Basic formatting syntax").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from .bare_addresses import bare_urls
from .events import FORMULAS, Event, Kind, parse
from .spans import Span, within
from .tags import TAG

DOLLAR: Final = "\x01"
_STAND_INS: Final = {"$": DOLLAR, "*": "\x0e", "_": "\x0f", "~": "\x10"}
"""Each of one byte, so that no offset moves; no whitespace or punctuation to CommonMark, and no text has them."""

RESTORED: Final = str.maketrans({stand_in: mark for mark, stand_in in _STAND_INS.items()})

ROUNDS: Final = 24
"""A round settles at least one of every two marks of a page: enough for 16 million."""

_PLACE = re.compile(rb"[:#Ww](?:(?<=#)|(?<=:)//|[Ww]{2}\.)[^\s<]*[^\s<*_~?!.,:'\"]")
"""Where an address or a tag may be, and all that may be in it; a mark at its end is none of it.

It starts with a set of signs, which Python finds fast.
"""
_IN_PLACE = re.compile(rb"[*~$]|==|(?<![A-Za-z0-9_])_|_(?![A-Za-z0-9_])|(?<=[^\w&/#\\])#")
"""What an address may be misread for; an underscore within a word is no mark anywhere."""
_SINGLE_TILDE = re.compile(rb"(?<!~)~(?!~)")

_MARK = re.compile(r"[*~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_NO_TAG_AFTER = re.compile(rb"[&/#\\]")
_ENTITY: Final = b"&"
_ESCAPE, _TILDE = b"\\~"
_EMPHASIS: Final = frozenset({"Emphasis", "Strong", "Strikethrough"})
_OUTSIDE: Final = frozenset({"Link", "Image", "CodeBlock", "HtmlBlock"})


@dataclass(slots=True)
class _Texts:
    """Where a page's text is."""

    pieces: list[Span] = field(default_factory=list)
    """Each goes on over the edges of emphasis, and over maths, as these may be none; but not over an escape."""
    maths: list[Span] = field(default_factory=list)
    single_tildes: list[int] = field(default_factory=list)
    """Byte offsets of those that strike."""


def without_marks(source: bytes, *, wiki_links: bool) -> tuple[bytes, tuple[Span, ...]]:
    """Give the source with its stand-ins, and where its bare addresses are, if anything could be misread there."""
    addresses: tuple[Span, ...] = ()
    for _ in range(ROUNDS if _may_be_misread(source) else 0):
        texts = _texts(parse(source, wiki_links=wiki_links), source)
        addresses, marks = _found(texts, source)
        if not marks:
            break
        changed = bytearray(source)
        for at in marks:
            changed[at] = ord(_STAND_INS[chr(source[at])])
        source = bytes(changed)
    return source, addresses


def _may_be_misread(source: bytes) -> bool:
    places = _PLACE.finditer(source)
    # From its second byte on: the first `#` is the place's own.
    is_suspect = any(_IN_PLACE.search(source, place.start() + 1, place.end()) for place in places)
    return is_suspect or (b"~" in source and len(_SINGLE_TILDE.findall(source)) > 1)


def _texts(events: Iterable[Event], source: bytes) -> _Texts:
    texts = _Texts()
    depth, at, goes_on = 0, 0, False
    for event in events:
        kind, tag, _, start, end = event
        if tag in _OUTSIDE:
            depth += 1 if kind is Kind.START else -1
            goes_on = False
        elif depth == 0 and (kind in FORMULAS or (kind is Kind.TEXT and not _is_entity(event, source))):
            is_escaped = start > at and source[start - 1] == _ESCAPE
            first = texts.pieces.pop()[0] if goes_on and not is_escaped else start
            texts.pieces.append((first, end))
            goes_on = True
            if kind in FORMULAS:
                texts.maths.append((start, end))
        elif tag not in _EMPHASIS:
            goes_on = False
        elif tag == "Strikethrough" and source[start + 1] != _TILDE:
            texts.single_tildes.append(start if kind is Kind.START else end - 1)
        at = at if kind is Kind.START else end
    return texts


def _is_entity(text: Event, source: bytes) -> bool:
    return (
        source[text.start : text.start + 1] == _ENTITY and text.data != "&" and len(text.data) < text.end - text.start
    )


def _found(texts: _Texts, source: bytes) -> tuple[tuple[Span, ...], Sequence[int]]:
    """The bare addresses, and the byte offsets of all marks that are none."""
    addresses: list[Span] = []
    marks = list(texts.single_tildes)
    for start, end in texts.pieces:
        text = source[start:end].decode().translate(RESTORED)
        urls, tags = list(bare_urls(text)), list(TAG.finditer(text)) if "_" in text else []
        offsets = _byte_offsets(text, start) if urls or tags else ()
        for first, last, inner in urls:
            if not within(texts.maths, offsets[first]):
                addresses.append((offsets[first], offsets[last]))
                marks += (offsets[mark.start()] for mark in _MARK.finditer(text, first, inner))
        for tag in tags:
            at = offsets[tag.start()]
            if not _is_no_tag(source, at) and not within(texts.maths, at) and not within(addresses, at):
                inner = tag.start() + len(tag[0].rstrip("_"))
                marks += (offsets[mark.start()] for mark in _UNDERSCORE.finditer(text, tag.start(), inner))
    return tuple(addresses), [at for at in marks if chr(source[at]) in _STAND_INS]


def _byte_offsets(text: str, start: int) -> Sequence[int]:
    """That of each character, and of the end."""
    if text.isascii():
        return range(start, start + len(text) + 1)
    return tuple(accumulate((len(character.encode()) for character in text), initial=start))


def _is_no_tag(source: bytes, at: int) -> bool:
    """A piece of text does not show what is right before it."""
    return _NO_TAG_AFTER.match(source, at - 1, at) is not None if at else False
