"""Settings. In: `mkdocs.yml` as MkDocs has read it. Out: what `notes` wants to know of it."""

from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig

import notes


def read_settings(config: MkDocsConfig) -> tuple[notes.Settings, tuple[notes.Problem, ...]]:
    """Give the settings, and what is wrong with them."""
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
