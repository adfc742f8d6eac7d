"""The navigation. In: MkDocs' own. Out: the same, its long lists divided: each page would carry all of them."""

import html
from collections.abc import Iterable, Mapping, Sequence

from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import nest_paths

import notes

_PRINTED = ("icon", "status", "subtitle", "hide")
"""Of a page's properties, those that the theme prints elsewhere too."""
_OF_PLUGINS = ("encrypted", "pages", "typeset")
"""What only some plugins give a page, and the theme asks each page of the navigation for."""


def listed(files: Files) -> object:
    """Give all pages as `nav` in the settings would: as MkDocs nests them, but each list in Obsidian's order."""
    pages = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
    return nest_paths(file.src_uri for file in sorted(pages, key=_place))  # type: ignore[no-untyped-call]


def _place(file: File) -> tuple[object, ...]:
    """A folder's page comes first, then its other notes, then the folders in it."""
    *folders, name = notes.by_name(file.src_uri)
    return folders, file.name != "index", name


class _Section(Section):
    """A section that shows all it holds only on a page in it.

    Elsewhere the pruned navigation has a link to its first page, but for that the theme looks at all others too:
    for each page at each, which with thousands of them costs more than all else of the navigation.
    """

    # The theme asks each section for these, dozens of times a page; to look for what is not there costs Jinja most.
    meta = None
    typeset = None
    pages = None
    is_index = False

    @property
    def children(self) -> list[StructureItem]:
        return self._children if self.active else self._children[:1]

    @children.setter
    def children(self, children: list[StructureItem]) -> None:
        self._children = children


def complete(pages: Iterable[Page]) -> None:
    """Give pages what they lack of it: for Jinja, to look for what is not there costs most."""
    for page in pages:
        for name in _OF_PLUGINS:
            if not hasattr(page, name):
                setattr(page, name, None)


def divided(items: Sequence[StructureItem], titles: Mapping[str, str]) -> list[StructureItem]:
    """Put the notes of a long list, and its folders, into sections by ranges of their titles.

    `titles` gives those of the notes, by path.
    """
    found = [
        (item, _section(item.title, divided(item.children, titles)) if isinstance(item, Section) else item)
        for item in items
    ]
    pages = [
        (titles[page.file.src_uri], page) for page in items if isinstance(page, Page) and page.file.src_uri in titles
    ]
    folders = [(item.title, section) for item, section in found if isinstance(item, Section)]
    return _in_parts(_in_parts([item for _, item in found], pages), folders)


def _in_parts(items: list[StructureItem], named: Sequence[tuple[str, StructureItem]]) -> list[StructureItem]:
    """Put sections of the named items, if these are many, in their place."""
    parts = [
        _section(label, [item for _, item in named[start:end]])
        for label, start, end in notes.ranges([name for name, _ in named])
    ]
    if not parts:
        return items
    moved = {id(item) for _, item in named}
    first = next(at for at, item in enumerate(items) if id(item) in moved)
    return [*items[:first], *parts, *(item for item in items[first:] if id(item) not in moved)]


def _section(title: str, children: Sequence[StructureItem]) -> Section:
    """Escaped, since the theme prints the name of a folder or a note as it is."""
    section = _Section(html.escape(title), list(children))
    for child in children:
        child.parent = section
    return section


def around(page: Page, nav: Navigation) -> object:
    """Give all that the theme prints of the navigation on a page, while it is the active one."""
    near = (nav.homepage, page.previous_page, page.next_page)
    return _printed(nav.items), [item and _printed_of(item) for item in near]


def _printed(items: Iterable[StructureItem]) -> list[object]:
    return [
        (item.title, item.active, _printed(item.children)) if isinstance(item, Section) else _printed_of(item)
        for item in items
    ]


def _printed_of(item: StructureItem) -> object:
    if not isinstance(item, Page):
        return item.title, getattr(item, "url", None)
    return item.title, item.url, item.is_index, [item.meta.get(key) for key in _PRINTED]
