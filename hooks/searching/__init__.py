"""The search's index, cut into small pieces: a reader's browser fetches those that hold the words asked for.

In: the index that the theme's own search plugin makes, which knows what may be found. Out: a folder for the site.
Knows no generator. The order, each knows only those before it: scripts, pages, pieces.
"""

from searching.pieces import can_cut, cut

__all__ = ["can_cut", "cut"]
