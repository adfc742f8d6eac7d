"""Pages through the Python-Markdown that `mkdocs.yml` configures. In: Markdown. Out: HTML, and trees to compare."""

import re
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser
from typing import Any, Final

from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from tests.sites import ROOT

from commonmark.extension import CommonMark

_VOID: Final = frozenset({"br", "hr", "img", "input"})
_TABLE: Final = ("table", "thead", "tbody", "tr", "td", "th")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS: Final = frozenset(
    {"p", "ul", "ol", "li", "blockquote", "pre", "div", "details", "summary", "hr", "br", *_TABLE, *_HEADINGS}
)
_BLANKS = re.compile(r"[ \t\r\n]+")

Node = tuple[str, ...]
"""A tag with its attributes, its end, or a text."""


@cache
def site_config() -> MkDocsConfig:
    """Load the settings of the site, as far as pages need them."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return config.plugins.on_config(config)


def markdown(*, line_breaks: bool = True, obsidian: bool = True, direction: str = "ltr") -> Markdown:
    """Make the site's Python-Markdown, with our front end set so."""
    config = site_config()
    others = [extension for extension in config.markdown_extensions if type(extension).__name__ != "CommonMark"]
    front_end: list[Any] = [CommonMark(line_breaks=line_breaks, obsidian=obsidian, direction=direction)]
    return Markdown(extensions=[*others, *front_end], extension_configs=config.mdx_configs)


def tree(html: str) -> Sequence[Node]:
    """Give the tree of a page in order: blanks beside blocks do not count, nor do permalinks."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return tuple(_without_blanks(parser.nodes))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self._in_permalink = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = sorted(f'{name}="{value or ""}"' for name, value in attrs)
        self._in_permalink = 'class="headerlink"' in attributes
        if not self._in_permalink:
            self.nodes.append((tag, *attributes))

    def handle_endtag(self, tag: str) -> None:
        if self._in_permalink:
            self._in_permalink = False
        elif tag not in _VOID:
            self.nodes.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        if self._in_permalink:
            return
        if self.nodes and self.nodes[-1][0] == "text":
            data = self.nodes.pop()[1] + data
        self.nodes.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.nodes.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.nodes.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.nodes.append(("instruction", data))

    def unknown_decl(self, data: str) -> None:
        self.nodes.append(("section", data))


def _without_blanks(nodes: Sequence[Node]) -> Sequence[Node]:
    kept: list[Node] = []
    preformatted = 0
    for before, node, after in zip([("",), *nodes], nodes, [*nodes[1:], ("",)], strict=False):
        preformatted += {"pre": 1, "/pre": -1}.get(node[0], 0)
        if node[0] != "text" or preformatted > 0:
            kept.append(node)
            continue
        text = _BLANKS.sub(" ", node[1])
        text = text.lstrip(" ") if _is_edge(before) else text
        text = text.rstrip(" ") if _is_edge(after) else text
        if text:
            kept.append(("text", text))
    return kept


def _is_edge(node: Node) -> bool:
    return node[0].removeprefix("/") in _BLOCKS or not node[0]
