"""What MkDocs calls: one function an event, each a few steps; `host` knows the rest of MkDocs, `notes` none of it."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

# `mkdocs serve` runs this file anew at each build, but Python would keep what it has imported before an edit.
_HOOKS = Path(__file__).parent
_OWN = {path.parent.name for path in _HOOKS.glob("*/__init__.py")}
_CODE = {path: path.stat().st_mtime_ns for path in _HOOKS.rglob("*.py")}
if getattr(sys.modules.get("host"), "code", None) != _CODE:
    for _name in [name for name in sys.modules if name.partition(".")[0] in _OWN]:
        del sys.modules[_name]

# All imports stand here: MkDocs has this folder on the path only while it runs this file.
import host  # noqa: E402
import notes  # noqa: E402
from commonmark.extension import CommonMark  # noqa: E402
from host import (  # noqa: E402
    folder,
    log,
    markup,
    mermaid,
    navigation,
    places,
    raw_html,
    rebuilds,
    search,
    serving,
    settings,
    svg_links,
    theme,
)
from host.memory import MEMORY  # noqa: E402
from maths import Preamble  # noqa: E402
from publishing import policy, staging  # noqa: E402
from publishing.contained import contained  # noqa: E402
from publishing.inert import inert  # noqa: E402

host.code = _CODE


class _Build:
    """What one build hands from event to event."""

    config: MkDocsConfig | None = None
    site: notes.Site
    pages: dict[str, notes.Page]
    """All pages, by path."""
    own: dict[str, notes.Page]
    """Those that the site adds."""
    preamble: Preamble
    """What all formulas know, …"""
    of_preamble: tuple[notes.Problem, ...]
    """… and what is wrong with it."""
    folder: Path
    """Where the site belongs."""
    staged: Path
    """Where it is built."""
    destinations: frozenset[str]
    """Where its files will be."""


_build = _Build()


@event_priority(100)  # before the search, which asks the theme for its language
def _on_config_first(config: MkDocsConfig) -> MkDocsConfig:
    """Have the theme made up of its parts, if the settings are such that it can be."""
    _build.config = config
    settings.check_shapes(config)
    theme.prepare(config)
    return config


def _on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let pages be read by our front end; as an instance, since MkDocs checks names before it loads hooks."""
    log.disarm()
    serving.watch_commits(config)
    serving.state_before(config)
    Hooks._load_hook.cache_clear()  # noqa: SLF001 - or MkDocs serves what it has read of this file, whatever is edited
    if not config.repo_url:
        config.edit_uri = ""
    line_breaks = notes.shows_line_breaks(Path(config.docs_dir))
    _build.preamble, _build.of_preamble = notes.read_preamble(Path(config.docs_dir))
    MEMORY.begin(config, (line_breaks, _build.preamble))
    extensions: list[Any] = config.markdown_extensions
    direction = settings.direction(config)
    extensions.append(CommonMark(line_breaks=line_breaks, direction=direction, preamble=_build.preamble))
    mermaid.prepare(config)
    search.prepare(config)
    return config


on_config = CombinedEvent(_on_config_first, _on_config)


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Have the files found by us, and build beside the site."""
    gc.set_threshold(1_000_000, 50, 100)  # of the trees of pages, nothing is garbage before they are written
    _build.folder = Path(config.site_dir)
    serving.leave_nothing_behind(_build.folder)
    try:
        _build.staged = staging.begin(_build.folder)
    except OSError as error:
        raise _no_site(_build.folder, error) from error
    config.site_dir = str(_build.staged)
    folder.find_files_ourselves()


def _no_site(place: str | Path, error: OSError) -> PluginError:
    return PluginError(f"No site can be made at {place}: {error.strerror}. Move what is there, or set `site_dir`.")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Read all notes, tell what is wrong with them, give each file its address, add the site's own pages."""
    mine, read = folder.read(files, config)
    chosen, of_settings = settings.read_settings(config, _build.preamble)
    library = mermaid.library(config)
    history = notes.read_history(Path(config.docs_dir), chosen.labels)
    _compile(read, chosen, history, places.taken_addresses(files, library, config))
    wrong = mermaid.draw((page.markdown for page in _build.pages.values()), config)
    of_pages = (told for page in _build.pages.values() for told in page.problems)
    of_pictures = notes.mermaid_problems(_build.site.vault.notes.values(), wrong)
    of_files = (*_build.of_preamble, *read.problems)
    log.tell((*of_settings, *of_files, *_build.site.problems, *of_pages, *of_pictures), config)
    placed = places.arranged(files, places.unpublished(mine, read, _build.site), _build.site, _build.own, config)
    every = Files([*placed, *places.theme_files(mine, library, config)])
    config.nav = config.nav or navigation.listed(every)
    return every


def _compile(read: notes.Folder, chosen: notes.Settings, history: notes.History, taken: set[str]) -> None:
    """Stage 1: all pages as CommonMark."""
    with _without_garbage_collection():
        _build.site = notes.read_site(
            read.notes, read.assets, chosen, history, taken, rebuilds.read_page, withheld=read.withheld
        )
        _build.own = {page.path: page for page in notes.generated_pages(_build.site)}
        _build.pages = {**notes.note_pages(_build.site), **_build.own}


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


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Divide long lists; all files are known now."""
    del config
    navigation.complete(nav.pages)
    _build.destinations = frozenset(file.dest_uri for file in files)
    nav.items = navigation.divided(nav.items, {path: _build.pages[path].title for path in _build.site.vault.notes})
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Let the theme ask for the policy of a page, and print the settings; they are read by now."""
    settings.lead_to_addresses(files, config)
    markup.print_of_settings(config)
    env.filters["policy"] = policy.policy
    rebuilds.remember_pages(env, tuple(settings.loaded(config)))
    return env


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """Let the script run that MkDocs adds to each page as it serves it; mend what its server lacks."""
    del builder
    serving.enter_no_links(server, serving.state_before(config))
    serving.tell_of_address(server)
    serving.serve_what_was_built(server)
    serving.serve_below(server)
    serving.find_no_odd_addresses(server)
    serving.let_browsers_go(server)
    if app := server.get_app():
        server.set_app(policy.permitting(app))
    return server


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:
    """Let `mkdocs serve` make only what is new."""
    del config, files
    rebuilds.remember_content(page)
    return page


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    """Give MkDocs a page's CommonMark; the blank line keeps it from taking the first lines for front matter."""
    del config
    compiled = _build.pages.get(page.file.src_uri)
    return "\n" + compiled.markdown if compiled else None


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the theme what it prints of a page."""
    del config, files
    page.update_date = markup.day(_build.site)
    if compiled := _build.pages.get(page.file.src_uri):
        markup.print_of(page, compiled, _build.site)
    return markdown


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let the author's HTML stand where it should; keep from the search what it would not get through, and tell it."""
    if page.file.src_uri in _build.site.vault.notes and markup.is_too_deep(html):
        page.meta["search"] = {"exclude": True}
        log.tell([notes.not_searched(page.file.src_uri, markup.MOST_OPEN)], config)
    html = raw_html.led(html, page.markdown or "", page.file, files, _build.destinations)
    html = inert(html, lambda address: raw_html.is_file(address, page.file, _build.destinations))
    if markup.has_html(page):
        html = contained(html)
    return markup.with_previews(svg_links.without_href(html))


@event_priority(-50)  # after the search, which knows the title already
def on_page_context(context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Let a page show its title whatever its author's HTML holds."""
    del config, nav
    page.content = markup.titled(page)
    return context


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Mend the theme's HTML; mermaid2 has put a script at the end of a page that the browser is to draw on."""
    del page, config
    return policy.permit_last(markup.valid(output))


def on_post_template(output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Mend the theme's HTML, and the days in the map of the site."""
    del template_name, config
    return markup.dated(markup.valid(output_content))


@event_priority(-100)  # when all others have written what they write
def on_post_build(*, config: MkDocsConfig) -> None:
    """Cut the index of the search, tell what pages will lack, then show what was built."""
    search.cut_index(_build.staged, config)
    log.tell(settings.not_loaded(config), config)
    try:
        staging.publish(_build.staged, _build.folder)
    except PermissionError as error:
        raise _no_site(error.filename, error) from error
    config.site_dir = str(_build.folder)


def on_build_error(*, error: Exception) -> None:
    """Leave the site as it is; say what is to be done, if it is known: make room, or mend a setting."""
    if hasattr(_build, "staged"):
        staging.discard(_build.staged)
    if staging.finds_no_room(error):
        message = f"There is no room for the site: {error}. Make some on the disk, or set `site_dir`."
        raise PluginError(message) from error
    if (config := _build.config) and (wrong := theme.missing(error, config)):
        raise settings.refusal(wrong, config) from error
