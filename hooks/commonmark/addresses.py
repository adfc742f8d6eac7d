"""In: the destination of a link or image. Out: whether it may stand on a page, and how it is written there."""

import re
from typing import Final
from urllib.parse import quote, unquote, urlsplit

# What CommonMark's own examples leave as it is; all else is percent-encoded.
_KEPT: Final = "-_.+!*'(),%#@?=;:/&$~"

OTHER_SITE: Final = r"(?:https?:)?//"
"""How an address of the web starts that gives its host, in any case of letters."""

LED_TO: Final = frozenset({"http", "https", "mailto", "tel"})
"""The schemes of a site's links, beside those to the site itself."""

SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")

# Browsers leave these out when they read an address, so that a scheme can be hidden with them.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")

_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f]")

# What a browser would run or open within the page. CommonMark itself knows no list of what is allowed: see
# `notes.schemes`, which holds for the site.
_RUNNING: Final = frozenset(
    {"javascript", "vbscript", "livescript", "data", "blob", "filesystem", "file", "jar", "view-source"}
)


def scheme(destination: str) -> str:
    """Give the scheme as a browser reads it, in small letters; empty if the address is relative.

    Source of the rule: the URL Standard, "basic URL parser". No page holds control characters.
    """
    match = SCHEME.match(_DROPPED.sub("", destination).lstrip())
    return match[1].lower() if match else ""


def is_safe(destination: str, *, is_image: bool = False) -> bool:
    """Ask whether a reader can follow it without running something; images may carry their own data."""
    plain = _IGNORED.sub("", destination)
    scheme = SCHEME.match(plain)
    if scheme is None or scheme[1].lower() not in _RUNNING:
        return True
    return is_image and plain.lower().startswith("data:image/")


def comparable(destination: str) -> str:
    """Give an address as MkDocs can read it.

    It takes each one apart by `urlsplit`, which refuses such as `http://[x`; and it compares the fragment of a
    relative one with the ids of the page as they are.
    """
    if destination[:1].isspace() and scheme(destination):
        destination = destination.lstrip()  # pasted: what has a scheme has no blank before it
    if not _can_be_split(destination):
        return encoded(destination)
    path, mark, fragment = destination.partition("#")
    if "%" in fragment and not SCHEME.match(path):
        return path + mark + unquote(fragment)
    return destination


def _can_be_split(destination: str) -> bool:
    try:
        urlsplit(destination)
    except ValueError:
        return False
    return True


def encoded(destination: str) -> str:
    """Percent-encode what may not stand in an address; what is encoded already stays."""
    return quote(destination, safe=_KEPT)
