"""What stage 1 writes into a page and stage 2 dresses: plain CommonMark links that work anywhere.

wanted   [label](<…/wanted.md#wanted-SLUG> "not written yet")
flag     [label](<…/review.md#flag-ID> "marks this block"), or `#flag-ID~NOTE` where another note's flag has the same id
tag      [#name](<…/tags.md#tag-SLUG> "tag")
"""

from enum import StrEnum
from typing import Final
from urllib.parse import unquote

WANTED_PAGE: Final = "wanted.md"
WANTED_PREFIX: Final = "wanted-"
WANTED_TITLE: Final = "not written yet"

FLAG_PAGE: Final = "review.md"
FLAG_PREFIX: Final = "flag-"
FLAG_NOTE: Final = "~"
"""Stands between a flag's id and what tells its card from those of other notes; no id holds it."""
FLAG_SPOKEN: Final = "marked for review: "

TAG_PAGE: Final = "tags.md"
TAG_PREFIX: Final = "tag-"
TAG_TITLE: Final = "tag"

EMBED_START: Final = '<div class="embed"'
EMBED_END: Final = "</div><!-- embed -->"
"""What stage 1 writes around an embedded text; its headings get their ids after those of the page's own."""

NOTICE_START: Final = '<em class="notice">'
NOTICE_END: Final = "</em>"
"""What stage 1 writes around its own words within the author's; they are no part of a heading's text."""

JOINER: Final = "\u2060"
"""What stage 1 writes between a link that was a word and a mark that closes: right after a `)`, none does."""

PAGE_TITLE: Final = "<!-- title -->"
"""What stage 1 writes into a first heading that says the page's title again, though it is not the only one so high."""

PROPERTIES: Final = '<div class="properties" data-search-exclude>'
NOTE_TAGS: Final = '<div class="md-tags" data-search-exclude>'
BACKLINKS: Final = '<aside class="backlinks" aria-label="Backlinks" data-search-exclude>'
ADDITIONS: Final = (PROPERTIES, NOTE_TAGS, BACKLINKS)
"""How the elements begin that stage 1 adds beneath the author's text."""

NOT_WRITTEN: Final = "Not written yet"
"""What an empty section says."""


class Scope(StrEnum):
    """Which passage a flag marks; the title of its link."""

    BLOCK = "marks this block"
    """The paragraph, item, cell or quote that it stands in."""
    BLOCK_AND_LIST = "marks this block and its list"
    """Also the list right after it."""
    NEXT_BLOCK = "marks the next block"
    SECTION = "marks this section"
    """From the last heading before it to the next of its level."""
    NOTE = "marks this note"


def target(destination: str, page: str, prefix: str) -> str | None:
    """Give the fragment of a link to `page`, decoded and without its prefix, or None if it is another link."""
    path, _, fragment = destination.partition("#")
    if fragment.startswith(prefix) and path.rpartition("/")[2] == page:
        return unquote(fragment.removeprefix(prefix))
    return None


def flag_id(destination: str) -> str | None:
    """Give the id of the flag whose pill a link is, or None if it is another link."""
    card = target(destination, FLAG_PAGE, FLAG_PREFIX)
    return None if card is None else card.partition(FLAG_NOTE)[0]


def is_flag(destination: str) -> bool:
    """Ask whether a link is a flag's pill."""
    return flag_id(destination) is not None
