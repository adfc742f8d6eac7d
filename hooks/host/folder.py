"""The folder of notes. In: the settings. Out: its files as MkDocs knows them, and what is wrong with the others."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, get_files, set_exclusions

import notes
from host.memory import is_serving

_GONE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
"""What reading tells of a file that is none any more."""

_PUBLISHED = (InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV)
_SERVED = (*_PUBLISHED, InclusionLevel.DRAFT)


class _File(File):
    """A file that is a note whatever the case of its ending, or a canvas; to MkDocs both would be ones to download."""

    def is_documentation_page(self) -> bool:
        return notes.becomes_page(self.src_uri)

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as in MkDocs
        """Copy it, unless its author, or their editor, has taken it away since it was found."""
        with suppress(*_GONE):
            super().copy_file(dirty)


def find_files_ourselves() -> None:
    """For the next build: MkDocs follows links to folders without end, and drops one of two files of one address."""
    mkdocs_build.get_files = _found  # type: ignore[attr-defined]  # the name it calls it by


def _found(config: MkDocsConfig) -> Files:
    mkdocs_build.get_files = get_files  # type: ignore[attr-defined]
    paths = notes.paths_in(Path(config.docs_dir))
    files = [_File(path, config.docs_dir, config.site_dir, config.use_directory_urls) for path in paths]
    set_exclusions(files, config)
    return Files(sorted(files, key=file_sort_key))


def read(files: Files, config: MkDocsConfig) -> tuple[dict[str, File], notes.Folder]:
    """Give the author's files that MkDocs means to publish, or to serve, by path; and what stage 1 reads of the folder.

    Whatever is not in the second is on no site.
    """
    levels = _levels()
    of_author = [file for file in files if file.src_dir == config.docs_dir]
    mine = {file.src_uri: file for file in of_author if file.inclusion in levels}
    withheld = tuple(file.src_uri for file in of_author if file.inclusion not in levels)
    kept, problems = _sorted_out(mine, config)
    texts = read_texts(mine[path] for path in kept)
    assets = tuple(path for path in kept if not mine[path].is_documentation_page())
    return mine, notes.Folder(texts, assets, problems, withheld)


def _levels() -> tuple[InclusionLevel, ...]:
    return _SERVED if is_serving() else _PUBLISHED


def _sorted_out(files: dict[str, File], config: MkDocsConfig) -> tuple[tuple[str, ...], tuple[notes.Problem, ...]]:
    """Keep what is published, each by a path that is text; MkDocs goes on to read the file where it is."""
    kept, problems = notes.sort_out(Path(config.docs_dir), files)
    shown, more = notes.legible(kept)
    for path, text in shown.items():
        file = files[text] = files.pop(path)
        # Both are made of the path when they are first asked for.
        _, file.edit_uri = file.abs_src_path, quote(os.fsencode(path))
        file.src_uri = text
    return tuple(shown.get(path, path) for path in kept), (*problems, *more)


def read_texts(files: Iterable[File]) -> dict[str, bytes]:
    """Give the bytes of each note, by path; one that its author takes away at this moment is none."""
    texts: dict[str, bytes] = {}
    for file in files:
        if file.is_documentation_page():
            with suppress(*_GONE):
                texts[file.src_uri] = file.content_bytes
    return texts
