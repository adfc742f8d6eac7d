"""In: a link or an image. Out: its element, dressed as stage 1 means it; none if it is unsafe."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from . import marks
from .addresses import comparable, is_safe
from .events import CONTROL, Link
from .media import SIZE

_SIZE = re.compile(rf"(?:(?P<alt>.*)\|)?\s*{SIZE}\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pill:
    """A flag's link."""

    link: Element
    anchor: str
    """The id of its passage."""
    scope: marks.Scope
    heading: Element | None
    """The one that it stands in. Its link comes right after it, until title and contents are read."""


def link_element(link: Link) -> Element | None:
    """Make a link, dressed if it leads to a page of stage 1."""
    destination = ("mailto:" if link.kind == "Email" else "") + CONTROL.sub("", link.destination)
    if not is_safe(destination):
        return None
    element = Element("a", {"href": comparable(destination)})
    if marks.target(destination, marks.WANTED_PAGE, marks.WANTED_PREFIX) is not None:
        element.set("class", "wanted")
    elif marks.target(destination, marks.TAG_PAGE, marks.TAG_PREFIX) is not None:
        element.set("class", "tag")
    elif link.title:
        element.set("title", CONTROL.sub("", link.title))
    return element


def finish_link(element: Element) -> None:
    """Say aloud what only its style shows."""
    if element.get("class") == "wanted":
        hide(element, f" ({marks.WANTED_TITLE})")


def pill_of(link: Link, heading: Element | None) -> Pill | None:
    """Make the pill of a flag, or None if the link is another."""
    anchor = marks.flag_id(link.destination)
    if anchor is None:
        return None
    attributes = {"class": "flag", "href": comparable(link.destination), "data-search-exclude": ""}
    element = Element("a", attributes)
    hide(element, marks.FLAG_SPOKEN)
    scope = marks.Scope(link.title) if link.title in set(marks.Scope) else marks.Scope.BLOCK
    return Pill(element, CONTROL.sub("", anchor), scope, heading)


def image_element(link: Link, alt: str) -> Element | None:
    """Make an image, with Obsidian's size `alt|300`, `alt|300x200` or `300` alone."""
    destination = CONTROL.sub("", link.destination)
    if not is_safe(destination, is_image=True):
        return None
    alt = CONTROL.sub("", alt)
    size = _SIZE.fullmatch(alt)
    image = Element("img", {"src": comparable(destination), "alt": (size["alt"] or "") if size else alt})
    for side in ("width", "height") if size else ():
        if size and size[side]:
            image.set(side, size[side])
    if size and size["height"]:  # the theme gives each picture the height of its own shape
        image.set("style", f"aspect-ratio: {size['width']} / {size['height']};")
    if link.title:
        image.set("title", CONTROL.sub("", link.title))
    return image


def hide(element: Element, text: str) -> None:
    """Say something only aloud."""
    hidden = SubElement(element, "span", {"class": "visually-hidden", "data-search-exclude": ""})
    hidden.text = text
