"""Settings. In: `mkdocs.yml` as MkDocs has read it. Out: what `notes` and its pages want to know of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

import notes
from host import log, theme
from maths import NO_PREAMBLE, Preamble

_DIRECTION = (
    "{% import 'partials/language.html' as lang with context %}{{ config.theme.direction or lang.t('direction') }}"
)
"""As the theme finds it out."""

_PICTURES: Final = ("logo", "favicon")
"""Settings of the theme."""
_OTHER_SITE: Final = "https://other.example"
"""What stands for addresses that the theme keeps for itself."""
_FILE: Final = "Name a file among the notes, or one in overrides/."
_WAYS_OUT: Final = {
    "font": "Set it to `false`; a style sheet in `extra_css` may bring letters of yours.",
    "analytics": "Take it out: what counts readers asks another site.",
}
"""By the last key of a setting that names no file."""


def _is(*types: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, types)


def _can_be_split(value: object) -> bool:
    try:
        urlsplit(str(value))
    except ValueError:  # of a host in a bracket that does not end
        return False
    return True


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _can_be_split(value)


def _is_way(value: object) -> bool:
    """Ask it of an entry of the navigation, and of all within."""
    within = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
    return _can_be_split(value) if within is None else all(map(_is_way, within))


def _has_icon(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("icon"), str)


_EACH: Final = "*"
"""Stands for each item of a list."""
_ADDRESS: Final = "an address"
_FILE_OR_ADDRESS: Final = "the path or the address of a file"
_SHAPES: Final[Sequence[tuple[tuple[str, ...], Callable[[object], bool], str]]] = (
    (("nav", _EACH), _is_way, "the path of a note, or an address"),
    (("extra_css", _EACH), _is_address, _FILE_OR_ADDRESS),
    (("extra_javascript", _EACH), _can_be_split, _FILE_OR_ADDRESS),
    (("extra_templates", _EACH), _is(str), "the path of a file"),
    (("theme", "palette"), _is(Mapping, list, str), "a mapping, or a list of some"),
    (("theme", "palette", _EACH, "toggle"), _has_icon, "a mapping with `icon` and `name`"),
    (("theme", "features"), _is(list, str), "a list of names"),
    (("theme", "icon", "admonition"), _is(Mapping), "a mapping with names of icons"),
    (("theme", "logo"), _can_be_split, _FILE_OR_ADDRESS),
    (("theme", "favicon"), _can_be_split, _FILE_OR_ADDRESS),
    (("extra", "homepage"), _can_be_split, _ADDRESS),
    (("extra", "social"), _is(list), "a list of mappings with `icon` and `link`"),
    (("extra", "social", _EACH), _has_icon, "a mapping with `icon` and `link`"),
    (("extra", "social", _EACH, "link"), _is_address, _ADDRESS),
    (("extra", "alternate"), _is(list), "a list of mappings with `name`, `link` and `lang`"),
    (("extra", "alternate", _EACH, "link"), _is_address, _ADDRESS),
)
"""What MkDocs and the theme take for granted of settings that they do not check: where, and what must stand there."""


def check_shapes(config: MkDocsConfig) -> None:
    """Raise PluginError at a setting by whose shape the build would end in a traceback."""
    for place, fits, what in _SHAPES:
        for keys, value in _at({**config, "theme": dict(config.theme)}, place):
            if value is not None and not fits(value):
                wrong = notes.Wrong(keys, f"`{_name(keys)}` is not {what}", f"Write {what}.")
                raise refusal(wrong, config)


def _at(value: object, place: Sequence[str], *before: str) -> Iterator[tuple[tuple[str, ...], object]]:
    """What stands at a place of the settings, as often as it does."""
    if not place:
        yield before, value
    elif place[0] == _EACH and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _at(item, place[1:], *before, str(number))
    elif isinstance(value, Mapping) and place[0] in value:
        yield from _at(value[place[0]], place[1:], *before, place[0])


def refusal(wrong: notes.Wrong, config: MkDocsConfig) -> PluginError:
    """Word what is wrong with a setting as the error that ends the build."""
    return PluginError(log.line(next(problems([wrong], config)), config))


def direction(config: MkDocsConfig) -> str:
    """Tell which way the theme's pages read, `ltr` or `rtl`."""
    return config.theme.get_env().from_string(_DIRECTION).render(config=config)


def read_settings(
    config: MkDocsConfig, preamble: Preamble = NO_PREAMBLE
) -> tuple[notes.Settings, tuple[notes.Problem, ...]]:
    """Give the settings, and what is wrong with them; `preamble`: what all formulas know."""
    repository = (config.repo_url or "").rstrip("/")
    labels, found = notes.read_labels(config.extra)
    wrong = problems((*found, *theme.wrong(config)), config)
    settings = notes.Settings(
        name=config.site_name,
        description=config.site_description or "",
        labels=labels,
        repository=repository,
        edit=_edit(repository, config),
        address=config.site_url or "",
        preamble=preamble,
    )
    return settings, tuple(wrong)


def _edit(repository: str, config: MkDocsConfig) -> str:
    """Give the address before a note's path, as MkDocs makes those of its pencils; empty if that is not all of it."""
    uri = config.edit_uri or ""
    if not repository or not uri or config.edit_uri_template:
        return ""
    return urljoin(repository if uri.startswith(("?", "#")) else f"{repository}/", uri)


def lead_to_addresses(files: Files, config: MkDocsConfig) -> None:
    """Let the settings name a file of the author's as their folder does: one with a blank has another address."""

    def address(path: str) -> str:
        file = files.get_file_from_path(path)
        return file.url if file else path

    for name in _PICTURES:
        if isinstance(path := config.theme.get(name), str):
            config.theme[name] = address(path)
    config.extra_css = [address(path) for path in config.extra_css]
    for script in config.extra_javascript:
        if not isinstance(script, str):
            script.path = address(script.path)
    scripts = config.extra_javascript
    config.extra_javascript = [address(script) if isinstance(script, str) else script for script in scripts]


def not_loaded(config: MkDocsConfig) -> Iterator[notes.Problem]:
    """Tell of what the settings have each page load, and no page can; all of the site is in its folder by now."""
    found = [(keys, _why_not(address, config)) for keys, address in loaded(config)]
    wrong = [notes.Wrong(keys, f"`{_name(keys)}` {why}", _WAYS_OUT.get(keys[-1], _FILE)) for keys, why in found if why]
    return problems(wrong, config)


def loaded(config: MkDocsConfig) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give what the settings have each page load: the keys that name it, and its address."""
    for name in _PICTURES:
        yield ("theme", name), str(config.theme.get(name) or "")
    for name in ("extra_css", "extra_javascript"):
        yield from (((name, str(number)), str(address)) for number, address in enumerate(config[name]))
    if config.theme.get("font") is not False:
        yield ("theme", "font"), _OTHER_SITE
    if config.extra.get("analytics"):
        yield ("extra", "analytics"), _OTHER_SITE


def _why_not(address: str, config: MkDocsConfig) -> str:
    """Say why no page can load what has this address; empty if pages can."""
    parts, own = urlsplit(address), urlsplit(config.site_url or "")
    if parts.scheme == "data" or (parts.netloc and parts.netloc == own.netloc):
        return ""
    if parts.netloc:
        return "" if _is_fetched(config) else "is of another site, which no page asks for anything"
    is_there = parts.path.startswith("/") or not parts.path or Path(config.site_dir, unquote(parts.path)).is_file()
    return "" if is_there else f"names `{address}`, which is no file of the site"


def _is_fetched(config: MkDocsConfig) -> bool:
    """Ask whether the theme's plugin brings what is of other sites to this one."""
    plugin: Any = config.plugins.get("material/privacy")
    return plugin is not None and bool(plugin.config.enabled)


def _name(keys: Sequence[str]) -> str:
    return ".".join(key for key in keys if not key.isdigit())


def problems(found: Sequence[notes.Wrong], config: MkDocsConfig) -> Iterator[notes.Problem]:
    """Give what is wrong with the settings with its lines in their file."""
    return notes.settings_problems(found, Path(config.config_file_path or ""), Path(config.docs_dir))
