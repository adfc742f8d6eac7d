"""What a flowchart says, for who cannot see it. In: Mermaid's SVG, namespaces off. Out: a sentence for each edge.

Mermaid's format, not a standard: nodes and containers carry the id that the source gave them, edges those of both
their ends (`L_from_to_0`).
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

_NODE: Final = re.compile(r"[^-]+-[^-]+-flowchart-(.+)-\d+")
_EDGE: Final = re.compile(r"L_(.+)_\d+")
_INVISIBLE: Final = "edge-thickness-invisible"


def describe(root: Element) -> str:
    """The edges in words, then what no edge names; texts alone where there is no edge."""
    names = dict(_names(root))
    labels = {label.get("data-id"): _text_of(label) for label in root.iter("g") if label.get("data-id")}
    edges = [edge for edge in root.iter("path") if edge.get("data-edge") and _INVISIBLE not in edge.get("class", "")]
    ends = [_ends(edge.get("data-id", ""), names) for edge in edges]
    sentences = [
        _sentence(edge, names[end[0]], names[end[1]], labels.get(edge.get("data-id")))
        for edge, end in zip(edges, ends, strict=True)
        if end
    ]
    named = {of for end in ends if end for of in end}
    rest = ", ".join(name for of, name in names.items() if of not in named)
    if not sentences:
        return rest
    return " ".join((*sentences, f"Also: {rest}.")) if rest else " ".join(sentences)


def _text_of(element: Element) -> str:
    """All texts within, with single blanks."""
    return " ".join(" ".join(element.itertext()).split())


def _names(root: Element) -> Iterator[tuple[str, str]]:
    """The text of each node and container, by its id in the source."""
    for group in root.iter("g"):
        classes, group_id = group.get("class", "").split(), group.get("id", "")
        found = _NODE.fullmatch(group_id)
        if "node" in classes and found:
            yield found[1], _text_of(group)
        elif "cluster" in classes:
            yield group_id.split("-", 2)[-1], _text_of(group)


def _ends(edge_id: str, names: dict[str, str]) -> tuple[str, str] | None:
    """Ids may hold the sign that stands between them."""
    found = _EDGE.fullmatch(edge_id)
    parts = found[1].split("_") if found else []
    pairs = (("_".join(parts[:at]), "_".join(parts[at:])) for at in range(1, len(parts)))
    return next((pair for pair in pairs if set(pair) <= names.keys()), None)


def _sentence(edge: Element, source: str, target: str, label: str | None) -> str:
    starts, ends = "marker-start" in edge.attrib, "marker-end" in edge.attrib
    verb = "leads to and from" if starts and ends else "leads to" if starts or ends else "is linked with"
    first, second = (target, source) if starts and not ends else (source, target)
    return f"{first} {verb} {second} ({label})." if label else f"{first} {verb} {second}."
