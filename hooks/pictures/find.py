"""The Mermaid fences of a text. In: CommonMark. Out: the sources that the build draws, so that it can do so at once.

To draw one costs half a second, and more for each of its lines and arrows. So a page has its first diagrams drawn by
the build, and large or further ones by the reader's browser: what it takes to build is bounded.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pyromark

MOST_ON_A_PAGE: Final = 300
"""The size of all different diagrams of a page that the build draws; about fifteen small ones."""
MOST_OF_ONE: Final = 80
"""The size of one of them."""
MOST_CHARACTERS: Final = 10_000
"""Of its source."""

_ALONE: Final = 15
"""What each diagram adds to the size of a page, however small it is: Mermaid starts anew for each."""
_SLOW: Final[Mapping[str, int]] = {"sequenceDiagram": 2, "mindmap": 4, "architecture-beta": 4, "timeline": 8}
"""How much longer Mermaid needs for a line of these than for one of a flowchart, as measured."""

_LINE = re.compile(r"[;\n]")
_ARROW = re.compile(r"[-=.~]{2,}")


@dataclass(slots=True)
class Chosen:
    """The sources of one page that the build draws, as they are met."""

    _sources: set[str] = field(default_factory=set)
    _size: int = 0

    def takes(self, source: str) -> bool:
        """Decide by the page alone, whatever was drawn before: the same notes give the same site."""
        source = source.rstrip()
        if source not in self._sources and len(source) <= MOST_CHARACTERS:
            size = _size(source)
            if size <= MOST_OF_ONE and self._size + _ALONE + size <= MOST_ON_A_PAGE:
                self._size += _ALONE + size
                self._sources.add(source)
        return source in self._sources


def _size(source: str) -> int:
    """How many lines and edges a diagram has, weighed by what they cost; `a & b --> c & d` are four edges."""
    kind = next(iter(source.split(maxsplit=1)), "")
    return _SLOW.get(kind, 1) * sum(1 + _edges(line) for line in _LINE.split(source))


def _edges(line: str) -> int:
    ends = [part.count("&") + 1 for part in _ARROW.split(line)]
    return sum(one * other for one, other in pairwise(ends))


def mermaid_sources(texts: Iterable[str]) -> Iterator[str]:
    """Give the source of each Mermaid fence that the build draws, without blanks at its end."""
    for text in texts:
        chosen = Chosen()
        yield from filter(chosen.takes, _sources(text))


def count_left(text: str) -> int:
    """How many Mermaid fences of a page the build leaves to the reader's browser."""
    chosen = Chosen()
    return sum(not chosen.takes(source) for source in _sources(text))


def _sources(text: str) -> Iterator[str]:
    lines: list[str] | None = None
    for event in pyromark.events(text) if "mermaid" in text else ():
        match event:
            case {"Start": {"CodeBlock": {"Fenced": str(info)}}} if info.split()[:1] == ["mermaid"]:
                lines = []
            case {"Text": str(line)} if lines is not None:
                lines.append(line)  # in a quote or an item, a fence comes line by line
            case {"End": "CodeBlock"} if lines is not None:
                yield "".join(lines).rstrip()
                lines = None
