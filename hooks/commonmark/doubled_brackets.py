"""In: the source. Out: its events with wiki links, but for code in doubled brackets that is in a link's words.

Of `[np.array([[1], [2]])](numpy.md)` and `[[[]]](lists.md)` the parser takes a part for a wiki link, and the rest for
text. No note's name holds brackets (Obsidian's help, "Internal links"), a picture's may: `[[photo[1].png]]`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .events import LINKS, Event, Kind, Link, parse
from .linked_embeds import parse_wiki_links
from .spans import Span, around, union

OF_CODE: Final = frozenset("[]`")
"""Signs that a name may hold, as `photo[1].png` does; in `[[…]]` that names no file they are more likely code."""
_FILE_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{2,5}\s*\Z")
_STAND_INS: Final = {"[": "\x11", "]": "\x12"}
"""Each of one byte, which no text has."""
_RESTORED: Final = str.maketrans({stand_in: bracket for bracket, stand_in in _STAND_INS.items()})


def parse_names(source: bytes) -> tuple[Event, ...]:
    """Read wiki links and embeds, where a name may be meant."""
    seen = parse_wiki_links(source)
    # Each note has hundreds of events: what most are not is asked first, and no function.
    starts = ((data, start, end) for kind, tag, data, start, end in seen if tag in LINKS and kind is Kind.START)
    code = [(start, end) for data, start, end in starts if _is_code(data)] if b"[[" in source else ()
    brackets = tuple(_brackets(code, source)) if code else ()
    if not brackets:
        return seen
    changed = bytearray(source)
    for at in brackets:
        changed[at] = ord(_STAND_INS[chr(source[at])])
    return tuple(map(_restored, parse_wiki_links(bytes(changed))))


def _is_code(link: Link) -> bool:
    name = link.destination
    if isinstance(link.kind, str) or not name:  # of a linked embed
        return False
    return not name.strip() or (not OF_CODE.isdisjoint(name) and _FILE_ENDING.search(name) is None)


def _brackets(code: Iterable[Span], source: bytes) -> Iterator[int]:
    """Give the byte offsets of one of each two brackets around code that lies in a link of CommonMark's.

    The outer ones are read first, but for those that are the link's own.
    """
    links = [(event.start, event.end) for event in parse(source) if event.opens(*LINKS)]
    outermost, starts = union(links), {start for start, _ in links}
    for start, end in code:
        link = around(outermost, start)
        if link and end < link[1]:
            is_shared = start in starts
            yield source.index(b"[[", start) + is_shared
            yield end - 1 - is_shared


def _restored(event: Event) -> Event:
    data = event.data
    if isinstance(data, str):
        return event._replace(data=data.translate(_RESTORED))
    if isinstance(data, Link):
        return event._replace(data=data._replace(destination=data.destination.translate(_RESTORED)))
    return event
