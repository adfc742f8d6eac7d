"""Maths, as Obsidian's MathJax reads it. In: the LaTeX of a page's formulas. Out: MathML, or the author's source.

math-core reads the LaTeX of textbooks; most rooms here write what MathJax knows besides in that. Knows no Markdown.
"""

from maths.hrefs import address, addresses
from maths.preamble import NO_PREAMBLE, Preamble, WrittenOut, read_preamble
from maths.typeset import Formulas, unread

__all__ = ["NO_PREAMBLE", "Formulas", "Preamble", "WrittenOut", "address", "addresses", "read_preamble", "unread"]
