"""A crawl of a built site. In: its folder. Out: what a page points to that is not there."""

from collections.abc import Iterator
from functools import cache
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag


@cache
def soup(page: Path) -> BeautifulSoup:
    """The parse of one page."""
    return BeautifulSoup(page.read_bytes(), "html.parser")


def one(page: Path | Tag, selector: str) -> Tag:
    """The first element of a page, or of a part of it, that a CSS selector finds; it must be there."""
    found = (soup(page) if isinstance(page, Path) else page).select_one(selector)
    assert found is not None, f"no {selector}"
    return found


def words(element: Tag) -> str:
    """An element's text with single blanks."""
    return " ".join(element.text.split())


def dead(site: Path, base: str = "") -> list[str]:
    """Tell each `href`, `src` and `srcset` that leads to no file or to no element; `base` is the site's own address."""
    return [
        f"{page.relative_to(site)}: {address}"
        for page in sorted(site.rglob("*.html"))
        for address in _addresses(page)
        if not _leads_somewhere(site, page, f"/{address.removeprefix(base)}" if base and base in address else address)
    ]


def _addresses(page: Path) -> Iterator[str]:
    for element in soup(page).select("*"):
        for name in ("href", "src", "data"):
            if value := element.get(name):
                yield str(value)
        for candidate in str(element.get("srcset") or "").split(","):
            yield from candidate.split()[:1]


def _leads_somewhere(site: Path, page: Path, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    path = unquote(parts.path)
    target = page if not path else (site / path.lstrip("/") if path.startswith("/") else page.parent / path)
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return False
    fragment = unquote(parts.fragment)
    if not fragment or target.suffix != ".html":
        return True
    return fragment in _anchors(Path(normpath(target)))


@cache
def _anchors(page: Path) -> frozenset[str]:
    elements = soup(page).select("[id], [name]")
    return frozenset(str(element[name]) for element in elements for name in ("id", "name") if element.get(name))
