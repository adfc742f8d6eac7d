"""The Mermaid fences of a text. In: CommonMark. Out: what Mermaid is asked of them, so that it can be asked at once.

The build draws flowcharts, and reads all others, so that what is wrong with them is told. What that costs is reckoned
from the source alone, and bounded for each page: a browser draws what is too large, or comes too late.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pyromark

from pictures.picture import Job

MOST_ON_A_PAGE: Final = 300
"""Hundredths of a second that the diagrams of a page may cost; about twenty small flowcharts, or one of 36 edges."""
MOST_CHARACTERS: Final = 10_000
"""Of a source that Mermaid is asked about."""

_LINE = re.compile(r"[;\n]")
_ARROW = re.compile(r"[-=.~]{2,}")
_TOKEN = re.compile(r"\w+|[^\w\s]+|\n|(?<=[^\S\n]{16})[^\S\n]")
"""Each blank is one; those that indent are few."""
_TEXT = re.compile(r'"[^"\n]*"|\[[^\[\]\n]*\]|\|[^|\n]*\|')
"""Of a flowchart, which Mermaid takes as a whole."""
_PROPERTIES = r"(?:\s*---\n(?:.*\n)*?---[ \t]*\n)?+"
# After a directive that nothing closes, none is closed: the others are not tried, each to the end of the source.
_COMMENTS = r"(?:\s*(?:%%\{(?:.*\n)*?.*\}%%|%%(?!\{).*\n))*+(?:\s*%%.*\n)*+"
_FLOWCHART = re.compile(rf"{_PROPERTIES}{_COMMENTS}\s*(?:flowchart|graph)\b")
_BY_HAND = "handDrawn"
_VAST = re.compile(r":\s*[\"']?\d{4}")


@dataclass(slots=True)
class Chosen:
    """What Mermaid is asked of one page's fences, as they are met."""

    _jobs: dict[str, Job | None] = field(default_factory=dict)
    _left: float = MOST_ON_A_PAGE

    def job(self, source: str) -> Job | None:
        """Decide by the page alone, whatever was drawn before: the same notes give the same site.

        None if Mermaid is asked nothing.
        """
        source = source.rstrip()
        if source not in self._jobs:
            self._jobs[source] = self._decided(source)
        return self._jobs[source]

    def _decided(self, source: str) -> Job | None:
        if len(source) > MOST_CHARACTERS or _is_vast(source):
            return None
        if _is_flowchart(source) and self._affords(_cost_to_draw(source)):
            return Job(source, draws=True)
        return Job(source, draws=False) if self._affords(_cost_to_read(source)) else None

    def _affords(self, cost: float) -> bool:
        if cost > self._left:
            return False
        self._left -= cost
        return True


def _is_vast(source: str) -> bool:
    """Ask whether a diagram as if by hand may have a node of thousands of pixels, which is filled line by line."""
    return _BY_HAND in source and _VAST.search(source) is not None


def _is_flowchart(source: str) -> bool:
    """Ask whether a source says that it is a flowchart."""
    return _FLOWCHART.match(source) is not None


def _cost_to_draw(source: str) -> float:
    """By its lines and edges, as measured; `a & b --> c & d` are four edges. What is long costs more than it draws."""
    size = sum(1 + _edges(line) for line in _LINE.split(source))
    return max(10 + size + size * size / 25, _cost_to_take(source) + len(source) ** 2 / 100_000)


def _cost_to_read(source: str) -> float:
    return 3 + _cost_to_take(source)


def _cost_to_take(source: str) -> float:
    """As measured: for each word or sign that it takes, Mermaid copies what is left of the source."""
    taken = _TEXT.sub("", source) if _is_flowchart(source) else source
    return sum(1 for _ in _TOKEN.finditer(taken)) * len(source) / 10_000


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
    jobs = ((source, chosen.job(source)) for source in _sources(text))  # what is only read counts too
    return sum(_is_flowchart(source) and not (job and job.draws) for source, job in jobs)


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
