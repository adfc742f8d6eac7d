"""Pages for the program that cuts. In: the entries of the theme's index. Out: a small text in HTML for each page."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from urllib.parse import unquote

from searching.scripts import fold

Entry = Mapping[str, str]
"""A section. `location`: address below the site, encoded; `title` and `text`: HTML without attributes."""


def pages(entries: Iterable[Entry], language: str) -> Iterator[tuple[str, str]]:
    """Give the path of each page below the site, and its HTML; its sections stand one after the other in the index."""
    for address, sections in groupby(entries, lambda entry: entry["location"].partition("#")[0]):
        path = unquote(address)
        path = f"{path}index.html" if not path or path.endswith("/") else path
        yield path, "\n".join(_page(sections, language))


def _page(sections: Iterable[Entry], language: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="{escape(language)}"><body>'
    for section in sections:
        anchor, title = unquote(section["location"].partition("#")[2]), fold(section["title"]).strip()
        yield f'<h2 id="{escape(anchor)}">{title}</h2>' if anchor else f"<h1>{title}</h1>"
        yield fold(section["text"])
    yield "</body></html>"
