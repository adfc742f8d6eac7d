"""Pages for the program that cuts. In: the entries of the theme's index. Out: one small HTML file for each page."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote

from searching.scripts import fold

Entry = Mapping[str, str]
"""A section. `location`: address below the site, encoded; `title` and `text`: HTML without attributes."""


def write_pages(entries: Iterable[Entry], language: str, folder: Path) -> None:
    """Write each page where its address leads; its sections stand one after the other in the index."""
    for address, sections in groupby(entries, lambda entry: entry["location"].partition("#")[0]):
        page = folder / unquote(address)
        page = page / "index.html" if not address or address.endswith("/") else page
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("\n".join(_page(sections, language)), encoding="utf-8")


def _page(sections: Iterable[Entry], language: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="{escape(language)}"><body>'
    for section in sections:
        anchor, title = unquote(section["location"].partition("#")[2]), fold(section["title"]).strip()
        yield f'<h2 id="{escape(anchor)}">{title}</h2>' if anchor else f"<h1>{title}</h1>"
        yield fold(section["text"])
    yield "</body></html>"
