"""From Mermaid's SVG to one that may stand in a page. In: Mermaid's SVG. Out: ours, or why it cannot be ours.

Only known elements and attributes pass, so that no text of a note becomes live; Mermaid's own style goes, since
the site's style sheet colours by the palette; what no reader sees goes too.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from pictures.colours import colour_labels
from pictures.picture import Drawn, Left
from pictures.words import describe

_KIND: Final = "flowchart-v2"
"""The kind of diagram that the site's style sheet knows."""

_KEPT: Final = frozenset(
    {"svg", "title", "desc", "g", "marker", "path", "rect", "polygon", "circle", "ellipse", "line"}
)
_DROPPED: Final = frozenset({"style", "defs", "filter"})
_LABEL: Final = "foreignObject"
_LABELS_OWN: Final = frozenset({"div", "span", "p"})
"""What Mermaid wraps a label in."""
_IN_LABELS: Final = frozenset({"br", "strong", "em"})
_ATTRIBUTES: Final = (
    frozenset({"class", "viewBox", "width", "height", "transform"})
    | {"x", "y", "x1", "y1", "x2", "y2", "r", "rx", "ry", "cx", "cy", "d", "points"}
    | {"refX", "refY", "markerUnits", "markerWidth", "markerHeight", "orient", "marker-start", "marker-end"}
)
_SPARE: Final = 24
"""What the box of a label is wider on either side than its text: in a wider font than Mermaid reckoned with, the text
breaks before it leaves its node, whose padding is 30."""
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
        return Left("the build draws flowcharts only")
    for element in root.iter():
        element.tag = _NAMESPACE.sub("", element.tag)
    _prune(root, _references(root))
    if unknown := {*_unknown(root)}:
        return Left(f"Mermaid's picture holds {', '.join(sorted(unknown))}")
    picture_id = f"picture-{sha256(source.encode()).hexdigest()[:10]}"
    return Drawn(tostring(_tidied(root, picture_id), encoding="unicode", method="html"), picture_id)


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
    if element.tag == _LABEL:
        return not "".join(element.itertext()).strip()
    return (element.tag == "g" and len(element) == 0) or (element.tag == "rect" and not element.get("width"))


def _unknown(element: Element, known: frozenset[str] = _KEPT) -> Iterator[str]:
    """Give the names of what may not stand in a page; a label holds other elements than a picture."""
    if element.tag == _LABEL:
        for part in element:
            yield from _unknown(part, _LABELS_OWN | _IN_LABELS)
        return
    if element.tag not in known:
        yield element.tag
    for child in element:
        yield from _unknown(child, known)


def _tidied(root: Element, picture_id: str) -> Element:
    words = describe(root)
    colour_labels(root)
    for label in list(root.iter(_LABEL)):
        _tidy_label(label)
    for element in root.iter():
        _tidy_attributes(element, picture_id)
    _name(root, picture_id, words)
    return root


def _tidy_label(label: Element) -> None:
    """Leave the text in one box that the style sheet can centre."""
    lines = _lines(label)
    for child in list(label):
        label.remove(child)
    label.set("x", f"{-_SPARE}")
    label.set("width", f"{float(label.get('width', 0)) + 2 * _SPARE:g}")
    box = SubElement(label, "div")
    text = SubElement(box, "span")
    for line in lines:
        if text.text or len(text):
            SubElement(text, "br")
        _append(text, line)


def _lines(label: Element) -> list[Element]:
    paragraphs = list(label.iter("p"))
    return paragraphs or list(label.iter("span"))[:1]


def _append(text: Element, line: Element) -> None:
    """Put the text and the elements of a line behind those that are there."""
    if len(text):
        text[-1].tail = (text[-1].tail or "") + (line.text or "")
    else:
        text.text = (text.text or "") + (line.text or "")
    for part in line:
        part.attrib.clear()
        text.append(part)


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


def _name(root: Element, picture_id: str, words: str) -> None:
    """Give it the name and the description that screen readers announce; the author's, if there are."""
    title = _taken(root, "title") or "Diagram"
    described = _taken(root, "desc") or words
    for place, (tag, text) in enumerate((("title", title), ("desc", described))):
        element = Element(tag, {"id": f"{picture_id}-{tag}"})
        element.text = text
        root.insert(place, element)
    root.attrib.pop("style", None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{picture_id}-title")
    root.set("aria-describedby", f"{picture_id}-desc")


def _taken(root: Element, tag: str) -> str:
    found = root.find(tag)
    if found is None:
        return ""
    root.remove(found)
    return found.text or ""
