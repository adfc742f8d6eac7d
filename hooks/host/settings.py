"""Settings. In: `mkdocs.yml` as MkDocs has read it. Out: what `notes` and its pages want to know of it."""

from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig

import notes
from host import theme

_DIRECTION = (
    "{% import 'partials/language.html' as lang with context %}{{ config.theme.direction or lang.t('direction') }}"
)
"""As the theme finds it out."""


def direction(config: MkDocsConfig) -> str:
    """Tell which way the theme's pages read, `ltr` or `rtl`."""
    return config.theme.get_env().from_string(_DIRECTION).render(config=config)


def read_settings(config: MkDocsConfig) -> tuple[notes.Settings, tuple[notes.Problem, ...]]:
    """Give the settings, and what is wrong with them."""
    repository = (config.repo_url or "").rstrip("/")
    labels, found = notes.read_labels(config.extra)
    wrong = notes.settings_problems(
        (*found, *theme.wrong(config)), Path(config.config_file_path or ""), Path(config.docs_dir)
    )
    settings = notes.Settings(
        name=config.site_name,
        description=config.site_description or "",
        labels=labels,
        repository=repository,
        edit=_edit(repository, config),
        address=config.site_url or "",
    )
    return settings, tuple(wrong)


def _edit(repository: str, config: MkDocsConfig) -> str:
    """Give the address before a note's path, as MkDocs makes those of its pencils; empty if that is not all of it."""
    uri = config.edit_uri or ""
    if not repository or not uri or config.edit_uri_template:
        return ""
    return urljoin(repository if uri.startswith(("?", "#")) else f"{repository}/", uri)
