"""The search's index, cut into small pieces: a reader's browser fetches those that hold the words asked for.

In: the index that the theme's own search plugin makes, which knows what may be found. Out: a folder for the site.
Knows no generator.
"""

from searching.pieces import cut
from searching.program import CutError, can_cut

__all__ = ["CutError", "can_cut", "cut"]
