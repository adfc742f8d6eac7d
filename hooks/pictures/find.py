"""The Mermaid fences of a text. In: CommonMark. Out: the sources that the build draws, so that it can do so at once.

To draw one costs half a second, and some milliseconds for each of its lines and arrows. So a page has its first
diagrams drawn by the build, and large or further ones by the reader's browser: what it takes to build is bounded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyromark

MOST_ON_A_PAGE: Final = 24
"""Different diagrams that the build draws."""
MOST_PARTS: Final = 250
"""Lines and arrows of a diagram that the build draws."""
MOST_CHARACTERS: Final = 10_000
"""Of its source."""

_PART = re.compile(r"[-=.]{2,}|[;&\n]")


@dataclass(slots=True)
class Chosen:
    """The sources of one page that the build draws, as they are met."""

    _sources: set[str] = field(default_factory=set)

    def takes(self, source: str) -> bool:
        """Decide by the page alone, whatever was drawn before: the same notes give the same site."""
        source = source.rstrip()
        if source not in self._sources and len(self._sources) < MOST_ON_A_PAGE and _is_small(source):
            self._sources.add(source)
        return source in self._sources


def _is_small(source: str) -> bool:
    return len(source) <= MOST_CHARACTERS and sum(1 for _ in _PART.finditer(source)) <= MOST_PARTS


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
