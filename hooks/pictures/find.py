"""The Mermaid fences of a text. In: CommonMark. Out: their sources, so that they can be drawn side by side."""

from collections.abc import Iterable, Iterator

import pyromark


def mermaid_sources(texts: Iterable[str]) -> Iterator[str]:
    """Give the source of each Mermaid fence; one that is missed or too many costs time, nothing else."""
    for text in texts:
        if "mermaid" in text:
            yield from _sources(text)


def _sources(text: str) -> Iterator[str]:
    is_mermaid = False
    for event in pyromark.events(text):
        match event:
            case {"Start": {"CodeBlock": {"Fenced": str(info)}}}:
                is_mermaid = info.split()[:1] == ["mermaid"]
            case {"Text": str(source)} if is_mermaid:
                yield source
            case {"End": "CodeBlock"}:
                is_mermaid = False
