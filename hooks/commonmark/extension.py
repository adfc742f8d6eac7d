"""The plug: swaps Python-Markdown's parser for ours and leaves all that comes after it as it is."""

from markdown.extensions import Extension


class CommonMark(Extension):
    """Read pages as Obsidian shows them."""

    def __init__(self, *, line_breaks: bool = True) -> None:
        super().__init__()
        self._line_breaks = line_breaks
