"""The Mermaid fences of a text. In: CommonMark. Out: their sources, so that they can be drawn side by side."""

from collections.abc import Iterable, Iterator

import pyromark


def mermaid_sources(texts: Iterable[str]) -> Iterator[str]:
    """Give the source of each Mermaid fence, without blanks at its end."""
    for text in texts:
        if "mermaid" in text:
            yield from _sources(text)


def _sources(text: str) -> Iterator[str]:
    lines: list[str] | None = None
    for event in pyromark.events(text):
        match event:
            case {"Start": {"CodeBlock": {"Fenced": str(info)}}} if info.split()[:1] == ["mermaid"]:
                lines = []
            case {"Text": str(line)} if lines is not None:
                lines.append(line)  # in a quote or an item, a fence comes line by line
            case {"End": "CodeBlock"} if lines is not None:
                yield "".join(lines).rstrip()
                lines = None
