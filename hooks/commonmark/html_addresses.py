"""Where addresses stand in HTML. In: HTML as text. Out: patterns, and what they find; offsets are characters."""

import re
from html import unescape
from typing import Final

# Each search ends at the next bracket, so that no row of open tags takes long.
TAG: Final = re.compile(r"<(?:a|area|audio|embed|iframe|img|object|source|track|video)\s[^<>]*>", re.IGNORECASE)
"""A tag that may hold one."""
ADDRESS: Final = re.compile(
    r"""(?<=\s)(href|src|srcset|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""", re.IGNORECASE
)
"""An address, in a tag: the attribute's name, and its value in the one or the other marks, or in none."""
ELSEWHERE: Final = re.compile(r"#|//|[A-Za-z][A-Za-z0-9+.-]*:")
"""How an address starts that names no file of the site by its path."""

_REST: Final = re.compile(r"[?#].*", re.DOTALL)


def value_of(attribute: re.Match[str]) -> str:
    """Give the value of an attribute that `ADDRESS` found, as text."""
    return unescape(attribute[2] or attribute[3] or attribute[4] or "")


def parted(address: str) -> tuple[str, str]:
    """Part an address into its path and what follows that, from `?` or `#` on."""
    path = _REST.sub("", address)
    return path, address[len(path) :]
