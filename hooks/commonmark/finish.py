"""In: a page's tree when MkDocs has read its title and rewritten its addresses. Out: what no tool before had to see."""

import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE

from .addresses import OTHER_SITE, encoded
from .direction import direct
from .elements import FENCE, HTML, content_of, finished, refill
from .links import Pill
from .media import play

_ADDRESSES: Final = {"a": "href", "img": "src", "video": "src", "audio": "src", "object": "data"}
_ELSEWHERE: Final = re.compile(OTHER_SITE, re.IGNORECASE)
_FINISHED: Final = frozenset({FENCE, HTML})

# The serializer takes what looks like an entity for one.
AMPERSAND: Final = f"{AMP_SUBSTITUTE}amp;"


def finish(root: Element, pills: Iterable[Pill], direction: str, stash: Callable[[str], str]) -> None:
    """Make players of media, links of what is elsewhere, put flags into headings, write finished HTML and addresses.

    `direction` is that of the site, `ltr` or `rtl`.
    """
    linked = {image for link in root.iter("a") for image in link.iter("img")}
    for image in list(root.iter("img")):
        if _is_elsewhere(image):
            _point_to(image, is_linked=image in linked)
        else:
            play(image)
    direct(root, direction)
    _put_into_headings(root, [pill for pill in pills if pill.heading is not None])
    for tag, name in _ADDRESSES.items():
        for element in root.iter(tag):
            element.set(name, encoded(element.get(name, "")).replace("&", AMPERSAND))
    if any(next(root.iter(tag), None) is not None for tag in _FINISHED):
        for element in list(root.iter()):
            if any(child.tag in _FINISHED for child in element):
                refill(element, [_written(part, stash) for part in content_of(element)])


def _written(part: str | Element, stash: Callable[[str], str]) -> str | Element:
    return stash(finished(part)) if isinstance(part, Element) and part.tag in _FINISHED else part


def _put_into_headings(root: Element, pills: Iterable[Pill]) -> None:
    places = {pill.link: pill.heading for pill in pills if pill.heading is not None}
    for parent in list(root.iter()) if places else ():
        moved = [child for child in parent if child in places]
        if moved:
            parent[:] = [child for child in parent if child not in places]
        for child in moved:
            _add_before_permalink(places[child], child)


def _add_before_permalink(heading: Element, link: Element) -> None:
    link.tail = None
    at = len(heading)
    if at and heading[-1].get("class") == "headerlink":
        at -= 1
    if at:
        heading[at - 1].tail = (heading[at - 1].tail or "").rstrip() + " "
    else:
        heading.text = (heading.text or "").rstrip() + " "
    heading.insert(at, link)


def _is_elsewhere(image: Element) -> bool:
    """A reader's browser asks no other site: what the reader looked at is nobody's business."""
    return bool(_ELSEWHERE.match(image.get("src", "")))


def _point_to(image: Element, *, is_linked: bool) -> None:
    """Turn an image of another site into a link to it, or into its words where there is a link already."""
    source = image.get("src", "")
    text, tail = image.get("alt") or source, image.tail
    image.clear()
    image.tag, image.text, image.tail = "span" if is_linked else "a", text, tail
    if not is_linked:
        image.set("href", source)
