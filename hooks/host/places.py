"""Places. In: the author's files, the theme's, and what the site adds. Out: all files, each at its address."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

import notes
from host import theme
from publishing.comments import without_comments

_WRITTEN = ("404.html", "sitemap.xml", "search/", "pagefind/")
"""How the addresses start at which MkDocs and the search write when all pages are done; …"""
_ALWAYS_WRITTEN = ("404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "pagefind/pagefind.js")
"""… some of them: no file can be where a folder is, nor lie in what is a file."""

_DEEPEST = 30
"""Folders inside of each other that the navigation shows; what makes it is recursive."""

_TEMPLATES = (".html", ".md", ".py", ".yml")
"""Files of a theme that are on no site."""


def taken_addresses(files: Files, library: Iterable[str], config: MkDocsConfig) -> set[str]:
    """Where the theme, MkDocs and its plugins put files: a file of the author's gets another address."""
    themes = {file.src_uri for file in files if file.src_dir != config.docs_dir or _in_theme(file, config)}
    written = {file.src_uri for file in files if file.src_uri.startswith(_WRITTEN)}
    return {*themes, *written, *_ALWAYS_WRITTEN, *library}


def _in_theme(file: File, config: MkDocsConfig) -> str:
    """Where the theme has a file of this path; MkDocs would take the author's in its place. Empty if it has none."""
    if file.src_uri.endswith(_TEMPLATES):
        return ""
    places = (Path(folder, file.src_uri) for folder in config.theme.dirs)
    return next((str(place) for place in places if place.is_file()), "")


def theme_files(files: Mapping[str, File], library: Mapping[str, str], config: MkDocsConfig) -> Iterator[File]:
    """Give Mermaid, and what of the theme MkDocs passed over; by paths that no author's file has."""
    theirs = {path: place for path, file in files.items() if (place := _in_theme(file, config))}
    for address, place in {**library, **theirs}.items():
        file = File.generated(config, f".theme/{address}", abs_src_path=place, inclusion=InclusionLevel.INCLUDED)
        file.dest_uri = address
        yield file


def arranged(
    files: Files, unpublished: set[str], site: notes.Site, own: Mapping[str, notes.Page], config: MkDocsConfig
) -> Iterator[File]:
    """Home first, then the author's files, then the other pages of the site; each at its address."""
    added = {path: _generated(config, page) for path, page in own.items()}
    home = added.pop(site.special.home, None)
    kept = [_ready(file, config) for file in files if file.src_uri not in unpublished]
    data = [_published(config, path, text) for path, text in notes.generated_files(site).items()]
    for file in (*([home] if home else []), *kept, *added.values(), *data):
        if file.src_uri.count("/") > _DEEPEST:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        _place(file, site.addresses.get(file.src_uri))
        yield file


def _ready(file: File, config: MkDocsConfig) -> File:
    """What the settings keep back is the author's, not files of the theme that are called like it.

    Our own scripts and style sheets go out without their comments, which each reader would load.
    """
    if file.src_dir in config.theme.dirs:
        file.inclusion = InclusionLevel.INCLUDED
    if not file.src_uri.endswith((".css", ".js")) or file.src_dir != str(theme.OURS):
        return file
    return _published(config, file.src_uri, without_comments(file.content_string))


def _published(config: MkDocsConfig, path: str, content: str) -> File:
    return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)


def _generated(config: MkDocsConfig, page: notes.Page) -> File:
    level = InclusionLevel.INCLUDED if page.is_in_navigation else InclusionLevel.NOT_IN_NAV
    return File.generated(config, page.path, content="", inclusion=level)


def _place(file: File, address: str | None) -> None:
    if address is None:
        return
    is_note = file.is_documentation_page() and file.generated_by is None
    if is_note and address.count("/") == file.src_uri.count("/"):
        file.name = "index"  # at its folder's address, it is the folder's page in the navigation
    file.dest_uri = _destination(file, address)
    for derived in ("url", "abs_dest_path"):
        vars(file).pop(derived, None)
    if file.generated_by is None and file.edit_uri == file.src_uri:
        file.edit_uri = quote(file.src_uri)


def _destination(file: File, address: str) -> str:
    if not file.is_documentation_page():
        return address
    if file.use_directory_urls or not address:
        return f"{address}index.html"
    return f"{address.rstrip('/')}.html"


def unpublished(mine: Iterable[str], read: notes.Folder, site: notes.Site) -> set[str]:
    """Give the paths of the author's files that are on no site."""
    return set(mine) - ({*read.notes, *read.assets} - site.vault.withheld)
