"""Remarks that point at a box. In: boxes, texts and links. Out: the links that are links, and the remarks.

`| box |  <-- new in 2.0` tells something of the box; it is no node. Only what no one names a thing is taken for a
remark, and only at a box that has a line as well. All else with such an arrow is left for `judge`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from notes.diagrams.areas import Field, area_lines
from notes.diagrams.edges import Link
from notes.diagrams.grid import Grid
from notes.diagrams.texts import TextId, Texts

POINTER: Final = 3
"""How short an arrow is that only points something out."""
_REMARK: Final = re.compile(
    r"(?:new|added|removed|changed|moved|deprecated|legacy|optional|planned|todo|tbd|wip)"
    r"(?:[!.]*|,? (?:in|by|since|for|with|here|later|as)\b.*)"
    r"|(?:runs|was|is|are|will|must|should|has|needs|stays|this is|you are) .*",
    re.IGNORECASE,
)


def is_pointer(link: Link) -> bool:
    """Whether a short line leads from a text to a box."""
    return link.source.is_text and not link.target.is_text and len(link.path) <= POINTER


def without_asides(
    grid: Grid, field: Field, texts: Texts, links: Sequence[Link]
) -> tuple[tuple[Link, ...], frozenset[TextId]]:
    """The links without those of remarks, and the remarks."""
    uses = Counter(place for link in links for place in (link.source, link.target))
    names = {" ".join(area_lines(grid, area)).casefold() for area in field.areas}
    asides = [
        link
        for link in links
        if is_pointer(link)
        and uses[link.source] == 1 < uses[link.target]
        and not field.areas[link.target.index].dividers
        and (words := " ".join(texts.blocks[link.source.index].lines)).casefold() not in names
        and _REMARK.fullmatch(words)
    ]
    return tuple(link for link in links if link not in asides), frozenset(TextId(link.source.index) for link in asides)
