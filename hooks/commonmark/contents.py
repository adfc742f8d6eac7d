"""The table of contents. In: a page's tree, dressed. Out: the same, its headings named by what is seen of them."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from .elements import HEADINGS, LITERAL


def name_headings(root: Element) -> None:
    """Name each heading by its words, else by what its pictures show; Python-Markdown would take what is read out."""
    for heading in root.iter():
        if heading.tag in HEADINGS and len(heading):
            _name(heading)


def _name(heading: Element) -> None:
    seen = "".join(_seen(heading))
    if not seen.strip():
        seen = " ".join(filter(None, (image.get("alt") for image in heading.iter("img"))))
    if seen != "".join(heading.itertext()):
        heading.set("data-toc-label", escape(seen.replace(LITERAL, "")))


def _seen(element: Element) -> Iterator[str]:
    """The words in it, but for what is only read out, which is in a `span`."""
    if element.tag != "span":
        yield element.text or ""
        for child in element:
            yield from _seen(child)
            yield child.tail or ""
