"""The theme. In: the settings. Out: our templates in it, and what of the settings it has no template for."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

import notes

OURS: Final = Path(__file__).parents[2] / "overrides"
"""Our templates, style sheet and scripts."""

_NAME: Final = "material"
_MAIN: Final = "main.html"


def prepare(config: MkDocsConfig) -> None:
    """Have our templates behind those of a folder that the settings name in the place of ours.

    Raises PluginError where they are of no use, since the settings have another theme.
    """
    if config.theme.name != _NAME:
        message = f"`theme.name` must be {_NAME}, as in mkdocs.yml: the pages of this project are made for it."
        raise PluginError(message)
    others = [folder for folder in config.theme.dirs if not OURS.samefile(folder)]
    before = int(config.theme.custom_dir in others)
    config.theme.dirs[:] = [*others[:before], str(OURS), *others[before:]]


def own_files(config: MkDocsConfig) -> list[Path]:
    """Give the files of the theme that somebody may edit: ours, and those of the site's owner."""
    folders = {OURS, Path(config.theme.custom_dir or OURS).resolve()}
    return sorted(path for path in chain(*(folder.rglob("*") for folder in folders)) if path.is_file())


def wrong(config: MkDocsConfig) -> Iterator[notes.Wrong]:
    """Tell of a template of the owner's that takes the place of ours for all pages."""
    first = next(folder for folder in config.theme.dirs if Path(folder, _MAIN).is_file())
    if first != str(OURS):
        message = f"`{_MAIN}` in {first} takes the place of overrides/{_MAIN}, without which a page has no policy"
        yield notes.Wrong(("theme", "custom_dir"), message, f"Put its blocks into overrides/{_MAIN}, and delete it.")
