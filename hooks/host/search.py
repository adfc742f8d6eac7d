"""The search, which is the theme's plugin. In: the settings, and pages. Out: its index, in pieces.

What the plugin looks up again and again, it finds at once here: with a long page it took the square of its length.
"""

import math
import re
from collections.abc import Iterable, Iterator
from copy import copy
from pathlib import Path
from typing import Any, SupportsIndex

from material.plugins.search import plugin as theirs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

import searching
from host.memory import MEMORY
from host.searched import searched

_TITLE = re.compile(r"\s*<h1[\s>].*?</h1>", re.DOTALL)


def prepare(config: MkDocsConfig) -> None:
    """Say to the theme's templates whether the index will be in pieces; let its search go through long sections."""
    plugin: Any = config.plugins.get("material/search")
    is_on = plugin is not None and plugin.config.enabled
    config.extra["search_pieces"] = is_on and searching.can_cut()
    theirs.Section, theirs.Parser = Section, Parser
    if is_on:
        index = plugin.search_index
        index.add_entry_from_context = lambda page: index.entries.extend(_entries(page, index))


class Parser(theirs.Parser.__mro__[-4]):  # type: ignore[misc]  # the theme's own, though `serve` runs this again
    """What divides a page into sections."""

    def __init__(self) -> None:
        super().__init__()
        self.data = _Sections()


class _Sections(list[Any]):
    """Sections; at the end of each element around headings, the search looks for the last that it has not left."""

    def __init__(self) -> None:
        super().__init__()
        self._not_left: list[Any] = []

    def append(self, section: Any) -> None:  # noqa: ANN401 - published without types
        while self._not_left and self._not_left[-1].depth == math.inf:
            self._not_left.pop()
        self._not_left.append(section)
        super().append(section)

    def __reversed__(self) -> Iterator[Any]:
        """The search passes over those that it has left."""
        yield from reversed(self._not_left)


class Section(theirs.Section.__mro__[-2]):  # type: ignore[misc]  # the theme's own, though `serve` runs this again
    """A part of a page, as the theme's search gathers it."""

    def __init__(self, *heading: object) -> None:
        super().__init__(*heading)
        self.text, self.title = _Pieces(), _Pieces()


class _Pieces(list[str]):
    """Words and tags; at the end of each element the search asks for the first of its kind, far from the end."""

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[str, int] = {}

    def append(self, piece: str) -> None:
        self._first.setdefault(piece, len(self))
        super().append(piece)

    def pop(self, at: SupportsIndex = -1) -> str:
        """Take away the last one; no other is ever taken."""
        piece = super().pop(at)
        if self._first[piece] == len(self):
            del self._first[piece]
        return piece

    def index(self, piece: str, *_: SupportsIndex) -> int:
        """Find the first one alike.

        The end, if there is none: the search takes the end of an element for that of another one, which it leaves out.
        """
        return self._first.get(piece, len(self))


def _entries(page: Page, index: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - published without types
    """Give a page's entries for the index of the search."""

    def make() -> list[dict[str, Any]]:
        headings = {item.id: item for item in _all(page.toc)}
        own = copy(index)
        own.entries = []
        own._find_toc_by_id = lambda _, anchor: headings.get(anchor)  # noqa: SLF001
        type(index).add_entry_from_context(own, _searched(page))
        return own.entries  # type: ignore[no-any-return]

    return MEMORY.made("entries", page.file.src_uri, (page.content, page.url, page.title, page.meta), make)


def _searched(page: Page) -> Page:
    short = copy(page)
    short.content = searched(page.content or "")
    if names := page.meta.get("aliases"):
        title = _TITLE.match(short.content)
        start = title.end() if title else 0
        short.content = f"{short.content[:start]}<p>{names}</p>{short.content[start:]}"
    return short


def _all(items: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for item in items:
        yield item
        yield from _all(item.children)


def cut_index(site: Path, config: MkDocsConfig) -> None:
    """Cut the index that the theme has just written; raises PluginError, since all pages expect the pieces."""
    if not config.extra["search_pieces"]:
        return
    try:
        searching.cut(site / "search" / "search_index.json", config.theme["language"], site / "pagefind")
    except searching.CutError as error:
        message = f"Pagefind could not cut the index: {error}. Without pagefind_bin, the theme's own search is used."
        raise PluginError(message) from error
