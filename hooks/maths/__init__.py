"""Maths, as Obsidian's MathJax reads it. In: the LaTeX of a page's formulas. Out: MathML, or the author's source.

math-core reads the LaTeX of textbooks; most rooms here write what MathJax knows besides in that. Knows no Markdown.
"""

from maths.typeset import Formulas, unread

__all__ = ["Formulas", "unread"]
