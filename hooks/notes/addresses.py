"""Where each file of the folder stands on the site. In: paths. Out: one address for each, no two alike.

An address is a slug that survives every server and chat program: lower case, no blanks, letters of any script.
"""

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from commonmark.headings import heading_ids
from notes.names import LONGEST_NAME, is_note

_NO_LETTER = re.compile(r"[^\w\- ]")
_LEFT_OUT = re.compile("</?[^>]*>|[\u20e3\ufe00-\ufe0f]")
"""HTML, and marks that tell how a picture among letters is drawn."""
_VOWELS = frozenset({0, 7, 9, *range(103, 133)})
"""Combining classes of the marks of Indic scripts, Thai, Lao and Tibetan: vowels, tones, and what joins letters."""

INDEX_NAMES = ("index", "readme")
"""A note of this name is its folder's page."""

_LONGEST = 200
"""Bytes of one part of an address."""
_LONGEST_FOLDER = 1000
"""Bytes of its folder: a name may become longer, and no file system has paths of more than 4096."""


@lru_cache(maxsize=1 << 14)
def slug(name: str) -> str:
    """A name as one part of an address; a name without any letter gets one from its characters' hash.

    The same few thousand are asked for again and again: each note's folders.
    """
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFC", name[:LONGEST_NAME])).strip().lower()
    made = _NO_LETTER.sub(_vowel, plain).replace(" ", "-").strip("-")
    return _short(made, name) if made.strip("-_.") else f"note-{_digest(name)}"


def _vowel(sign: re.Match[str]) -> str:
    """The sign, if it is a mark without which a word of Hindi or Thai is another one; accents have other classes."""
    is_mark = unicodedata.category(sign[0])[0] == "M"
    return sign[0] if is_mark and unicodedata.combining(sign[0]) in _VOWELS else ""


def _short(part: str, name: str) -> str:
    """No file system has longer names than 255 bytes, and a number may follow."""
    if len(part.encode()) <= _LONGEST:
        return part
    return part.encode()[: _LONGEST - 9].decode("utf-8", "ignore") + "-" + _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def page_addresses(paths: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """The address of each note (`the-ops/`, empty for the home page), the same in any order of reading.

    `taken` are the addresses of the site's own pages, which no note can have. Notes that would share an
    address are numbered: `name/`, `name-2/`.
    """
    used = {address.casefold(): 1 for address in taken}
    addresses: dict[str, str] = {}
    for path in sorted(paths, key=_rank):
        wishes = possible_addresses(path)
        wanted = next((wish for wish in wishes if wish.casefold() not in used), wishes[-1])
        addresses[path] = free(wanted, used, wanted.rstrip("/") or "home", "/")
    return addresses


def free(wanted: str, used: dict[str, int], stem: str = "", ending: str = "") -> str:
    """A name that is not used yet in any case: the wanted one, else `stem-2` and so on, with the ending.

    `used` holds the last number of each name, so that many alike cost no more than few.
    """
    name, key = wanted, wanted.casefold()
    while name.casefold() in used:
        used[key] += 1
        name = f"{stem or wanted}-{used[key]}{ending}"
    used[name.casefold()] = 1
    return name


def ids_of_headings(names: Iterable[str]) -> dict[str, int]:
    """The ids that some names have as the headings of one page, for `free` to pass over: `wanted x` has `wanted-x`."""
    shown = [" ".join(name.split())[:LONGEST_NAME].rstrip() for name in names]
    return {anchor.casefold(): 1 for anchor in heading_ids(shown)}


def asset_addresses(paths: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """The address of each file that is no note: its path with `-` for blanks and without control characters.

    What is left of a name never leads out of the site's folder, nor hides the file, as `..` and `.x` would. No address
    is that of a folder, in any case: a file `license` beside `license.md`, whose page is `license/index.html`. And none
    lies in what is a file: a folder may be called `index.html`.
    """
    files = {address.casefold(): 1 for address in taken}
    wanted = {path: _outside(_plain_path(path), files) for path in sorted(paths)}
    used = files | {folder: 1 for address in (*files, *wanted.values()) for folder in folders_above(address.casefold())}
    addresses: dict[str, str] = {}
    for path, address in wanted.items():
        stem, ending = posixpath.splitext(address)
        folder, slash, name = stem.rpartition("/")
        stem = folder + slash + _short(name, path)
        addresses[path] = free(stem + ending, used, stem, ending)
    return addresses


def _plain_path(path: str) -> str:
    *folders, name = path.split("/")
    return _bounded("".join(f"{_plain(folder)}/" for folder in folders), path) + _plain(name)


def _bounded(folder: str, path: str) -> str:
    """The address of a file's folder, with a slash at its end; of one that is too deep, a short one in its place."""
    return folder if len(folder.encode()) <= _LONGEST_FOLDER else f"folder-{_digest(path.rpartition('/')[0])}/"


def _plain(name: str) -> str:
    left = "".join("-" if character.isspace() else character for character in name if character.isprintable())
    return left if left[:1] not in ("", ".") else f"file-{_digest(name)}{left}"


def _outside(address: str, files: Container[str]) -> str:
    """The same address, but in a folder of another name where its own would be one of the files."""
    parts = address.split("/")
    for at in range(len(parts) - 1):
        while "/".join(parts[: at + 1]).casefold() in files:
            parts[at] += "-2"
    return "/".join(parts)


def folders_above(address: str) -> Iterator[str]:
    """Those that an address, or a path, lies in."""
    parts = address.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _rank(path: str) -> tuple[int, str]:
    """Who comes first keeps the address: a page before a folder's page, `index` before `README` and a folder note."""
    name = path.rpartition("/")[2].rpartition(".")[0].casefold()
    order = (*INDEX_NAMES, name) if _is_folder_note(path) else INDEX_NAMES
    return (order.index(name) + 1 if name in order else 0, path)


def _is_folder_note(path: str) -> bool:
    """Whether a note bears the name of its folder, whose page it then is if the folder has no other."""
    folder, _, file = path.rpartition("/")
    return bool(folder) and folder.rpartition("/")[2].casefold() == file.rpartition(".")[0].casefold()


def possible_addresses(path: str) -> tuple[str, ...]:
    """The addresses that a note has if no other wants them, best first."""
    *folders, file = path.split("/")
    name = file.rpartition(".")[0]
    folder = _bounded("".join(slug(part) + "/" for part in folders), path)
    if not is_note(path):
        return (f"{folder}{slug(name)}{file[len(name) :].lower()}/",)
    if name.casefold() in INDEX_NAMES:
        return (folder,)
    own = f"{folder}{slug(name)}/"
    return (folder, own) if _is_folder_note(path) else (own,)
