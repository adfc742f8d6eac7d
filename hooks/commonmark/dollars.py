"""In: the source. Out: the same with a stand-in for each `$` that begins no formula, though the parser reads so.

That is one of a price, as in `$5-$10` (Pandoc's manual, "Math": no digit follows the `$` that ends a formula), and one
in a link that ends before the other `$`, as in `[[$state]], [[$derived]]`: Obsidian reads from left to right, so that
a link is one before what is in it is read.
"""

import re
from collections.abc import Sequence
from typing import Final

from .events import Event, Kind, parse
from .spans import Span, around
from .stand_ins import DOLLAR, ROUNDS

_LINK: Final = re.compile(rb"(?<!\\)\[(?:\[[^\[\]`\n]++\]\]|[^\[\]`\n]++\]\((?:[^()\n]|\([^()\n]*+\))*+\))")
_LINK_ENDS: Final = (b"]]", b"](")


def without_lone_dollars(source: bytes) -> bytes:
    """Blot out a `$` that is a sign."""
    links: Sequence[Span] | None = None
    for _ in range(ROUNDS if b"$" in source else 0):
        lone: list[int] = []
        for event in parse(source):
            if event.kind is Kind.INLINE_MATH:
                if links is None and _may_end_link(event, source):
                    links = [link.span() for link in _LINK.finditer(source)]
                if _is_price(event, source) or (links and _ends_link(event, links)):
                    lone.append(event.start)
        if not lone:
            break
        changed = bytearray(source)
        for at in lone:
            changed[at] = ord(DOLLAR)
        source = bytes(changed)
    return source


def _is_price(formula: Event, source: bytes) -> bool:
    return source[formula.end : formula.end + 1].isdigit()


def _may_end_link(formula: Event, source: bytes) -> bool:
    return any(source.find(end, formula.start, formula.end) >= 0 for end in _LINK_ENDS)


def _ends_link(formula: Event, links: Sequence[Span]) -> bool:
    link = around(links, formula.start)
    return link is not None and link[1] < formula.end
