"""Right-to-left texts. In: a page's tree. Out: the same, with `dir` on each block that reads against its surroundings.

Source of the rule: Unicode Standard Annex 9, P2 and P3: the first letter with a direction gives the paragraph its own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX

from .elements import FENCE, HEADINGS, HTML

_RIGHT: Final = frozenset({"R", "AL"})
_LETTERS: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Where in Unicode such letters are."""
_BLOCKS: Final = HEADINGS | {
    *("p", "ul", "ol", "li", "blockquote", "details", "summary", "dl", "dt", "dd", "div", "section"),
    *("table", "td", "th"),
}
_NOT_READ: Final = frozenset({"pre", "code", "math", FENCE, HTML})
"""What reads from left to right in any text, or is no text yet."""
_PLACE_HOLDER: Final = re.compile(f"{STX}[^{STX}{ETX}]*{ETX}(?:amp;)?")
"""Of HTML or of an ampersand, with letters that nobody reads."""


def direct(root: Element, around: str) -> None:
    """Tell browsers where blocks begin on a page that reads `around`; one that has no other letters stays as it is."""
    if around == "rtl" or any(map(_LETTERS.search, root.itertext())):
        _set(root, _directions(root), around)


def _directions(root: Element) -> Mapping[Element, str]:
    """The direction of each element with letters; children come before their parents, so that a text is read once."""
    found: dict[Element, str] = {}
    for element in reversed(list(root.iter())):
        direction = next(_candidates(element, found), "")
        if direction and element.tag not in _NOT_READ:
            found[element] = direction
    return found


def _candidates(element: Element, found: Mapping[Element, str]) -> Iterator[str]:
    yield from _strong(element.text)
    for child in element:
        if child in found:
            yield found[child]
        yield from _strong(child.tail)


def _strong(text: str | None) -> Iterator[str]:
    read = _PLACE_HOLDER.sub("", text or "")
    kind = next(filter(("L", *_RIGHT).__contains__, map(bidirectional, read)), "")
    if kind:
        yield "rtl" if kind in _RIGHT else "ltr"


def _set(root: Element, directions: Mapping[Element, str], direction: str) -> None:
    around = [(block, direction) for block in root]
    while around:
        element, outer = around.pop()
        inner = directions.get(element, outer) if element.tag in _BLOCKS else outer
        if inner != outer:
            element.set("dir", inner)
        around += ((child, inner) for child in element)
