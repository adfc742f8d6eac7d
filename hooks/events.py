"""The only file that knows MkDocs: each event hands over at once to a package beside it."""

import gc
import html
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import quote, urljoin

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

# `mkdocs serve` runs this file anew at each build, but Python would keep what it has imported before an edit.
_OWN = ("comments", "commonmark", "notes", "pictures", "policy", "searching", "staging")
for _name in [name for name in sys.modules if name.partition(".")[0] in _OWN]:
    del sys.modules[_name]

# All imports stand here: MkDocs has this folder on the path only while it runs this file.
import notes  # noqa: E402
import searching  # noqa: E402
import staging  # noqa: E402
from comments import without_comments  # noqa: E402
from commonmark import CommonMark, depth  # noqa: E402
from pictures import LIBRARY, Wrong, draw_all, mermaid_fence, mermaid_sources  # noqa: E402
from policy import permit_last, permitting, policy  # noqa: E402

NO_DAY = "1970-01-01"
"""Where git knows none; MkDocs wants one all the same."""

log = logging.getLogger("mkdocs.notes")

_WRITTEN = ("404.html", "sitemap.xml", "search/", "pagefind/")
"""How the addresses start at which MkDocs and the search write when all pages are done."""

_DEEPEST = 30
"""Folders inside of each other that the navigation shows; what makes it is recursive."""

_MANY_TAGS, _MOST_OPEN = 1000, 200
"""Of a page: so many tags are nothing to worry about; so many elements inside of each other are no page's."""

_INPUT = re.compile(r"<input [^<>]*>")
"""Of those that are checkboxes, HTML knows no `autocomplete`."""

_LINK = re.compile(r'<a href="(?!#|/|[A-Za-z][A-Za-z0-9+.-]*:)[^"]*"')
"""A link within the site to another page."""

_TEMPLATES = (".html", ".md", ".py", ".yml")
"""Files of a theme that are on no site."""


class _Build:
    """What one build hands from event to event."""

    site: notes.Site
    pages: dict[str, notes.Page]
    """All pages, by path."""
    own: dict[str, notes.Page]
    """Those that the site adds."""
    folder: Path
    """Where the site belongs."""
    staged: Path
    """Where it is built."""


_build = _Build()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let pages be read by our front end; as an instance, since MkDocs checks names before it loads hooks."""
    _disarm_log()
    Hooks._load_hook.cache_clear()  # noqa: SLF001 - or MkDocs serves what it has read of this file, whatever is edited
    if not config.repo_url:
        config.edit_uri = ""
    extensions: list[Any] = config.markdown_extensions
    extensions.append(CommonMark())
    _prepare_mermaid(config)
    config.extra["search_pieces"] = "material/search" in config.plugins and searching.can_cut()
    return config


def _disarm_log() -> None:
    """MkDocs quotes names and links in what it logs, and who runs it may obey a line; `serve` comes here often."""
    for handler in logging.getLogger("mkdocs").handlers:
        others = [known for known in handler.filters if getattr(known, "__name__", "") != _disarmed.__name__]
        handler.filters = [*others, _disarmed]


def _disarmed(record: logging.LogRecord) -> bool:
    record.msg, record.args = notes.as_log_lines(record.getMessage()), None
    return True


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Have the files found by us, see `_found`, and build beside the site, see `staging`."""
    gc.set_threshold(1_000_000, 50, 100)  # of the trees of pages, nothing is garbage before they are written
    _build.folder = Path(config.site_dir)
    _build.staged = staging.begin(_build.folder)
    config.site_dir = str(_build.staged)
    mkdocs_build.get_files = _found  # type: ignore[attr-defined]  # the name it calls it by


def _found(config: MkDocsConfig) -> Files:
    """MkDocs follows links to folders without end, and drops one of two files that would share an address."""
    mkdocs_build.get_files = get_files  # type: ignore[attr-defined]
    paths = notes.paths_in(Path(config.docs_dir))
    files = [File(path, config.docs_dir, config.site_dir, config.use_directory_urls) for path in paths]
    set_exclusions(files, config)
    return Files(sorted(files, key=file_sort_key))


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Read all notes, tell what is wrong with them, give each file its address, add the site's own pages."""
    mine = {
        file.src_uri: file
        for file in files
        if file.src_dir == config.docs_dir and file.inclusion is InclusionLevel.INCLUDED
    }
    settings, of_settings = _settings(config)
    kept, of_files = _sorted_out(mine, config)
    problems = (*of_settings, *of_files)
    texts = _texts([mine[path] for path in kept if mine[path].is_documentation_page()])
    kept = tuple(path for path in kept if path in texts or not mine[path].is_documentation_page())
    history = notes.read_history(Path(config.docs_dir), settings.labels)
    with _without_garbage_collection():
        others = [path for path in kept if path not in texts]
        _build.site = notes.read_site(texts, others, settings, history, _taken(files, config))
        _build.own = {page.path: page for page in notes.generated_pages(_build.site)}
        _build.pages = {**notes.note_pages(_build.site), **_build.own}
    # Side by side; a page that asks finds its pictures drawn.
    drawn = draw_all(mermaid_sources(page.markdown for page in _build.pages.values()), _pictures(config))
    wrong = {source: picture.message for source, picture in drawn.items() if isinstance(picture, Wrong)}
    of_pages = (told for page in _build.pages.values() for told in page.problems)
    _tell(
        (*problems, *_build.site.problems, *of_pages, *notes.mermaid_problems(_build.site.vault.notes.values(), wrong)),
        config,
    )
    unpublished = (set(mine) - set(kept)) | _build.site.vault.withheld
    return Files([*_arranged(files, unpublished, config), *_of_the_site(mine, config)])


def _texts(files: Iterable[File]) -> dict[str, bytes]:
    """The bytes of each note; one that its author takes away at this moment is none."""
    texts: dict[str, bytes] = {}
    for file in files:
        with suppress(FileNotFoundError):
            texts[file.src_uri] = file.content_bytes
    return texts


def _sorted_out(mine: dict[str, File], config: MkDocsConfig) -> tuple[tuple[str, ...], tuple[notes.Problem, ...]]:
    """Keep what is published, each by a path that is text; MkDocs goes on to read the file where it is."""
    kept, problems = notes.sort_out(Path(config.docs_dir), mine)
    shown, more = notes.legible(kept)
    for path, text in shown.items():
        file = mine[text] = mine.pop(path)
        # Both are made of the path when they are first asked for.
        _, file.edit_uri = file.abs_src_path, quote(os.fsencode(path))
        file.src_uri = text
    return tuple(shown.get(path, path) for path in kept), (*problems, *more)


def _taken(files: Files, config: MkDocsConfig) -> set[str]:
    """Where the theme, MkDocs and its plugins put files: a file of the author's gets another address."""
    themes = {file.src_uri for file in files if file.src_dir != config.docs_dir or _in_theme(file, config)}
    written = {file.src_uri for file in files if file.src_uri.startswith(_WRITTEN)}
    return {*themes, *written, _mermaid2(config).config["javascript"]}


def _in_theme(file: File, config: MkDocsConfig) -> str:
    """Where the theme has a file of this path; MkDocs would take the author's in its place. Empty if it has none."""
    if file.src_uri.endswith(_TEMPLATES):
        return ""
    places = (Path(folder, file.src_uri) for folder in config.theme.dirs)
    return next((str(place) for place in places if place.is_file()), "")


def _of_the_site(mine: dict[str, File], config: MkDocsConfig) -> Iterator[File]:
    """Mermaid, and what of the theme MkDocs passed over; by paths that no author's file has."""
    theirs = {_mermaid2(config).config["javascript"]: str(LIBRARY)}
    theirs |= {path: place for path, file in mine.items() if (place := _in_theme(file, config))}
    for address, place in theirs.items():
        file = File.generated(config, f".theme/{address}", abs_src_path=place, inclusion=InclusionLevel.INCLUDED)
        file.dest_uri = address
        yield file


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Divide long lists: each page would carry all of them."""
    del config, files
    nav.items = _divided(nav.items, None)
    return nav


def _divided(items: list[StructureItem], parent: Section | None) -> list[StructureItem]:
    for item in items:
        if isinstance(item, Section):
            item.title = html.escape(item.title)  # a folder's name, which the theme prints as it is
            item.children = _divided(item.children, item)
    pages = [item for item in items if _is_note(item)]
    parts: list[StructureItem] = []
    for label, start, end in notes.ranges([_build.pages[page.file.src_uri].title for page in pages]):
        part = Section(html.escape(label), list(pages[start:end]))
        part.parent = parent
        for page in pages[start:end]:
            page.parent = part
        parts.append(part)
    if not parts:
        return items
    first = items.index(pages[0])
    return [*items[:first], *parts, *(item for item in items[first:] if not _is_note(item))]


def _is_note(item: StructureItem) -> TypeGuard[Page]:
    return isinstance(item, Page) and item.file.src_uri in _build.site.vault.notes


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """All that stage 1 makes is kept: to look for garbage in it again and again costs more than the work itself."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Let the theme ask for the policy of a page."""
    del config, files
    env.filters["policy"] = policy
    return env


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """Let the script run that MkDocs adds to each page as it serves it."""
    del config, builder
    if app := server.get_app():
        server.set_app(permitting(app))
    return server


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    """Give MkDocs a page's CommonMark; the blank line keeps it from taking the first lines for front matter."""
    del config
    compiled = _build.pages.get(page.file.src_uri)
    return "\n" + compiled.markdown if compiled else None


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep from the search what its reader of HTML would not get through; it is told, as all is that readers miss."""
    del files
    if html.count("<") > _MANY_TAGS and depth(html) > _MOST_OPEN and page.file.src_uri in _build.site.vault.notes:
        page.meta["search"] = {"exclude": True}
        _tell([notes.not_searched(page.file.src_uri, _MOST_OPEN)], config)
    # Material shows what a link between notes leads to; those with a class of their own say so themselves.
    return _LINK.sub(lambda link: f"{link[0]} data-preview", html)


@event_priority(50)  # before the search itself
def on_page_context(context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Let the search find a heading at once: for each it would look through those before it."""
    del nav
    search = config.plugins.get("material/search")
    if search is not None:
        headings = {item.id: item for item in _all(page.toc)}
        search.search_index._find_toc_by_id = lambda _, anchor: headings.get(anchor)  # noqa: SLF001
    return context


def _all(items: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for item in items:
        yield item
        yield from _all(item.children)


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """See `_valid`; mermaid2 has put a script at the end of a page that the browser is to draw on."""
    del page, config
    return permit_last(_valid(output))


def on_post_template(output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
    """See `_valid` and `_day`."""
    del template_name, config
    return _valid(output_content).replace(f"<lastmod>{NO_DAY}</lastmod>", "")


@event_priority(-100)  # when all others have written what they write
def on_post_build(*, config: MkDocsConfig) -> None:
    """Cut the index that the theme has just written, then show what was built."""
    if config.extra["search_pieces"]:
        _cut(_build.staged, config)
    staging.publish(_build.staged, _build.folder)
    config.site_dir = str(_build.folder)


def _cut(site: Path, config: MkDocsConfig) -> None:
    try:
        searching.cut(site / "search" / "search_index.json", config.theme["language"], site / "pagefind")
    except searching.CutError as error:
        # All pages expect the pieces.
        message = (
            f"Pagefind failed, so that nothing would be found: {error}. Uninstall pagefind_bin for another search."
        )
        raise PluginError(message) from error


def on_build_error(*, error: Exception) -> None:
    """Leave the site as it is."""
    del error
    if hasattr(_build, "staged"):
        staging.discard(_build.staged)


def _day() -> str:
    """The day of the newest commit, for the map of the site; by the clock, as MkDocs has it, builds would differ."""
    newest = _build.site.history.newest
    return newest.day if newest else NO_DAY


def _valid(output: str) -> str:
    """Mend what of HTML the theme gets wrong where no block or partial can be overridden, whoever wrote it anew."""
    output = _INPUT.sub(lambda found: _checkbox(found[0]), output)
    return output if 'id="__toc"' in output else output.replace(' for="__toc"', "")


def _checkbox(element: str) -> str:
    return element.replace(' autocomplete="off"', "") if 'type="checkbox"' in element else element


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the theme what it prints of a page: escaped, since its templates take it for HTML."""
    del config, files
    page.update_date = _day()
    if compiled := _build.pages.get(page.file.src_uri):
        page.meta = {"title": html.escape(compiled.title, quote=False)}
        if compiled.description:
            page.meta["description"] = html.escape(compiled.description)
        if not compiled.is_searched:
            page.meta["search"] = {"exclude": True}
        page.meta["foot"] = notes.foot(_build.site, page.file.src_uri, compiled.title)
        if compiled.badge:
            # The theme has a second line for a page in the navigation; its style sheet puts it beside the first.
            page.meta["subtitle"] = f'<span class="badge">{compiled.badge} open</span>'
    return markdown


def _arranged(files: Files, refused: set[str], config: MkDocsConfig) -> Iterable[File]:
    """Home first, then the author's files, then the other pages of the site; each at its address."""
    own = {path: _generated(config, page) for path, page in _build.own.items()}
    home = own.pop(_build.site.special.home, None)
    kept = [_lean(file, config) for file in files if file.src_uri not in refused]
    texts = notes.generated_files(_build.site).items()
    data = [File.generated(config, path, content=text) for path, text in texts]
    for file in (*([home] if home else []), *kept, *own.values(), *data):
        if file.src_uri.count("/") > _DEEPEST:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        _place(file)
        yield file


def _lean(file: File, config: MkDocsConfig) -> File:
    """Our own scripts and style sheets go out without their comments, which each reader would load."""
    if file.src_dir != config.theme.custom_dir or not file.src_uri.endswith((".css", ".js")):
        return file
    return File.generated(config, file.src_uri, content=without_comments(file.content_string))


def _generated(config: MkDocsConfig, page: notes.Page) -> File:
    level = InclusionLevel.INCLUDED if page.is_in_navigation else InclusionLevel.NOT_IN_NAV
    return File.generated(config, page.path, content="", inclusion=level)


def _place(file: File) -> None:
    address = _build.site.addresses.get(file.src_uri)
    if address is None:
        return
    is_note = file.is_documentation_page() and file.generated_by is None
    if is_note and address.count("/") == file.src_uri.count("/"):
        file.name = "index"  # at its folder's address, it is the folder's page in the navigation
    if not file.is_documentation_page():
        file.dest_uri = address
    elif file.use_directory_urls or not address:
        file.dest_uri = f"{address}index.html"
    else:
        file.dest_uri = f"{address.rstrip('/')}.html"
    for derived in ("url", "abs_dest_path"):
        vars(file).pop(derived, None)
    if file.generated_by is None and file.edit_uri == file.src_uri:
        file.edit_uri = quote(file.src_uri)


def _settings(config: MkDocsConfig) -> tuple[notes.Settings, tuple[notes.Problem, ...]]:
    repository = (config.repo_url or "").rstrip("/")
    edit = urljoin(f"{repository}/", config.edit_uri or "") if repository else ""
    labels, found = notes.read_labels(config.extra)
    wrong = notes.settings_problems(found, Path(config.config_file_path or ""), Path(config.docs_dir))
    settings = notes.Settings(
        name=config.site_name,
        description=config.site_description or "",
        labels=labels,
        repository=repository,
        edit=edit,
        address=config.site_url or "",
    )
    return settings, tuple(wrong)


def _tell(problems: Iterable[notes.Problem], config: MkDocsConfig) -> None:
    folder = Path(config.docs_dir).name
    for problem in problems:
        level = logging.WARNING if problem.severity is notes.Severity.WARNING else logging.INFO
        log.log(level, notes.as_log_line(problem, folder))


def _pictures(config: MkDocsConfig) -> Path:
    """Where pictures are kept between builds."""
    return Path(config.config_file_path or "").parent / ".cache" / "diagrams"


def _mermaid2(config: MkDocsConfig) -> Any:  # noqa: ANN401 - published without types
    return config.plugins["mermaid2"]


def _prepare_mermaid(config: MkDocsConfig) -> None:
    """Draw what can be drawn; give mermaid2 the rest, and the library, privately: it wants a file in `docs_dir`."""
    fence = {"name": "mermaid", "class": "mermaid", "format": mermaid_fence(_pictures(config))}
    config.mdx_configs["pymdownx.superfences"] = {"custom_fences": [fence]}
    mermaid2 = _mermaid2(config)
    mermaid2._javascript = mermaid2.config["javascript"]  # noqa: SLF001
