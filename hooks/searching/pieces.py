"""An index in pieces. In: the theme's index. Out: Pagefind's files, as far as ours need them."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from searching.pages import Entry, pages
from searching.program import ask

_NOT_NEEDED: Final = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own dialogs."""
_INDEX: Final = {"index_id": 0}
"""The first one, and the only one."""


def cut(index: Path, language: str, pieces: Path) -> None:
    """Cut the theme's index; the same index gives the same pieces.

    Each file is written beside what is there already: a note may be called as the folder is.
    """
    entries = json.loads(index.read_text(encoding="utf-8"))["docs"]
    *_, made = ask(_requests(entries, language))
    for file in made["files"]:
        if not any(map(Path(file["path"]).match, _NOT_NEEDED)):
            target = pieces / file["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b64decode(file["content"]))


def _requests(entries: list[Entry], language: str) -> Iterator[Mapping[str, Any]]:
    """Hand it page by page: in a folder it would find them in the order of the disk, by which it numbers them."""
    yield {"type": "NewIndex"}
    for path, html in pages(entries, language):
        yield {"type": "AddFile", **_INDEX, "file_path": path, "file_contents": html}
    yield {"type": "GetFiles", **_INDEX}
