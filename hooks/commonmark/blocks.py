"""In: events that open blocks. Out: their elements, as Material styles them."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from . import marks
from .callouts import Callout, Fold
from .elements import add_class
from .headings import Heading
from .open_tree import OpenTree


def list_element(first: int | None) -> Element:
    """Make a list; `first` is the number of an ordered one."""
    if first is None:
        return Element("ul")
    return Element("ol", {} if first == 1 else {"start": str(first)})


def callout_element(callout: Callout) -> Element:
    """Make Material's admonition, or `details` if readers can fold it."""
    if callout.fold is Fold.FIXED:
        return Element("div", {"class": f"admonition {callout.kind}"})
    return Element("details", {"class": callout.kind} | ({"open": "open"} if callout.fold is Fold.OPEN else {}))


def callout_title(callout: Element) -> Element:
    """Make the title of a callout."""
    return Element("summary") if callout.tag == "details" else Element("p", {"class": "admonition-title"})


def heading_element(heading: Heading) -> Element:
    """Make a heading with its id."""
    return Element(f"h{heading.level}", {"id": heading.anchor})


def lift_bold(heading: Element) -> None:
    """Show a heading that is wholly bold as the others."""
    if (
        len(heading) == 1
        and heading[0].tag == "strong"
        and not ((heading.text or "") + (heading[0].tail or "")).strip()
    ):
        (bold,) = heading
        heading.text = bold.text
        heading[:] = list(bold)


def not_written() -> Element:
    """Make what an empty section says."""
    empty = Element("p", {"class": "not-written", "data-search-exclude": ""})
    empty.text = marks.NOT_WRITTEN
    return empty


def add_task(tree: OpenTree, *, is_done: bool) -> None:
    """Add the box of a task, which readers cannot tick, and mark its item and list."""
    label = Element("label", {"class": "task-list-control"})
    box = {"type": "checkbox", "disabled": "disabled", "aria-label": "Task"}
    SubElement(label, "input", box | ({"checked": "checked"} if is_done else {}))
    SubElement(label, "span", {"class": "task-list-indicator"})
    tree.add(label)
    tree.text(" ")
    for tag, name in (("li", "task-list-item"), ("ul ol", "task-list")):
        element = tree.enclosing(*tag.split())
        if element is not None:
            add_class(element, name)


class Table:
    """Rows and cells of the table that is open; tables are never within tables."""

    def __init__(self, tree: OpenTree) -> None:
        self._tree = tree
        self._alignments: Sequence[str] = ()
        self._cell = "th"
        self._column = 0

    def start(self, alignments: Sequence[str]) -> None:
        """Open a table with its columns."""
        self._alignments = alignments
        self._cell = "th"
        self._tree.open(Element("table"))

    def start_head(self) -> None:
        """Open the row of the head."""
        self._tree.open(Element("thead"))
        self._start_row()

    def end_head(self) -> None:
        """Close it."""
        self._tree.close_block()
        self._tree.close_block()

    def start_row(self) -> None:
        """Open a row; with the first one, the body."""
        if self._cell == "th":
            self._cell = "td"
            self._tree.open(Element("tbody"))
        self._start_row()

    def start_cell(self) -> None:
        """Open the next cell of the row."""
        alignment = self._alignments[self._column]
        self._column += 1
        style = {} if alignment == "None" else {"style": f"text-align: {alignment.lower()};"}
        self._tree.open(Element(self._cell, style))

    def end_cell(self) -> None:
        """Close it; an empty one of the head is no header, since it names no column."""
        cell = self._tree.close_block()
        if cell.tag == "th" and not len(cell) and not cell.text:
            cell.tag = "td"

    def end(self) -> None:
        """Close the table, and its body if there is one."""
        if self._cell == "td":
            self._tree.close_block()
        self._tree.close_block()

    def _start_row(self) -> None:
        self._column = 0
        self._tree.open(Element("tr"))
