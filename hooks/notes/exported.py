"""Exported: the picture that stands for a file. In: a file's path, and those of all others. Out: the picture's path."""

import posixpath
from collections.abc import Container

from commonmark.media import PLAYED
from notes.source import NOTE_ENDINGS

PICTURES = frozenset(
    {".avif", ".apng", ".bmp", ".gif", ".ico", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)
"""Endings of what browsers show as a picture."""
_DRAWN = frozenset({".drawio", ".excalidraw", *NOTE_ENDINGS})
"""Endings in whose place their programs write that of the picture which they export."""
_EXPORTED = (".svg", ".png", ".light.svg", ".light.png")


def shown_by(path: str, assets: Container[str]) -> str:
    """The file that a page can show: this one, or the picture that its program keeps beside it; empty if none is."""
    stem, kind = posixpath.splitext(path)
    if kind.lower() in PICTURES | PLAYED:
        return path
    names = (stem, path) if kind.lower() in _DRAWN else (path,)
    exported = (made + ending for ending in _EXPORTED for made in names)
    return next((made for made in exported if made in assets), "")
