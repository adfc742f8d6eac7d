"""In: the events of a page. Out: its tree of elements, as HTML has them, and what later steps need of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from maths import Formulas, Preamble

from . import blocks
from .addresses import LED_TO, comparable, scheme
from .callouts import CALLOUT, TITLE
from .elements import FENCE, HTML, LITERAL
from .events import BREAKS, CONTROL, Event, Events, Kind
from .footnotes import Footnotes
from .headings import Heading
from .links import Pill, finish_link, hide, image_element, link_element, pill_of
from .marks import ADDITIONS, JOINER, PAGE_TITLE
from .open_tree import OpenTree

_PLAIN: Final = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "Item": "li",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "del",
}
_ENDLESS: Final = re.compile(
    r"<(?=!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![\w.-]))|plaintext(?![\w-]))", re.IGNORECASE
)
"""`<![x[` is no HTML, and Python's own parser, by which the search and others read pages, raises an error at it; what
comes after `<plaintext>` no browser reads."""

_UNFORMATTED: Final = frozenset({Kind.TEXT, Kind.CODE, Kind.HTML, Kind.INLINE_MATH, Kind.DISPLAY_MATH})
_ENTITY, _ESCAPE = b"&\\"

_Step = Callable[[Event], object]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's tree, and what is to be done with it."""

    root: Element
    pills: tuple[Pill, ...]
    html: tuple[str, ...]
    """The author's own HTML, piece by piece."""


def _end_of_text(root: Element) -> int:
    """Where what the author wrote ends: before the first element that stage 1 added."""
    added = (at for at, block in enumerate(root) if block.tag == HTML and (block.text or "").startswith(ADDITIONS))
    return next(added, len(root))


class TreeBuilder:
    """Builds the tree in one pass over the events."""

    def __init__(  # noqa: PLR0913 - a page, what is known of it, and what is done with parts of it
        self,
        source: bytes,
        headings: Sequence[Heading],
        preamble: Preamble,
        *,
        code: Callable[[str, str], str | None],
        stash: Callable[[str], str],
        line_breaks: bool,
    ) -> None:
        """`code` makes HTML of an info string and a source, or none; `stash` keeps HTML and gives a place-holder."""
        self._source = source
        self._headings = iter(headings)
        self._formulas = Formulas(preamble, self._led_to)
        self._code = code
        self._stash = stash
        self._line_breaks = line_breaks
        self._tree = OpenTree()
        self._table = blocks.Table(self._tree)
        self._footnotes = Footnotes()
        self._heading: Heading | None = None
        self._heading_block: Element | None = None
        self._pills: list[Pill] = []
        self._pills_of_heading: list[Element] = []
        self._html: list[str] = []
        self._collecting: Event | None = None
        self._collected: list[str] = []
        self._images = 0
        self._at = 0
        self._steps = self._named_steps()

    def build(self, events: Events) -> Page:
        """Build the tree, footnotes at its foot."""
        steps = self._steps
        for event in events:
            if self._collecting is not None:
                self._collect(event)
            else:
                steps[event.kind, event.tag](event)
            if event.kind is not Kind.START:
                self._at = event.end
        root = self._tree.finish()
        foot = self._footnotes.foot()
        if foot is not None:
            root.insert(_end_of_text(root), foot)
        return Page(root, tuple(self._pills), tuple(self._html))

    def _named_steps(self) -> dict[tuple[Kind, str], _Step]:
        steps = {(Kind.START, tag): step for tag, step in self._openings().items()}
        steps |= {(Kind.END, tag): step for tag, step in self._closings().items()}
        return steps | {(kind, ""): step for kind, step in self._leaves().items()}

    def _openings(self) -> dict[str, _Step]:
        tree, table = self._tree, self._table
        plain: dict[str, _Step] = {tag: partial(self._open, name) for tag, name in _PLAIN.items()}
        return plain | {
            "Heading": self._start_heading,
            "List": lambda event: tree.open(blocks.list_element(event.data)),
            "Link": self._start_link,
            "Table": lambda event: table.start(event.data),
            "TableHead": lambda _: table.start_head(),
            "TableRow": lambda _: table.start_row(),
            "TableCell": lambda _: table.start_cell(),
            "FootnoteDefinition": lambda event: tree.open_detached(self._footnotes.define(event.data)),
            CALLOUT: lambda event: tree.open(blocks.callout_element(event.data)),
            TITLE: lambda _: tree.open(blocks.callout_title(tree.top)),
            "CodeBlock": self._start_collecting,
            "HtmlBlock": self._start_collecting,
            "Image": self._start_collecting,
        }

    def _closings(self) -> dict[str, _Step]:
        tree, table = self._tree, self._table
        others = ("List", "TableRow", CALLOUT, TITLE)
        plain: dict[str, _Step] = {tag: lambda _: tree.close_block() for tag in (*_PLAIN, *others)}
        return plain | {
            "Emphasis": lambda _: tree.close(),
            "Strong": lambda _: tree.close(),
            "Strikethrough": lambda _: tree.close(),
            "FootnoteDefinition": lambda _: tree.close(),
            "Heading": self._end_heading,
            "Link": lambda _: finish_link(tree.close()),
            "Table": lambda _: table.end(),
            "TableHead": lambda _: table.end_head(),
            "TableCell": lambda _: table.end_cell(),
        }

    def _leaves(self) -> dict[Kind, _Step]:
        tree = self._tree
        return {
            Kind.TEXT: self._add_text,
            Kind.CODE: self._add_code,
            Kind.INLINE_HTML: self._add_html,
            Kind.INLINE_MATH: self._add_formula,
            Kind.DISPLAY_MATH: self._add_formula,
            Kind.FOOTNOTE_REFERENCE: lambda event: tree.add(self._footnotes.mention(event.data)),
            Kind.TASK_LIST_MARKER: lambda event: blocks.add_task(tree, is_done=event.data),
            Kind.SOFT_BREAK: self._add_break if self._line_breaks else lambda _: tree.text("\n"),
            Kind.HARD_BREAK: self._add_break,
            Kind.RULE: lambda _: tree.add_block(Element("hr")),
        }

    def _add_formula(self, event: Event) -> None:
        element = self._formulas.typeset(event.data, display=event.kind is Kind.DISPLAY_MATH)
        if element.tag == "a":  # a formula alone gives a link no name
            hide(element, f" ({element.get('href')})")
        self._tree.add(element)

    def _led_to(self, address: str) -> str:
        """Where a formula leads: not to the site itself, whose files it cannot name, nor within another link."""
        address = CONTROL.sub("", address)
        return comparable(address) if scheme(address) in LED_TO and self._tree.enclosing("a") is None else ""

    def _open(self, name: str, _: Event) -> None:
        self._tree.open(Element(name))

    def _start_heading(self, _: Event) -> None:
        self._heading = next(self._headings)
        self._tree.open(blocks.heading_element(self._heading))
        self._heading_block = self._tree.top

    def _end_heading(self, _: Event) -> None:
        heading, self._heading, self._heading_block = self._heading, None, None
        element = self._tree.close_block()
        blocks.lift_bold(element)
        for pill in self._pills_of_heading:
            self._tree.add(pill)
        self._pills_of_heading.clear()
        if heading is not None and heading.is_empty:
            self._tree.add_block(blocks.not_written())

    def _start_link(self, event: Event) -> None:
        pill = pill_of(event.data, self._heading_block)
        element = pill.link if pill else link_element(event.data)
        if element is None:
            self._tree.open_nothing()
        elif pill:
            self._start_pill(pill)
        else:
            self._tree.open(element)

    def _start_pill(self, pill: Pill) -> None:
        """However deep it stands, it is in the tree: by it its passage is found."""
        self._pills.append(pill)
        if self._heading:
            self._pills_of_heading.append(pill.link)
        else:
            self._tree.add(pill.link)
        self._tree.open_detached(pill.link)

    def _start_collecting(self, event: Event) -> None:
        self._collecting = event
        self._images = 1

    def _collect(self, event: Event) -> None:
        """Keep the words only: no formatting is shown in the description of an image."""
        assert self._collecting is not None  # noqa: S101 - its only caller asks
        if event.tag == self._collecting.tag:
            self._images += 1 if event.kind is Kind.START else -1
        elif event.kind in _UNFORMATTED:
            self._collected.append(event.data)
        elif event.kind in BREAKS:
            self._collected.append(" ")
        if not self._images:
            start, self._collecting = self._collecting, None
            words = "".join(self._collected)
            self._collected.clear()
            {"CodeBlock": self._end_code, "HtmlBlock": self._end_html, "Image": self._end_image}[event.tag](
                start, words
            )

    def _end_code(self, event: Event, code: str) -> None:
        if code and not code.endswith("\n"):
            code += "\n"
        info = CONTROL.sub("", event.data or "")
        html = self._code(info, code)
        if html is not None:
            block = Element(FENCE)
            block.text = html
        else:
            block = Element("pre")
            language = info.split(maxsplit=1)[:1]
            SubElement(block, "code", {"class": f"language-{language[0]}"} if language else {}).text = code
        self._tree.add_block(block)

    def _end_html(self, _: Event, html: str) -> None:
        """A comment is no element: the page's title may come after it."""
        html = _ENDLESS.sub("&lt;", html)
        self._html.append(html)
        if html.lstrip().startswith("<!--") and html.rstrip().endswith("-->"):
            self._tree.text(self._stash(html))
        else:
            block = Element(HTML)
            block.text = html
            self._tree.add(block)

    def _end_image(self, event: Event, alt: str) -> None:
        image = image_element(event.data, alt)
        if image is None:
            self._tree.text(alt)
        else:
            self._tree.add(image)

    def _add_text(self, event: Event) -> None:
        text = event.data
        if text == JOINER:
            return
        first = self._source[event.start] if event.start < event.end else 0
        if first == _ENTITY and len(text) < event.end - event.start:
            text = CONTROL.sub("", text)
            mark = LITERAL if text in "=^@:" else ""
        else:
            is_escaped = event.start > self._at and self._source[event.start - 1] == _ESCAPE
            mark = LITERAL if is_escaped else ""
        self._tree.text(mark + text)

    def _add_code(self, event: Event) -> None:
        code = Element("code")
        code.text = event.data
        self._tree.add(code)

    def _add_html(self, event: Event) -> None:
        if event.data == PAGE_TITLE:
            return
        html = _ENDLESS.sub("&lt;", event.data)
        self._html.append(html)
        self._tree.text(self._stash(html))

    def _add_break(self, _: Event) -> None:
        self._tree.add(Element("br"))
        self._tree.text("\n")
