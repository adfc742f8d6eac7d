"""What a build under `mkdocs serve` takes from the last one. In: notes, pages, templates. Out: what is made of them."""

import zlib
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

import notes
from host import navigation, plugins
from host.memory import MEMORY, digest


class _Content(NamedTuple):
    """What MkDocs makes of a page's Markdown."""

    html: str
    toc: TableOfContents
    title: str | None
    ids: set[str] | None
    links: dict[str, dict[str, str]]
    """To anchors of other pages, by path."""


def read_note(path: notes.NotePath, data: bytes, flags: frozenset[str]) -> notes.Note:
    """Parse a file."""
    return MEMORY.made("note", path, (data, sorted(flags)), lambda: notes.read_note(path, data, flags))


def places(files: Files) -> bytes:
    """Give a name for where all files are: a page's links depend on it."""
    return digest([(file.src_uri, file.dest_uri, file.inclusion) for file in files])


def remember_content(page: Page, where: bytes) -> None:
    """Let a page be rendered only if its Markdown is new; `where` is what `places` says."""

    def render(config: MkDocsConfig, files: Files) -> None:
        path = page.file.src_uri
        content = MEMORY.made("content", path, (page.markdown, where), lambda: _rendered(page, config, files))
        if page.content is None:
            _restore(page, content, files)
        if plugins.is_left_to_browsers(content.html):
            MEMORY.forget("content", path)  # the next build may get it drawn

    if MEMORY.is_on:
        page.render = render  # type: ignore[method-assign]  # MkDocs makes its pages itself


def _rendered(page: Page, config: MkDocsConfig, files: Files) -> _Content:
    Page.render(page, config, files)
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return _Content(page.content or "", page.toc, page._title_from_render, page.present_anchor_ids, links)  # noqa: SLF001


def _restore(page: Page, content: _Content, files: Files) -> None:
    page.content, page.toc, page._title_from_render = content.html, content.toc, content.title  # noqa: SLF001
    page.present_anchor_ids = content.ids
    page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in content.links.items()}


def remember_pages(env: Environment, nav: Navigation, where: bytes) -> None:
    """Let the theme's templates run only for a page of which something is new."""
    around = digest((where, navigation.outline(nav.items)))

    class Remembering(Template):
        def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - Jinja's own
            context, render = dict(*args, **kwargs), super().render
            page: Page | None = context.get("page")
            if page is None:
                return render(context)
            inputs = (around, self.name, *(getattr(page, name) for name in _PRINTED))
            packed = MEMORY.made("page", page.file.src_uri, inputs, lambda: _packed(render(context)))
            return zlib.decompress(packed).decode(errors=_ODD)

    if MEMORY.is_on:
        env.template_class = Remembering


_PRINTED = ("markdown", "content", "title", "meta", "url", "canonical_url", "edit_url", "update_date")
"""What of a page the theme asks for."""


_ODD = "surrogatepass"
"""Half of a character, which MkDocs may still write as a reference."""


def _packed(html: str) -> bytes:
    """A page is some fifty kilobytes, and all of them are kept."""
    return zlib.compress(html.encode(errors=_ODD), level=1)
