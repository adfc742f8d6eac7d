"""Obsidian's canvases.

In: the bytes of such a file. Out: its cards and edges, and where on a picture the edges run. Knows neither notes nor a
generator.
"""

from canvas.curves import Curve, curve, paths
from canvas.file import MOST_CARDS, MOST_EDGES, Area, Broken, Canvas, Card, CardKind, Edge, read_canvas

__all__ = [
    "MOST_CARDS",
    "MOST_EDGES",
    "Area",
    "Broken",
    "Canvas",
    "Card",
    "CardKind",
    "Curve",
    "Edge",
    "curve",
    "paths",
    "read_canvas",
]
