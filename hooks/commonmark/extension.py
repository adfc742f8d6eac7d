"""The plug: swaps Python-Markdown's parser for ours, and leaves all that comes after it as it is.

The swap is made in `reset`, which runs when all extensions are registered.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from maths import NO_PREAMBLE, Preamble

from .fences import Fences
from .finish import finish
from .html_addresses import ids
from .other_sites import linked
from .page import Mode, read_page, readable
from .tree import Page

# What Python-Markdown does to text and white space of its own parser's trees.
_REPLACED: Final = ("inline", "prettify", "indent-highlight")


class CommonMark(Extension):
    """Read pages as Obsidian shows them."""

    def __init__(
        self,
        *,
        line_breaks: bool = True,
        obsidian: bool = True,
        direction: str = "ltr",
        preamble: Preamble = NO_PREAMBLE,
    ) -> None:
        """`line_breaks`: show single ones, as Obsidian does by default. `obsidian`: else as CommonMark and GFM.

        `direction`: of what is around the pages, `ltr` or `rtl`. `preamble`: what all formulas know.
        """
        super().__init__()
        self._mode = Mode(line_breaks=line_breaks, obsidian=obsidian, preamble=preamble)
        self._direction = direction

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown calls it so
        """Plug into one page's instance; nothing is kept from page to page."""
        md.registerExtension(_Plug(md, self._mode, self._direction))


class _Plug(Extension):
    """Replaces the parser when all extensions are registered."""

    def __init__(self, md: Markdown, mode: Mode, direction: str) -> None:
        super().__init__()
        self._md = md
        self._mode = mode
        self._direction = direction

    def reset(self) -> None:
        """Swap; another time, it swaps afresh."""
        md = self._md
        for name in _REPLACED:
            md.treeprocessors.deregister(name, strict=False)
        toc = md.treeprocessors["toc"] if "toc" in md.treeprocessors else None  # noqa: SIM401 - no dictionary
        if isinstance(toc, TocTreeprocessor):
            toc.marker = ""  # `[TOC]` is text
        if not isinstance(md.preprocessors, _Unread):
            md.preprocessors = _Unread(md.preprocessors)
        parser = _PageParser(md, self._mode)
        md.parser = parser
        # After MkDocs, which takes the title last, at -1.
        md.treeprocessors.register(_Finish(md, parser, self._direction), "commonmark_finish", -10)
        if self._mode.obsidian:
            md.postprocessors.register(_OtherSites(md), "commonmark_other_sites", -10)


class _Unread(Registry[Preprocessor]):
    """Preprocessors that read no page: found by name, as superfences does, and passed over."""

    def __init__(self, known: Registry[Preprocessor]) -> None:
        super().__init__()
        self._known = known
        self.late: list[Preprocessor] = []
        """What the host registers after the swap: MkDocs looks for ids in raw HTML."""

    def __contains__(self, item: str | Preprocessor) -> bool:
        return item in self._known

    def __getitem__(self, key: str | int) -> Preprocessor:  # type: ignore[override]  # nobody slices it
        return self._known[key]

    def __iter__(self) -> Iterator[Preprocessor]:
        return iter(())

    def register(self, item: Preprocessor, name: str, priority: float) -> None:
        self._known.register(item, name, priority)
        self.late.append(item)


class _PageParser(BlockParser):
    """Reads a page in place of Python-Markdown's block parser."""

    def __init__(self, md: Markdown, mode: Mode) -> None:
        super().__init__(md)
        self._mode = mode
        self.page = Page(Element("div"), (), ())

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - Python-Markdown calls it so
        """Read the text of a page."""
        text = readable("\n".join(lines))
        self.page = read_page(text, self._mode, Fences(self.md).html, self.md.htmlStash.store)
        if isinstance(self.md.preprocessors, _Unread):
            anchors = [f'<a id="{escape(anchor)}"></a>' for html in self.page.html for anchor in ids(html)]
            for preprocessor in self.md.preprocessors.late:
                preprocessor.run(anchors)
        return ElementTree(self.page.root)


class _Finish(Treeprocessor):
    """The last step, when MkDocs has read and changed the tree."""

    def __init__(self, md: Markdown, parser: _PageParser, direction: str) -> None:
        super().__init__(md)
        self._parser = parser
        self._direction = direction

    def run(self, root: Element) -> None:
        """Finish the tree."""
        finish(root, self._parser.page.pills, self._direction, self.md.htmlStash.store)


class _OtherSites(Postprocessor):
    """The very last step, when the author's HTML is in its place."""

    def run(self, text: str) -> str:
        """Link to what is shown of other sites."""
        return linked(text)
