"""The navigation. In: MkDocs' own. Out: the same, its long lists divided: each page would carry all of them."""

import html
from collections.abc import Mapping
from typing import TypeGuard

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

import notes


def divided(
    items: list[StructureItem], titles: Mapping[str, str], parent: Section | None = None
) -> list[StructureItem]:
    """Put the notes of a long list into sections by ranges of their titles, which are given by path."""
    for item in items:
        if isinstance(item, Section):
            item.title = html.escape(item.title)  # a folder's name, which the theme prints as it is
            item.children = divided(item.children, titles, item)

    def is_note(item: StructureItem) -> TypeGuard[Page]:
        return isinstance(item, Page) and item.file.src_uri in titles

    pages = [item for item in items if is_note(item)]
    parts: list[StructureItem] = [
        _part(label, pages[start:end], parent)
        for label, start, end in notes.ranges([titles[page.file.src_uri] for page in pages])
    ]
    if not parts:
        return items
    first = items.index(pages[0])
    return [*items[:first], *parts, *(item for item in items[first:] if not is_note(item))]


def _part(label: str, pages: list[Page], parent: Section | None) -> Section:
    part = Section(html.escape(label), list(pages))
    part.parent = parent
    for page in pages:
        page.parent = part
    return part
