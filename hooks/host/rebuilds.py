"""What a build under `mkdocs serve` takes from the last one. In: notes, pages, templates. Out: what is made of them."""

import zlib
from copy import copy
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

import notes
from host import mermaid, navigation
from host.memory import MEMORY
from maths import Preamble

_PRINTED = ("markdown", "content", "title", "meta", "url", "canonical_url", "edit_url", "update_date")
"""What of a page the theme asks for."""

_ERRORS = "surrogatepass"
"""Half of a character, which MkDocs may still write as a reference."""

_Place = tuple[str, str, InclusionLevel] | None


class _Content(NamedTuple):
    """What MkDocs makes of a page's Markdown."""

    html: str
    toc: TableOfContents
    title: str | None
    ids: set[str] | None
    links: dict[str, dict[str, str]]
    """To anchors of other pages, by path."""
    asked: dict[str, _Place]
    """Where the files are that it links to, by what was looked for."""


def read_page(path: notes.NotePath, data: bytes, flags: frozenset[str], preamble: Preamble) -> notes.Note:
    """Parse a file."""
    return MEMORY.made(
        "note", path, (data, sorted(flags), preamble), lambda: notes.read_page(path, data, flags, preamble)
    )


def remember_content(page: Page) -> None:
    """Let a page be rendered only if its Markdown is new, or the place of a file that it links to."""

    def render(config: MkDocsConfig, files: Files) -> None:
        def is_still_right(content: _Content) -> bool:
            return all(_place(files.get_file_from_path(path)) == place for path, place in content.asked.items())

        path, inputs = page.file.src_uri, (page.markdown, page.url)
        content = MEMORY.made("content", path, inputs, lambda: _rendered(page, config, files), is_still_right)
        if page.content is None:
            _restore(page, content, files)
        if mermaid.is_left_to_browsers(content.html):
            MEMORY.forget("content", path)  # the next build may get it drawn

    if MEMORY.is_on:
        page.render = render  # type: ignore[method-assign]  # MkDocs makes its pages itself


def _rendered(page: Page, config: MkDocsConfig, files: Files) -> _Content:
    asked: dict[str, _Place] = {}

    def find(path: str) -> File | None:
        file = files.get_file_from_path(path)
        asked[path] = _place(file)
        return file

    noting = copy(files)
    noting.get_file_from_path = find  # type: ignore[method-assign]
    Page.render(page, config, noting)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    title, ids = page._title_from_render, page.present_anchor_ids  # noqa: SLF001
    return _Content(page.content or "", page.toc, title, ids, links, asked)


def _restore(page: Page, content: _Content, files: Files) -> None:
    page.content, page.toc, page._title_from_render = content.html, content.toc, content.title  # noqa: SLF001
    page.present_anchor_ids = content.ids
    page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in content.links.items()}


def _place(file: File | None) -> _Place:
    return (file.src_uri, file.dest_uri, file.inclusion) if file else None


def remember_pages(env: Environment, loaded: object) -> None:
    """Let the theme's templates run only for a page of which something is new.

    `loaded`: what the settings have each page load, at the addresses that it has in this build.
    """

    class Remembering(Template):
        def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - Jinja's own
            context, render = dict(*args, **kwargs), super().render
            page: Page | None = context.get("page")
            if page is None:
                return render(context)
            around, printed = navigation.around(page, context["nav"]), [getattr(page, name) for name in _PRINTED]
            inputs = (self.name, loaded, around, printed)
            packed = MEMORY.made("page", page.file.src_uri, inputs, lambda: _packed(render(context)))
            return zlib.decompress(packed).decode(errors=_ERRORS)

    if MEMORY.is_on:
        env.template_class = Remembering


def _packed(html: str) -> bytes:
    """A page is some fifty kilobytes, and all of them are kept."""
    return zlib.compress(html.encode(errors=_ERRORS), level=1)
