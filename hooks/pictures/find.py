"""The Mermaid fences of a text. In: CommonMark. Out: what Mermaid is asked of them, so that it can be asked at once.

The build draws flowcharts, and reads all others, so that what is wrong with them is told. To draw one takes a quarter
of a second, and more for each of its lines and arrows. So a page has its first flowcharts drawn by the build, and large
or further ones by the reader's browser: what it takes to build is bounded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pyromark

from pictures.picture import Job

MOST_ON_A_PAGE: Final = 300
"""The size of all different flowcharts of a page that the build draws; about fifteen small ones."""
MOST_OF_ONE: Final = 80
"""The size of one of them."""
MOST_READ: Final = 50
"""So many other diagrams of a page are read."""
MOST_CHARACTERS: Final = 10_000
"""Of a source that Mermaid is asked about, …"""
MOST_LINES: Final = 200
"""… and its lines: for those of a sequence, Mermaid needs time by their square."""

_ALONE: Final = 15
"""What each flowchart adds to the size of a page, however small it is."""
_LINE = re.compile(r"[;\n]")
_ARROW = re.compile(r"[-=.~]{2,}")
_PROPERTIES = r"(?:\s*---\n(?:.*\n)*?---[ \t]*\n)?+"
_COMMENTS = r"(?:\s*(?:%%\{(?:.*\n)*?.*\}%%|%%.*\n))*+"
_FLOWCHART = re.compile(rf"{_PROPERTIES}{_COMMENTS}\s*(?:flowchart|graph)\b")


@dataclass(slots=True)
class Chosen:
    """What Mermaid is asked of one page's fences, as they are met."""

    _jobs: dict[str, Job | None] = field(default_factory=dict)
    _size: int = 0
    _read: int = 0

    def job(self, source: str) -> Job | None:
        """Decide by the page alone, whatever was drawn before: the same notes give the same site.

        None if Mermaid is asked nothing.
        """
        source = source.rstrip()
        if source not in self._jobs:
            self._jobs[source] = self._decided(source)
        return self._jobs[source]

    def _decided(self, source: str) -> Job | None:
        if len(source) > MOST_CHARACTERS or source.count("\n") >= MOST_LINES:
            return None
        if is_flowchart(source):
            size = _size(source)
            if size <= MOST_OF_ONE and self._size + _ALONE + size <= MOST_ON_A_PAGE:
                self._size += _ALONE + size
                return Job(source, draws=True)
        self._read += 1
        return Job(source, draws=False) if self._read <= MOST_READ else None


def is_flowchart(source: str) -> bool:
    """Ask whether a source says that it is a flowchart."""
    return _FLOWCHART.match(source) is not None


def _size(source: str) -> int:
    """How many lines and edges a flowchart has; `a & b --> c & d` are four edges."""
    return sum(1 + _edges(line) for line in _LINE.split(source))


def _edges(line: str) -> int:
    ends = [part.count("&") + 1 for part in _ARROW.split(line)]
    return sum(one * other for one, other in pairwise(ends))


def mermaid_jobs(texts: Iterable[str]) -> Iterator[Job]:
    """Give what Mermaid is asked of each text, the page of its own that it is."""
    for text in texts:
        chosen = Chosen()
        yield from filter(None, map(chosen.job, _sources(text)))


def count_left(text: str) -> int:
    """How many flowcharts of a page the build leaves to the reader's browser."""
    chosen = Chosen()
    jobs = (chosen.job(source) for source in _sources(text) if is_flowchart(source))
    return sum(not (job and job.draws) for job in jobs)


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
