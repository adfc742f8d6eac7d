"""A tree that grows: the stack of open elements, and text that waits for the next one."""

from typing import Final
from xml.etree.ElementTree import Element

from .elements import append_text

# Deeper than anyone writes; what is beyond is shown at this depth. Tools that read the tree are recursive.
_DEEPEST: Final = 60


class OpenTree:
    """Elements are opened and closed in turn; text goes to the innermost open one."""

    def __init__(self) -> None:
        self.root = Element("div")
        self._open = [self.root]
        self._text: list[str] = []

    @property
    def top(self) -> Element:
        """The innermost open element."""
        return self._open[-1]

    def enclosing(self, *tags: str) -> Element | None:
        """Find the innermost open element of these."""
        return next((element for element in reversed(self._open) if element.tag in tags), None)

    def text(self, text: str) -> None:
        """Add text."""
        self._text.append(text)

    def add(self, element: Element) -> None:
        """Add a finished element."""
        self._flush()
        self._open[-1].append(element)

    def add_block(self, element: Element) -> None:
        """Add a finished element on a line of its own, which keeps words of neighbours apart in searches."""
        self.add(element)
        self._text.append("\n")

    def open(self, element: Element) -> None:
        """Add an element and open it; too deep, what is in it goes to the element around it."""
        if len(self._open) < _DEEPEST:
            self.add(element)
            self._open.append(element)
        else:
            self.open_nothing()

    def open_nothing(self) -> None:
        """Open what leaves no element, to be closed as others are."""
        self._open.append(self._open[-1])

    def open_detached(self, element: Element) -> None:
        """Open an element that gets its place in the tree later."""
        self._flush()
        self._open.append(element)

    def close(self) -> Element:
        """Close the innermost open element."""
        self._flush()
        return self._open.pop()

    def close_block(self) -> Element:
        """Close it with a line end after it."""
        closed = self.close()
        self._text.append("\n")
        return closed

    def finish(self) -> Element:
        """Give the tree."""
        self._flush()
        return self.root

    def _flush(self) -> None:
        if self._text:
            append_text(self._open[-1], "".join(self._text))
            self._text.clear()
