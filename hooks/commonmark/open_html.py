"""In: the events of a page. Out: the same, with an end for what the author's HTML leaves open where its block ends.

A comment, or an element whose content is no HTML or none that is shown, would hide all that follows in a browser, the
site's own parts too, and `<?` the end of the quote that it stands in; Obsidian shows each block for itself. Source of
the names: the HTML standard, "Parsing HTML documents", the generic raw text and RCDATA parsing algorithms, "The
template element", and those whose content stands for them where they are not shown: many write `<video src="a.mp4" />`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from .events import INLINE_TAGS, RAW_HTML, Event, Kind

_NAMES: Final = (
    "iframe|noembed|noframes|noscript|script|style|template|textarea|title|xmp"
    "|audio|canvas|datalist|dialog|meter|object|progress|select|video"
)
OPENING: Final = re.compile(rf"<(?:{_NAMES}|[!?])", re.IGNORECASE)
"""What a page cannot lack of which anything is left open."""
_MARK: Final = re.compile(
    rf"<(?:(?P<comment>!--(?!-?>))|(?P<section>!\[CDATA\[)|[!?]|(?P<name>{_NAMES})(?=[\s/>]))", re.IGNORECASE
)
"""What else starts with `<?` or `<!` is a comment up to the next `>`; of a section, Python's parser looks for `]]>`."""


def with_ends(seen: Iterable[Event]) -> Iterator[Event]:
    """End what is open where a block starts or ends: in a tight list, an item's words are in no paragraph."""
    awaited = ""
    for event in seen:
        if event.kind in RAW_HTML:
            awaited = _awaited(event.data, awaited)
        elif awaited and event.tag and event.tag not in INLINE_TAGS:
            kind = Kind.HTML if event.tag == "HtmlBlock" else Kind.INLINE_HTML
            yield Event(kind, "", awaited, event.start, event.start)
            awaited = ""
        yield event


def _awaited(html: str, awaited: str) -> str:
    """Tell what ends that which is open after some HTML; before it, `awaited` did."""
    at = 0
    while mark := (_end(awaited) if awaited else _MARK).search(html, at):
        at = mark.end()
        awaited = "" if awaited else _end_of(mark)
    return awaited


def _end_of(mark: re.Match[str]) -> str:
    if mark["name"]:
        return f"</{mark['name'].lower()}>"
    return "-->" if mark["comment"] else "]]>" if mark["section"] else ">"


@cache
def _end(awaited: str) -> re.Pattern[str]:
    """What ends it: the end of an element may have blanks before its `>`."""
    name = awaited.removesuffix(">")
    return re.compile(rf"{name}(?=[\s/>])" if name.startswith("<") else re.escape(awaited), re.IGNORECASE)
