"""In: a tree whose links are dressed. Out: the same with block ids and flagged passages marked.

Sources: Obsidian's help, "Link to a block in a note"; what a flag marks is `marks.Scope`.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from markdown.util import ETX

from .block_ids import BLOCK_ID, anchor_of
from .elements import HEADINGS, INLINE, add_class, add_id
from .links import Pill
from .marks import Scope

_MARKABLE: Final = HEADINGS | {"p", "li", "td", "th", "summary"}
_LISTS: Final = frozenset({"ul", "ol"})


def mark_block_ids(root: Element, headings: Container[str]) -> None:
    """Take each `^id` out of the text and give it to the block that it ends, or that it stands below.

    `headings` are the ids of the page's headings.
    """
    used = {anchor for element in root.iter() if (anchor := element.get("id"))}
    for parent in list(root.iter()):
        _lift_out_of_tables(parent)
        before, gone = None, set()
        for block in list(parent):  # an id may put an element before it
            if block.tag in _MARKABLE and _mark_block_id(block, before, parent, used, headings):
                gone.add(block)
            else:
                before = block
        if gone:
            parent[:] = [block for block in parent if block not in gone]


def _lift_out_of_tables(parent: Element) -> None:
    """To GFM, a line right below a table is a row of it; to authors, an id there stands below the table."""
    for i, table in reversed(list(enumerate(parent))):
        rows = list(table.iterfind("tbody/tr")) if table.tag == "table" else []
        texts = ["".join(cell.itertext()).strip() for cell in rows[-1]] if rows else [""]
        if BLOCK_ID.fullmatch(texts[0]) and not any(texts[1:]):
            table[-1].remove(rows[-1])
            below = Element("p")
            below.text = texts[0]
            parent.insert(i + 1, below)


def _mark_block_id(
    block: Element, before: Element | None, parent: Element, used: set[str], headings: Container[str]
) -> bool:
    """Tell whether the block held nothing else, so that nothing is left of it."""
    last = _last_inline(block)
    text = (block.text if last is None else last.tail) or ""
    # Right after HTML, of which the text has a place-holder, an id begins as after any other mark.
    found = BLOCK_ID.search(text.rstrip("\n").replace(ETX, " "))
    if found is None:
        return False
    is_alone = last is None and not text[: found.start()].strip()
    if is_alone and (block.tag != "p" or before is None):
        return False
    _cut(block, last, text[: found.start()].rstrip())
    starts_item = parent.tag == "li" and before is None
    owner = before if is_alone else parent if starts_item else block
    if owner is not None and found["id"] != owner.get("id"):
        anchor = anchor_of(found["id"], headings)
        if anchor not in used:
            used.add(anchor)
            add_id(owner, anchor, parent)
    return is_alone


def _last_inline(block: Element) -> Element | None:
    """Find the child that the block's last text comes after: before the list in an item, or at its very end."""
    if len(block) and (block[-1].tail or "").strip():
        return block[-1]
    last = None
    for child in block:
        if child.tag not in INLINE:
            break
        last = child
    return last


def _cut(block: Element, last: Element | None, text: str) -> None:
    if last is None:
        block.text = text
    elif last.tag == "br" and not text:
        block.remove(last)
    else:
        last.tail = text


def mark_flags(root: Element, pills: Sequence[Pill]) -> None:
    """Mark the passage of each flag with a class, and its first block with the flag's id."""
    places = _Places(root)
    sections: dict[Element, Element | None] = {}
    for pill in pills:
        if pill.scope is Scope.SECTION:
            heading = places.heading(pill)
            if heading not in sections:
                sections[heading] = _mark(places.section(heading), but=heading)
            first = sections[heading]
        else:
            first = _mark(places.blocks(pill))
        first = pill.link if first is None else first
        add_id(first, pill.anchor, places.parent(first))
    if pills:
        _box_tables(root)


def _box_tables(root: Element) -> None:
    """Mark a box around each marked table: the theme borders, and lets scroll, only tables without a class."""
    for parent in list(root.iter()):
        for i, table in enumerate(parent):
            if table.tag == "table" and table.get("class"):
                parent[i] = box = Element("div", dict(table.attrib))
                table.attrib.clear()
                box.tail, table.tail = table.tail, None
                box.append(table)


def _mark(passage: Iterable[Element], *, but: Element | None = None) -> Element | None:
    """Mark the blocks, and give the first one that a link should lead to: not the heading, nor what says nothing."""
    first = None
    for block in passage:
        add_class(block, "flagged")
        if first is None and block is not but and (but is None or not _is_bare(block)):
            first = block
    return first


class _Places:
    """Where each element stands; read once, before ids are added."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._children = {parent: list(parent) for parent in root.iter()}
        self._places: dict[Element, tuple[Element, int]] = {}
        self._headings: dict[Element, Element] = {}
        self._speaking: dict[Element, Sequence[Element | None]] = {}
        for parent, children in self._children.items():
            heading = None
            for i, child in enumerate(children):
                heading = child if child.tag in HEADINGS else heading
                self._places[child] = (parent, i)
                self._headings[child] = child if heading is None else heading

    def parent(self, element: Element) -> Element:
        """Give the element around it."""
        return self._places[element][0]

    def heading(self, pill: Pill) -> Element:
        """Give the last heading up to a flag; before any, its own block."""
        return self._headings[self._own(pill)]

    def blocks(self, pill: Pill) -> tuple[Element, ...]:
        """Give the one or two blocks that a flag marks."""
        own = self._own(pill)
        following = self._next(own)
        if following is None or pill.scope in {Scope.BLOCK, Scope.NOTE}:
            return (own,)
        if pill.scope is Scope.NEXT_BLOCK:
            return (following,)
        return (own, following) if following.tag in _LISTS else (own,)

    def section(self, heading: Element) -> Iterator[Element]:
        """Give a heading, and what follows up to the next of its level or a higher one."""
        yield heading
        for block in self._following(heading) if heading.tag in HEADINGS else ():
            if block.tag in HEADINGS and block.tag <= heading.tag:
                break
            if block.tag != "a":
                yield block

    def _own(self, pill: Pill) -> Element:
        """Give the block that a flag stands in; a paragraph that starts an item stands for the item."""
        block = pill.link if pill.heading is None else pill.heading
        while block.tag not in _MARKABLE and self.parent(block) is not self._root:
            block = self.parent(block)
        parent, i = self._places[block]
        return parent if block.tag == "p" and parent.tag == "li" and i == 0 else block

    def _next(self, block: Element) -> Element | None:
        """Give the first block after it that says something of its own; looked up once for all of a parent's."""
        parent, i = self._places[block]
        if parent not in self._speaking:
            self._speaking[parent] = _speaking_after(self._children[parent])
        return self._speaking[parent][i]

    def _following(self, block: Element) -> Iterator[Element]:
        parent, i = self._places[block]
        siblings = self._children[parent]
        return (siblings[at] for at in range(i + 1, len(siblings)))  # no slice, which counts up from the first


def _speaking_after(blocks: Sequence[Element]) -> Sequence[Element | None]:
    """For each block, the first one after it that is not bare."""
    found: list[Element | None] = []
    following: Element | None = None
    for block in reversed(blocks):
        found.append(following)
        following = following if _is_bare(block) else block
    return found[::-1]


def _is_bare(block: Element) -> bool:
    """Ask whether it holds nothing but flags, or only says that nothing is written."""
    names = block.get("class", "").split()
    if "flag" in names or "not-written" in names:
        return True
    texts = [block.text or "", *(child.tail or "" for child in block)]
    return (
        block.tag == "p"
        and len(block) > 0
        and all(c.get("class") == "flag" for c in block)
        and not "".join(texts).strip()
    )
