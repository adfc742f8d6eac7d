"""HTML links: what the addresses in an author's HTML lead to. In: a note, the vault. Out: edits, and problems.

CommonMark passes HTML on as it is, and a path in it is that of a file from the note, or from the root of the notes, as
editors and GitHub take it, or an address from the page; after `#` stands an id, or what a link in Markdown would say.
What leads to nothing is told, and stays. Where the note is embedded, addresses lead from there.
"""

import posixpath
from collections.abc import Iterator, Mapping
from html import escape
from re import Match
from typing import NamedTuple
from urllib.parse import unquote

from commonmark.html_addresses import ADDRESS, ELSEWHERE, TAG, parted, value_of
from notes.anchors import is_id, named
from notes.edits import Edit
from notes.links import anchor
from notes.note import Note
from notes.problems import Kind, Problem
from notes.source import NotePath
from notes.vault import Vault
from notes.writing import encoded, relative_address

_FEATURE = "html"
_TOP = frozenset({"", "top"})
"""Fragments that lead to a page's top, as HTML has it."""


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
    """As a path; empty, if it stays on the page."""
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
    is_of_the_page = name == "href" and rest.startswith("#") and not path
    if not is_of_the_page and (name == "srcset" or not path or ELSEWHERE.match(value)):
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
        target = _target(note, link, vault, page, places)
        if not target:
            if not link.path.startswith("/"):  # the host of the site may have it
                problems.append(_dead(note, link))
            continue
        rest = _rest(link, vault.notes.get(NotePath(target)))
        if rest is None:
            problems.append(_without_place(note, link, target))
            rest = link.rest
        if host != note.path or rest != link.rest:
            path = relative_address(encoded(target), host) if host != note.path or link.path else ""
            edits.append(_rewritten(link, path + rest))
    return tuple(edits), tuple(problems)


def _target(note: Note, link: HtmlLink, vault: Vault, page: str, places: Mapping[str, str]) -> str:
    """The path of the file that an address leads to; empty if there is none."""
    if not link.path:
        return note.path
    target = posixpath.normpath(posixpath.join(posixpath.dirname(note.path), link.path)).lstrip("/")
    if target in vault.notes or target in vault.assets:
        return target
    return "" if link.path.startswith("/") else _at(link.path, page, places)


def _rest(link: HtmlLink, target: Note | None) -> str | None:
    """What follows the path, with an id that the target has; None if it has no such one."""
    query, _, fragment = link.rest.partition("#")
    wanted = unquote(fragment)
    if target is None or wanted.casefold() in _TOP or is_id(target, wanted):
        return link.rest
    found = named(target, wanted)
    return query + anchor(found) if found else None


def _without_place(note: Note, link: HtmlLink, target: str) -> Problem:
    return note.source.problem(
        Kind.HTML,
        link.tag_start,
        f"the HTML leads to `{link.path}{link.rest}`, and `{target}` has no such place",
        "Correct what stands after `#`.",
    )


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
    text = f'{link.name}="{escape(address)}"'
    return Edit.replacement(link.start, link.end, text, _FEATURE)
