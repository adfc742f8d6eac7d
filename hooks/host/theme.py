"""The theme. In: the settings. Out: our templates in it, and what of the settings it has no template for."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Final

from jinja2 import TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

import notes

OURS: Final = Path(__file__).parents[2] / "overrides"
"""Our templates, style sheet and scripts."""

_NAME: Final = "material"
_MAIN: Final = "main.html"
_ASKED: Final = {
    "language": ("partials/languages/", ".html"),
    "icon": (".icons/", ".svg"),
    "provider": ("partials/integrations/analytics/", ".html"),
}
"""What settings name of the theme: how the path of its template starts and ends."""
_NEAR: Final = 3
"""So many names are offered for one that the theme does not have."""


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


def missing(error: Exception, config: MkDocsConfig) -> notes.Wrong | None:
    """Find the setting that names what the theme has not, if that is why a build ended."""
    asked = str(error.name) if isinstance(error, TemplateNotFound) else ""
    kind = next((kind for kind, (start, _) in _ASKED.items() if asked.startswith(start)), None)
    if kind is None:
        return None
    name, names = _name(asked, kind), (_name(path, kind) for path in config.theme.get_env().list_templates())
    near = get_close_matches(name.lower(), filter(None, names), _NEAR, cutoff=0)
    way_out = f"Name one that it has, such as {', '.join(f'`{other}`' for other in near)}."
    return notes.Wrong(_keys(kind, name, config), f"the theme has no {kind} `{name}`", way_out)


def _name(template: str, kind: str) -> str:
    start, end = _ASKED[kind]
    return template.removeprefix(start).removesuffix(end) if template.startswith(start) else ""


def _keys(kind: str, name: str, config: MkDocsConfig) -> tuple[str, ...]:
    """Where the settings name it, at best under a key that says what it is."""
    places = list(_places({"theme": dict(config.theme), "extra": config.extra}, name))
    return max(places, key=lambda keys: keys[-1] == kind, default=("theme",))


def _places(value: object, name: str, *keys: str) -> Iterator[tuple[str, ...]]:
    entries = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, within in entries:
        yield from _places(within, name, *keys, str(key))
    if str(value) == name:
        yield keys
