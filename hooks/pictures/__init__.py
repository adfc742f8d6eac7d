"""Mermaid on the page: what the site needs so that a diagram's source becomes a picture.

In: the source of a Mermaid fence. Out: its HTML, and the file of the Mermaid library. Knows no generator.
"""

from pictures.fence import fence_mermaid_custom
from pictures.library import LIBRARY

__all__ = ["LIBRARY", "fence_mermaid_custom"]
