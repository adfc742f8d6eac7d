"""In: an image. Out: a player, where the ending of its address says that it is a film, a sound or a document."""

import posixpath
import re
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from .html_addresses import parted

_VIDEO: Final = frozenset({".mp4", ".webm", ".ogv", ".mov", ".mkv"})
_AUDIO: Final = frozenset({".mp3", ".wav", ".m4a", ".ogg", ".oga", ".flac", ".opus", ".3gp"})
_DOCUMENT: Final = {".pdf": "application/pdf"}
PLAYED: Final = _VIDEO | _AUDIO | frozenset(_DOCUMENT)
"""Endings of what needs a label, as it is no picture."""
SIZE: Final = r"(?P<width>[1-9]\d{0,4})(?:\s*x\s*(?P<height>[1-9]\d{0,4}))?"
"""What Obsidian takes for the size of a picture or a player, in pixels: `300`, `300x200`."""
_HEIGHT = re.compile(r"[#&]height=([1-9]\d{0,4})(?=&|\Z)")


def play(image: Element) -> None:
    """Turn an image of what is no picture into a player, with a link for browsers that have none."""
    source = image.get("src", "")
    ending = posixpath.splitext(parted(source)[0])[1].lower()
    if ending in _DOCUMENT:
        if height := _HEIGHT.search(source):
            image.set("height", height[1])
        _become(image, "object", {"data": source, "type": _DOCUMENT[ending]})
    elif ending in _VIDEO | _AUDIO:
        _become(image, "video" if ending in _VIDEO else "audio", {"src": source, "controls": "controls"})


def _become(image: Element, tag: str, attributes: dict[str, str]) -> None:
    address = attributes.get("src") or attributes["data"]
    label = image.get("alt") or unquote(posixpath.basename(parted(address)[0]))
    sizes = {side: image.attrib[side] for side in ("width", "height") if side in image.attrib and tag != "audio"}
    tail = image.tail
    image.clear()
    image.tag, image.tail = tag, tail
    image.attrib.update(attributes | sizes | {"aria-label": label})
    SubElement(image, "a", {"href": address}).text = label
