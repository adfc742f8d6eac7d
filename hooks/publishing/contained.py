"""The author's HTML and what stands around it. In: a page's content. Out: the same; all that it begins ends in it.

In Obsidian no HTML reaches out of its block. To a browser, a `</div>` too many ends the site's own parts, so that the
rest of the note stands outside of them, and a `<b>` without an end makes all bold that follows, the foot of the page
too. Source of the names: the HTML standard, "Parsing HTML documents".
"""

import re
from collections import Counter
from typing import Final

from commonmark.marks import ADDITIONS
from commonmark.nesting import TAG, VOID

_GOES_ON: Final = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
"""What goes on over the ends of blocks."""
_NO_HTML: Final = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
"""Elements within which nothing is HTML."""


class _Opened:
    """The elements that are open."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._counts: Counter[str] = Counter()

    def begin(self, name: str) -> None:
        """Note that an element begins."""
        self._counts[name] += 1
        if name not in _GOES_ON:
            self._stack.append(name)

    def end(self, name: str) -> bool:
        """Note that the last one of a name ends, and what is in it, but for what goes on; tell whether there is one."""
        if not self._counts[name]:
            return False
        while name not in _GOES_ON and (inner := self._stack.pop()) != name:
            self._counts[inner] -= 1
        self._counts[name] -= 1
        return True

    def ends(self) -> str:
        """Give what ends all; a `</p>` without a beginning would be a paragraph of its own."""
        going_on = "".join(f"</{name}>" * self._counts[name] for name in sorted(_GOES_ON))
        return going_on + "".join(f"</{name}>" for name in reversed(self._stack) if name != "p")


def contained(html: str) -> str:
    """Leave out ends of what is not open, and end what is where the author's text ends."""
    end = text_end(html)
    opened, kept, done, at = _Opened(), [], 0, 0
    while (tag := TAG.search(html, at)) and tag.start() < end:
        name = (tag["name"] or "").lower()
        at = min(tag.end() + len(">" if name else ""), end)
        if not name or name in VOID or (tag[0].endswith("/") and name not in _GOES_ON):
            continue
        if not tag["end"]:
            opened.begin(name)
            at = _after_words(html, name, at)
        elif not opened.end(name):
            kept.append(html[done : tag.start()])
            done = at
    return "".join((*kept, html[done:end], opened.ends(), html[end:]))


def text_end(text: str) -> int:
    """Where the author's text ends in a page's Markdown or HTML: before what the site adds."""
    return min(filter(lambda at: at >= 0, map(text.find, ADDITIONS)), default=len(text))


def _after_words(html: str, name: str, start: int) -> int:
    """Where HTML goes on behind the start of an element."""
    if name not in _NO_HTML:
        return start
    end = re.compile(f"</{name}", re.IGNORECASE).search(html, start)
    return end.start() if end else len(html)
