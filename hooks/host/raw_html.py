"""Addresses in the author's HTML. In: a page's HTML. Out: the same, each address led to the file that it names.

CommonMark passes HTML on as it is: `<img src="a b.png">` holds the path from the note, as editors and GitHub take it,
and the page has another address. What leads somewhere already, or names no file, is left alone.
"""

import posixpath
import re
from collections.abc import Callable, Container
from html import escape
from urllib.parse import unquote

from mkdocs.structure.files import File, Files

from commonmark.html_addresses import ADDRESS, ELSEWHERE, TAG, parted, value_of

_CANDIDATE = re.compile(r"(^\s*|,\s*)([^\s,]+)")


def led(content: str, written: str, page: File, files: Files, destinations: Container[str]) -> str:
    """Lead the addresses in a page's content; `written` is its CommonMark, `destinations` says where files will be."""
    if not TAG.search(written):
        return content

    def address(value: str) -> str:
        return _address(value, page, files, destinations)

    return TAG.sub(lambda tag: ADDRESS.sub(lambda found: _attribute(found, address), tag[0]), content)


def is_file(address: str, page: File, destinations: Container[str]) -> bool:
    """Ask whether an address in a page is that of a file of the site."""
    return _joined(page.dest_uri, unquote(parted(address.strip())[0])) in destinations


def _attribute(found: re.Match[str], address: Callable[[str], str]) -> str:
    name, value = found[1], value_of(found)
    shown = _candidates(value, address) if name.casefold() == "srcset" else address(value)
    return found[0] if shown == value else f'{name}="{escape(shown)}"'


def _candidates(value: str, address: Callable[[str], str]) -> str:
    """The pictures to choose from, each an address and perhaps its size."""
    return _CANDIDATE.sub(lambda found: found[1] + address(found[2]), value)


def _address(value: str, page: File, files: Files, destinations: Container[str]) -> str:
    path, rest = parted(value.strip())
    is_from_root = path.startswith("/")  # on many hosts, such as GitHub's, the site stands further down
    if not path or ELSEWHERE.match(path) or (is_file(path, page, destinations) and not is_from_root):
        return value
    file = files.src_uris.get(_joined(page.src_uri, unquote(path)))
    return f"{file.url_relative_to(page)}{rest}" if file else value


def _joined(place: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(place), path)).lstrip("/")
    return f"{joined}/index.html" if path.endswith("/") else joined
