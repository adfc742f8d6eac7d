"""HTML links: what the addresses in an author's HTML lead to. In: a note, the vault. Out: edits, and problems.

CommonMark passes HTML on as it is, and a path in it is that of a file from the note, as editors and GitHub take it, or
an address from the page. What leads to neither is told, and stays. Where the note is embedded, paths lead from there.
"""

import posixpath
from collections.abc import Iterator, Mapping
from html import escape
from re import Match
from typing import NamedTuple
from urllib.parse import unquote

from commonmark.html_addresses import ADDRESS, ELSEWHERE, TAG, parted, value_of
from notes.edits import Edit
from notes.note import Note
from notes.problems import Kind, Problem
from notes.vault import Vault
from notes.writing import encoded, relative_address

_FEATURE = "html"


class HtmlLink(NamedTuple):
    """A relative address in HTML."""

    tag_start: int
    """Byte offset of its tag."""
    start: int
    """Byte offset of its attribute."""
    end: int
    name: str
    """Of the attribute."""
    path: str
    """As a path."""
    rest: str
    """What follows it, from `?` or `#` on."""


def html_links(note: Note) -> Iterator[HtmlLink]:
    """The relative addresses in a note's HTML, in order; of a choice of pictures (`srcset`) none."""
    for start, end in note.html:
        text, at, done = note.source.text[start:end].decode(), start, 0
        for tag in TAG.finditer(text):
            at += len(text[done : tag.start()].encode())
            done = tag.start()
            for attribute in ADDRESS.finditer(tag[0]):
                if link := _html_link(tag, attribute, at):
                    yield link


def _html_link(tag: Match[str], attribute: Match[str], at: int) -> HtmlLink | None:
    value = value_of(attribute).strip()
    written, rest = parted(value)
    path = unquote(written)
    name = attribute[1].lower()
    if name == "srcset" or not path or path.startswith("/") or ELSEWHERE.match(value):
        return None
    first = at + len(tag[0][: attribute.start()].encode())
    last = first + len(attribute[0].encode())
    return HtmlLink(at, first, last, name, path, rest)


def html_edits(
    note: Note, vault: Vault, page: str, places: Mapping[str, str], host: str
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """The edits for a note's HTML on the page of the note `host`, and what is wrong.

    `page` is the address of the note's own page; `places` says what is at each of the site's, without a slash at the
    end.
    """
    edits: list[Edit] = []
    problems: list[Problem] = []
    for link in html_links(note) if note.html else ():
        target = posixpath.normpath(posixpath.join(posixpath.dirname(note.path), link.path))
        if target not in vault.notes and target not in vault.assets:
            target = _at(link.path, page, places)
        if not target:
            problems.append(_dead(note, link))
        elif host != note.path:
            edits.append(_rewritten(link, relative_address(encoded(target), host)))
    return tuple(edits), tuple(problems)


def _dead(note: Note, link: HtmlLink) -> Problem:
    return note.source.problem(
        Kind.HTML,
        link.tag_start,
        f"the HTML leads to `{link.path}`, and there is no such file",
        "Add the file, or correct the name.",
    )


def _at(path: str, page: str, places: Mapping[str, str]) -> str:
    """What a path leads to from the address of a page; empty if there is nothing."""
    found = posixpath.normpath(posixpath.join("/", page, path)).lstrip("/")
    forms = (found, found.removesuffix("index.html").rstrip("/"), found.removesuffix(".html"))
    return next((places[form] for form in forms if form in places), "")


def _rewritten(link: HtmlLink, address: str) -> Edit:
    text = f'{link.name}="{escape(address + link.rest)}"'
    return Edit.replacement(link.start, link.end, text, _FEATURE)
