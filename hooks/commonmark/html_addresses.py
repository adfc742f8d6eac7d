"""Addresses in HTML, and the ids that they may lead to. In: HTML as text. Out: patterns, and what they find.

Offsets are characters.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from .addresses import SCHEME

VALUE: Final = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))"""
"""What follows an attribute's name: its value, in the one or the other marks, or in none."""

# Each search ends at the next bracket, so that no row of open tags takes long.
TAG: Final = re.compile(r"<(?:a|area|audio|embed|iframe|img|object|source|track|video)\s[^<>]*>", re.IGNORECASE)
"""A tag that may hold one."""
ADDRESS: Final = re.compile(rf"(?<=\s)(href|src|srcset|poster|data){VALUE}", re.IGNORECASE)
"""An address, in a tag: the attribute's name, and its value."""
ELSEWHERE: Final = re.compile(f"#|//|{SCHEME.pattern}")
"""How an address starts that names no file of the site by its path."""

_OPENING: Final = re.compile(r"<[A-Za-z][^<>]*>")
_ID: Final = re.compile(rf"(?<=\s)(id|name){VALUE}", re.IGNORECASE)
_REST: Final = re.compile(r"[?#].*", re.DOTALL)


def value_of(attribute: re.Match[str]) -> str:
    """Give the value of an attribute that one of these patterns found, as text."""
    return unescape(attribute[2] or attribute[3] or attribute[4] or "")


def parted(address: str) -> tuple[str, str]:
    """Part an address into its path and what follows that, from `?` or `#` on."""
    path = _REST.sub("", address)
    return path, address[len(path) :]


def ids(html: str) -> Iterator[str]:
    """Find what an address can lead to: the ids of elements, and the names of anchors."""
    return (value_of(found) for tag in _OPENING.finditer(html) for found in _ID.finditer(tag[0]))
