"""Stage 2: a Python-Markdown extension that reads one page as Obsidian shows it. Knows no other page."""

from .extension import CommonMark
from .nesting import depth

__all__ = ["CommonMark", "depth"]
