"""In: the source. Out: which paragraphs are `**bold as a whole **`; the source with those blanks outside of the marks.

CommonMark shows their asterisks, because of the blank inside; their author meant bold. Only a paragraph that is nothing
else counts: within a sentence, nobody can tell which asterisks belong together.
"""

import re
from collections.abc import Iterable

from .events import Event, parse
from .spans import Span

# What a spaced paragraph cannot lack, so that other pages are not parsed for it: one of these, after a line end.
# Each starts with what it always has, which Python finds fast.
_INNER_BLANKS = (
    re.compile(rb"\n[ \t>+\-\d.)]*\*\*[ \t]"),
    re.compile(rb"\*\*(?<=[ \t]\*\*)[ \t\r]*(?:\n|\Z)"),
)

# No other pair of asterisks inside; up to three blanks before, as more of them would make the paragraph code. A run of
# blanks is inside or after as a whole, so that none is tried twice.
_INSIDE = rb"[^*\\ \t]|\\.|\*(?!\*)|[ \t]++(?!\*\*)"
_SPACED = re.compile(
    rb"\*\*(?P<before>[ \t]{0,3})(?P<bold>(?=\S)(?:%b)*+)(?P<after>[ \t]*)\*\*(?P<end>\s*)" % _INSIDE, re.DOTALL
)


def spaced_bold(source: bytes) -> tuple[Span, ...]:
    """Find such paragraphs."""
    below = b"\n" + source
    last = max((match.end() - 1 for blank in _INNER_BLANKS for match in blank.finditer(below)), default=-1)
    spans: list[Span] = []
    for event in parse(source) if last >= 0 else ():
        if event.start > last:
            break
        if event.opens("Paragraph") and _is_spaced(source, event):
            spans.append((event.start, event.end))
    return tuple(spans)


def _is_spaced(source: bytes, paragraph: Event) -> bool:
    match = _SPACED.fullmatch(source, paragraph.start, paragraph.end)
    return match is not None and bool(match["before"] or match["after"])


def without_inner_blanks(source: bytes, spaced: Iterable[Span]) -> bytes:
    """Move the blanks out of the asterisks; the text between them stays in its place."""
    changed = bytearray(source)
    for start, end in spaced:
        changed[start:end] = _SPACED.sub(rb"\g<before>**\g<bold>**\g<after>\g<end>", source[start:end], count=1)
    return bytes(changed)
