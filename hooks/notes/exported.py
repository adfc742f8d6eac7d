"""Exported: the picture that stands for a file. In: a file's path, and those of all others. Out: the picture's path."""

import posixpath
from collections.abc import Container

from commonmark.media import PLAYED

_PICTURES = frozenset(
    {".avif", ".apng", ".bmp", ".gif", ".ico", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)
"""Endings of what browsers show as a picture."""
_EXPORTED = (".svg", ".png", ".light.svg", ".light.png")


def shown_by(path: str, assets: Container[str]) -> str:
    """The file that a page can show: this one, or the picture that its program keeps beside it; empty if none is."""
    if posixpath.splitext(path)[1].lower() in _PICTURES | PLAYED:
        return path
    stem = path.rpartition(".")[0]
    exported = (made + ending for ending in _EXPORTED for made in (stem, path))
    return next((made for made in exported if made in assets), "")
