"""In: HTML. Out: how deep its elements nest for a reader that closes none by itself, and whether all are closed."""

import re
from typing import Final

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)


def depth(html: str) -> int:
    """Count the elements that are open at once, at most; an end that does not fit is passed over."""
    opened: list[str] = []
    deepest = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if not match[1]:
            if name not in _VOID:
                opened.append(name)
                deepest = max(deepest, len(opened))
        elif opened and opened[-1] == name:
            opened.pop()
    return deepest


def is_closed(html: str) -> bool:
    """Ask whether it ends all elements that it begins, in turn, and no other."""
    opened: list[str] = []
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _VOID:
            continue
        if not match[1]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
