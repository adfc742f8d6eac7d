"""In: HTML. Out: how deep its elements nest for a reader that closes none by itself, and whether all are closed."""

import re
from collections.abc import Iterator
from typing import Final

TAG = re.compile(
    r"<!--(?!-?>)(?:[^-]|-(?!->))*+-->|<[!?][^>]*+>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?:[^>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+"
)
"""Of what stands in a comment, or in the value of an attribute, nothing is a tag."""
_ENDS_ITSELF: Final = re.compile(r"(?:[\s\"']|<[A-Za-z0-9-]++)/\Z")
"""A tag whose `/` is no part of a value without quotation marks."""
_FOREIGN: Final = frozenset({"math", "svg"})
"""Elements within which `/` ends an element, to a browser too."""
_OF_HTML: Final = "foreignobject"
"""Within which it does not."""
VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)


def depth(html: str) -> int:
    """Count the elements that are open at once, at most; an end that does not fit is passed over.

    As to Python's reader of HTML, whatever the element, `<path />` is its own end: a picture has thousands.
    """
    opened: list[str] = []
    deepest = 0
    for name, is_end, tag in _tags(html):
        if not is_end and not _ends_itself(tag):
            opened.append(name)
            deepest = max(deepest, len(opened))
        elif is_end and opened and opened[-1] == name:
            opened.pop()
    return deepest


def is_closed(html: str) -> bool:
    """Ask whether it ends all elements that it begins, in turn, and no other."""
    opened: list[tuple[str, bool]] = []
    for name, is_end, tag in _tags(html):
        is_foreign = name in _FOREIGN or (bool(opened) and opened[-1][1])
        if is_end:
            if not opened or opened.pop()[0] != name:
                return False
        elif not (is_foreign and _ends_itself(tag)):
            opened.append((name, is_foreign and name != _OF_HTML))
    return not opened


def _ends_itself(tag: str) -> bool:
    return tag.endswith("/") and _ENDS_ITSELF.search(tag) is not None


def _tags(html: str) -> Iterator[tuple[str, bool, str]]:
    """The names of elements, whether the tag ends one, and the tag without its `>`."""
    for tag in TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if name and name not in VOID:
            yield name, bool(tag["end"]), tag[0]
