"""Drawings of Excalidraw, as Obsidian's plugin of that name keeps them in notes.

In: the text of such a note. Out: where its data starts, the words in the drawing, its SVG, or why there is none.
Knows neither notes nor a generator.
"""

from excalidraw.data import after_banner, data_start, draw, scene_start, words
from excalidraw.scene import SceneError

__all__ = ["SceneError", "after_banner", "data_start", "draw", "scene_start", "words"]
