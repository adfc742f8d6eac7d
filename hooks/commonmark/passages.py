"""In: a tree whose links are dressed. Out: the same with block ids and flagged passages marked.

Sources: Obsidian's help, "Link to a block in a note"; what a flag marks is `marks.Scope`.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from .dialect import BLOCK_ID
from .elements import INLINE, add_class, add_id
from .links import Pill
from .marks import Scope

_MARKABLE: Final = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS: Final = frozenset({"ul", "ol"})


def mark_block_ids(root: Element) -> None:
    """Take each `^id` out of the text and give it to the block that it ends, or that it stands below."""
    used = {anchor for element in root.iter() if (anchor := element.get("id"))}
    for parent in list(root.iter()):
        before = None
        for block in list(parent):
            if block.tag in _MARKABLE:
                _mark_block_id(block, before, parent, used)
            before = block


def _mark_block_id(block: Element, before: Element | None, parent: Element, used: set[str]) -> None:
    last = _last_inline(block)
    text = (block.text if last is None else last.tail) or ""
    found = BLOCK_ID.search(text.rstrip("\n"))
    if found is None:
        return
    is_alone = last is None and not text[: found.start()].strip()
    if is_alone and (block.tag != "p" or before is None):
        return
    _cut(block, last, text[: found.start()].rstrip())
    if is_alone:
        parent.remove(block)
    starts_item = parent.tag == "li" and before is None
    owner = before if is_alone else parent if starts_item else block
    if owner is not None and found["id"] not in used:
        used.add(found["id"])
        add_id(owner, found["id"], parent)


def _last_inline(block: Element) -> Element | None:
    """Find the last child before the first block within, such as the list in an item."""
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
    for pill in pills:
        passage = list(places.passage(pill))
        for block in passage:
            add_class(block, "flagged")
        first = places.first(pill, passage)
        add_id(first, pill.anchor, places.parent(first))


class _Places:
    """Where each element stands; read once, before ids are added."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._children = {parent: list(parent) for parent in root.iter()}
        self._places = {
            child: (parent, i) for parent, children in self._children.items() for i, child in enumerate(children)
        }

    def parent(self, element: Element) -> Element:
        return self._places[element][0]

    def passage(self, pill: Pill) -> Iterator[Element]:
        """Give the blocks that a flag marks."""
        own = pill.heading if pill.heading is not None else self._block_of(pill.link)
        if pill.scope is Scope.SECTION:
            yield from self._section(own)
        elif pill.scope is Scope.NEXT_BLOCK:
            yield next(self._after(own), own)
        else:
            yield own
        if pill.scope is Scope.BLOCK_AND_LIST:
            following = next(self._after(own), None)
            if following is not None and following.tag in _LISTS:
                yield following

    def first(self, pill: Pill, passage: Sequence[Element]) -> Element:
        """Give the block that a link to the passage leads to: of a section, the one below its heading."""
        if pill.scope is not Scope.SECTION:
            return passage[0]
        below = (block for block in passage if block.tag not in _HEADINGS and not _is_bare(block))
        return next(below, pill.link)

    def _block_of(self, link: Element) -> Element:
        """A paragraph that starts an item stands for it."""
        block = link
        while block.tag not in _MARKABLE and block in self._places and self.parent(block) is not self._root:
            block = self.parent(block)
        parent, i = self._places[block]
        return parent if block.tag == "p" and parent.tag == "li" and i == 0 else block

    def _after(self, block: Element) -> Iterator[Element]:
        """Give the blocks beside it that come after it and say something of their own."""
        parent, i = self._places[block]
        return (child for child in self._children[parent][i + 1 :] if not _is_bare(child))

    def _section(self, own: Element) -> Iterator[Element]:
        """Give the last heading up to here, and what follows up to the next of its level or a higher one."""
        parent, i = self._places[own]
        siblings = self._children[parent]
        start = next((k for k in range(i, -1, -1) if siblings[k].tag in _HEADINGS), i)
        yield siblings[start]
        level = siblings[start].tag
        for block in siblings[start + 1 :]:
            if block.tag in _HEADINGS and block.tag <= level:
                break
            if block.tag != "a":
                yield block


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
