"""Outgoing: what each link of a note leads to. In: a note, the vault. Out: `Outgoing`: a link, its file and its place.

Source of the rules: Obsidian's help, "Internal links". `links` and `embeds` write them as CommonMark.
"""

import posixpath
import re
from collections.abc import Container, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from commonmark import addresses
from commonmark.doubled_brackets import OF_CODE
from notes.addresses import INDEX_NAMES
from notes.anchors import is_anchor, named
from notes.names import is_note, normal, without_ending
from notes.note import Link, LinkSyntax, Note
from notes.source import NotePath
from notes.vault import Ambiguous, Found, Missing, Resolution, Vault

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_ATTACHMENT = re.compile(
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|3gp|flac|m4a|mp3|og[ag]|opus|wav|mkv|mov|mp4|ogv|webm|pdf|canvas|base"
    r"|docx?|xlsx?|pptx?|od[pst]|csv|epub|zip)$",
    re.IGNORECASE,
)
_HOME = "index.md"
"""The page that a site without a home page is given."""


class Outgoing(NamedTuple):
    """A link of a note and what it leads to."""

    link: Link
    name: str
    """The target without its `#…` part."""
    subpath: str
    """The part after the first `#`: a heading, a path of headings, or `^` and a block's id."""
    resolution: Resolution
    path: str
    """The file it leads to; empty if there is none."""


def outgoing(note: Note, vault: Vault, generated: Container[str]) -> tuple[Outgoing, ...]:
    """All links and embeds of a note that stay on the site, in order; those in its properties come last.

    `generated` holds the paths of the site's own pages.
    """
    links = (*note.links, *(of_property.link for of_property in note.property_links))
    found = (_outgoing(link, note, vault, generated) for link in links)
    return tuple(link for link in found if link is not None)


def in_text(links: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Those of a note's links that are none of its properties, which come last."""
    end = len(links)
    while end and links[end - 1].link.block < 0:
        end -= 1
    return links[:end]


def _outgoing(link: Link, note: Note, vault: Vault, generated: Container[str]) -> Outgoing | None:
    if link.syntax is LinkSyntax.WIKI:
        name, subpath, resolution = _resolve_wiki(link.target, note, vault)
        is_text = _is_code(name, resolution) or (
            isinstance(resolution, Missing) and (is_of_the_web(link) or not wanted_key(name))
        )
        return None if is_text else _leading(link, name, subpath, resolution)
    if not link.target or link.target.startswith("//") or addresses.scheme(link.target):
        return None
    written, _, subpath = link.target.partition("#")
    name, subpath = unquote(written), unquote(subpath)
    if name and not wanted_key(name):
        return _leading(link, name, subpath, _resolve_folder(name, note, vault, generated))
    resolution = _resolve_path(name, note, vault, generated)
    if isinstance(resolution, Missing) and "?" in written:
        # A name may hold a question mark; where none does, it starts a query, of which no page of the site knows.
        named = unquote(written.partition("?")[0])
        found = _resolve_path(named, note, vault, generated)
        if wanted_key(named) and (is_note(named) or not isinstance(found, Missing)):
            return _leading(link, named, subpath, found)
    return _leading(link, name, subpath, resolution)


def _is_code(name: str, resolution: Resolution) -> bool:
    """Whether what stands in `[[…]]` is rather code than the name of something: nothing bears just this name."""
    match resolution:
        case Missing() | Found(_, guessed=True):
            return not OF_CODE.isdisjoint(name) and not _ATTACHMENT.search(name)
    return False


def _resolve_path(name: str, note: Note, vault: Vault, generated: Container[str]) -> Resolution:
    path = _path(name, note)
    is_path = path in vault.notes or path in vault.assets or path in generated
    return Found(path) if is_path else vault.resolve(name, note.path)


def _resolve_folder(name: str, note: Note, vault: Vault, generated: Container[str]) -> Resolution:
    """What `.`, `..` and `/` mean: the page of a folder."""
    folder = posixpath.join("/", _path(name, note))
    pages = (vault.named(posixpath.join(folder, page), note.path) for page in INDEX_NAMES)
    home = Found(_HOME) if folder == "/." and _HOME in generated else Missing(name)
    return next((page for page in pages if page), home)


def _leading(link: Link, name: str, subpath: str, resolution: Resolution) -> Outgoing:
    path = resolution.path if isinstance(resolution, (Found, Ambiguous)) else ""
    return Outgoing(link, name, subpath, resolution, path)


def _resolve_wiki(target: str, note: Note, vault: Vault) -> tuple[str, str, Resolution]:
    """The longest name that a file bears: it may hold a `#`, as `C#` does."""
    first, mark, rest = target.partition("#")
    if not first.strip():
        return "", rest.strip(), Found(note.path)
    name, subpath = target, ""
    while mark and name != first:
        if bearer := vault.named(name, note.path):
            return name.strip(), subpath.strip(), bearer
        name, _, last = name.rpartition("#")
        subpath = f"{last}#{subpath}" if subpath else last
    return first.strip(), rest.strip(), vault.resolve(first, note.path)


def _path(name: str, note: Note) -> str:
    """Where a Markdown link leads that is right as a relative path, or as one from the root."""
    if not name:
        return note.path
    return posixpath.normpath(name[1:] if name.startswith("/") else posixpath.join(posixpath.dirname(note.path), name))


def is_of_the_web(link: Link) -> bool:
    """Whether a wiki link gives an address of the web, as some write."""
    return link.target[:8].lower().startswith(("http://", "https://"))


def is_wanted(link: Outgoing) -> bool:
    """Whether a link asks for a note that is not written yet; neither a file that is not there nor a folder is one."""
    return isinstance(link.resolution, Missing) and not _names_a_file(link) and bool(wanted_key(link.name))


def _names_a_file(link: Outgoing) -> bool:
    """Whether it means no note, by the ending: `[[x.png]]`, `[x](x.js)`; but `[[Node.js]]` and `[[v1.2]]` are names."""
    is_name = link.link.syntax is LinkSyntax.WIKI and not link.link.embeds
    has_ending = _ATTACHMENT.search(link.name) or (not is_name and _ENDING.search(link.name))
    return bool(has_ending) and not is_note(link.name)


def resolve_fragment(link: Outgoing, vault: Vault) -> tuple[str, bool]:
    """The id that a link's `#…` part leads to (empty: the page's top), and whether it is missing."""
    target = vault.notes.get(NotePath(link.path))
    if target is None:
        return media_fragment(link) if link.path in vault.assets else link.subpath, False
    if not link.subpath:
        return "", False
    found = named(target, link.subpath)
    if not found and link.link.syntax is LinkSyntax.MARKDOWN and is_anchor(target, link.subpath):
        return link.subpath, False
    # Which part of a drawing is meant, only its program knows.
    return found, not found and target.data_start is None


def media_fragment(link: Outgoing) -> str:
    """The page of a document or the second of a film: `page=3`, `t=10`."""
    return link.subpath if "=" in link.subpath else ""


def wanted_key(name: str) -> str:
    """What makes two missing names the same wanted note: the last part, any case, with or without `.md`.

    Empty for what can be no note's name, such as `..` or `/`.
    """
    return wanted_name(normal(name)).lower()


def wanted_name(name: str) -> str:
    """The last part of a missing name, without `.md`."""
    last = next((part for part in reversed(name.split("/")) if part.strip() and part not in (".", "..")), "").strip()
    return without_ending(last)
