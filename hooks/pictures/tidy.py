"""From Mermaid's SVG to one that may stand in a page. In: Mermaid's SVG. Out: ours, or why it cannot be ours.

Only known elements and attributes pass, so that no text of a note becomes live; Mermaid's own style goes, since
the site's style sheet colours by the palette; what no reader sees goes too.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from pictures.picture import Drawn, Left

_KIND: Final = "flowchart-v2"
"""The kind of diagram that the site's style sheet knows."""

_SHAPES: Final = frozenset({"path", "rect", "polygon", "circle", "ellipse", "line"})
_KEPT: Final = _SHAPES | {"svg", "g", "marker", "text", "tspan", "title", "desc"}
_DROPPED: Final = frozenset({"style", "defs", "filter"})
_ATTRIBUTES: Final = (
    frozenset({"class", "viewBox", "width", "height", "transform", "text-anchor", "font-style", "font-weight"})
    | {"x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "r", "rx", "ry", "cx", "cy", "d", "points"}
    | {"refX", "refY", "markerUnits", "markerWidth", "markerHeight", "orient", "marker-start", "marker-end"}
)
_ORDINARY: Final = {("font-style", "normal"), ("font-weight", "normal"), ("class", "text-inner-tspan")}
_MERMAIDS_ID: Final = "my-svg"
_REFERENCE: Final = re.compile(r"url\(#([\w-]+)\)")
_NAMESPACE: Final = re.compile(r"^\{[^}]*\}")


def tidy(svg: str, source: str) -> Drawn | Left:
    """Make Mermaid's picture of a flowchart ours."""
    try:
        root = fromstring(svg)  # noqa: S314 - Mermaid's serializer wrote it, without a document type
    except ParseError as error:
        return Left(f"Mermaid's picture is no XML: {error}")
    if root.get("aria-roledescription") != _KIND:
        return Left("the build colours flowcharts only")
    for element in root.iter():
        element.tag = _NAMESPACE.sub("", element.tag)
    _prune(root, _references(root))
    if unknown := {element.tag for element in root.iter()} - _KEPT:
        return Left(f"Mermaid's picture holds {', '.join(sorted(unknown))}")
    picture_id = f"picture-{sha256(source.encode()).hexdigest()[:10]}"
    return Drawn(tostring(_tidied(root, picture_id), encoding="unicode", method="html"), picture_id)


def _tidied(root: Element, picture_id: str) -> Element:
    _center_titles(root)
    for row in root.iter("tspan"):
        _join_words(row)
    for element in root.iter():
        _tidy_attributes(element, picture_id)
    _name(root, picture_id)
    return root


def _references(root: Element) -> frozenset[str]:
    values = (value for element in root.iter() for value in element.attrib.values())
    return frozenset(name for value in values for name in _REFERENCE.findall(value))


def _prune(parent: Element, used: frozenset[str]) -> None:
    """Take out style, markers without use and what draws nothing; children first, since a group may become empty."""
    for child in list(parent):
        _prune(child, used)
        if child.tag in _DROPPED or (child.tag == "marker" and child.get("id") not in used) or _is_empty(child):
            parent.remove(child)


def _is_empty(element: Element) -> bool:
    if element.tag in {"g", "text", "tspan"}:
        return len(element) == 0 and not element.text
    return element.tag == "rect" and not element.get("width")


def _center_titles(root: Element) -> None:
    """Mermaid starts a container's title where it would end in its own font; the reader's may be narrower."""
    for cluster in root.iter("g"):
        box, title = cluster.find("rect"), cluster.find("g[@class='cluster-label']")
        if box is None or title is None:
            continue
        middle = float(box.get("x", "0")) + float(box.get("width", "0")) / 2
        title.set("transform", re.sub(r"\([^,]*", f"({middle:g}", title.get("transform", "(0, 0)")))


def _join_words(row: Element) -> None:
    """Mermaid makes an element of each word."""
    if all(_is_ordinary(word) for word in row):
        row.text = (row.text or "") + "".join(word.text or "" for word in row)
        for word in list(row):
            row.remove(word)


def _is_ordinary(word: Element) -> bool:
    return word.tag == "tspan" and len(word) == 0 and set(word.attrib.items()) <= _ORDINARY


def _tidy_attributes(element: Element, picture_id: str) -> None:
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES and not _is_needed(element, name, value):
            del element.attrib[name]
        else:
            element.set(name, value.replace(_MERMAIDS_ID, picture_id))


def _is_needed(element: Element, name: str, value: str) -> bool:
    """Tell whether it is a marker's id, or a colour that the author chose; no style may load anything."""
    if name == "id":
        return element.tag == "marker"
    return name == "style" and bool(value.strip("; ")) and "(" not in value and "\\" not in value


def _name(root: Element, picture_id: str) -> None:
    """Give it the name and the description that screen readers announce; without the author's, from its texts."""
    title = _taken(root, "title") or "Diagram"
    described = _taken(root, "desc") or ", ".join(_texts(root))
    root.attrib.pop("style", None)
    root.set("role", "img")
    for place, (tag, text) in enumerate((("title", title), ("desc", described))):
        element = Element(tag, {"id": f"{picture_id}-{tag}"})
        element.text = text
        root.insert(place, element)
    root.set("aria-labelledby", f"{picture_id}-title")
    root.set("aria-describedby", f"{picture_id}-desc")


def _taken(root: Element, tag: str) -> str:
    found = root.find(tag)
    if found is None:
        return ""
    root.remove(found)
    return found.text or ""


def _texts(root: Element) -> Iterator[str]:
    for text in root.iter("text"):
        yield " ".join("".join(row.itertext()) for row in text).strip()
