"""The theme as an owner of other notes sets it: pages keep what is ours, and what they cannot have is told."""

import subprocess
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from tests.crawl import dead, one, soup
from tests.sites import ADDRESS, MKDOCS, PUBLISHED, ROOT, copy_project
from tests.test_vault_sites import vault_site

from host import settings, theme

OWN = """
theme: {{name: material, custom_dir: '{}', font: false, logo: my logo.svg}}
extra_css: [my own.css]
extra_javascript: [own.js, my own.js, {{path: my own.js, type: module}}]
markdown_extensions: [admonition]
"""


def _own(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "own"
    (folder / "partials").mkdir(parents=True)
    for name, text in files.items():
        folder.joinpath(*name.split("__")).with_suffix(".html").write_text(text, encoding="utf-8")
    return folder


def test_templates_and_lists_of_the_owners_leave_ours_in_place(tmp_path: Path) -> None:
    folder = _own(tmp_path, partials__copyright="Made by me")
    own = dict.fromkeys(("my logo.svg", "my own.css", "own.js", "my own.js"), "")
    files = {"index.md": "```mermaid\nflowchart LR\n  a --> b\n```\n", **own}
    site, log = vault_site(tmp_path, files, "--strict", settings=OWN.format(folder))
    assert "WARNING" not in log
    page = site / "index.html"
    assert one(page, 'meta[http-equiv="Content-Security-Policy"]')
    sheets = [str(link["href"]) for link in soup(page).select('link[rel="stylesheet"]')]
    assert sheets[-2:] == ["assets/site.css", "my-own.css"]
    scripts = {str(script["src"]) for script in soup(page).select("script[src]")}
    assert {"assets/diagrams.js", "assets/access.js", "own.js", "my-own.js"} <= scripts
    assert len(soup(page).select('script[src="my-own.js"]')) == 2
    assert one(page, "article .picture svg")
    assert one(page, 'header img[src="my-logo.svg"]')
    assert "Made by me" in one(page, "footer").text
    assert dead(site, ADDRESS) == []


def test_a_template_of_the_owners_in_the_place_of_ours_is_told(tmp_path: Path) -> None:
    folder = _own(tmp_path, main='{% extends "base.html" %}')
    _, log = vault_site(tmp_path, {"index.md": "Words."}, settings=OWN.format(folder))
    assert f"`main.html` in {folder} takes the place of overrides/main.html" in log


@pytest.mark.parametrize("name", ["mkdocs", None])
def test_another_theme_is_refused(name: str | None) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), theme={"name": name, "custom_dir": "overrides"})
    with pytest.raises(PluginError, match=r"must be material, as in mkdocs\.yml"):
        theme.prepare(config)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("theme:\n  language: EN\n", "3:3: the theme has no language `EN`. Name one that it has, such as `en`,"),
        ("theme:\n  language:\n", "3:3: the theme has no language `None`. Name one that it has, such as "),
        (
            "theme:\n  palette:\n    - scheme: slate\n    - toggle: {icon: material/wether-night}\n",
            "5:16: the theme has no icon `material/wether-night`. Name one that it has, such as `material/weather-n",
        ),
        (
            "extra: {analytics: {provider: plausible}}\n",
            "2:21: the theme has no provider `plausible`. Name one that it has, such as `google`.",
        ),
    ],
)
def test_a_setting_that_names_what_the_theme_has_not_is_told_at_its_place(
    tmp_path: Path, written: str, told: str
) -> None:
    project = copy_project(tmp_path, {"index.md": "Words."})
    (project / "own.yml").write_text(f"INHERIT: mkdocs.yml\n{written}", encoding="utf-8")
    command = [*MKDOCS, "build", "--config-file", "own.yml"]
    done = subprocess.run(command, cwd=project, env=PUBLISHED, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"own.yml:{told}" in done.stderr


def test_no_setting_is_blamed_for_another_error() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert theme.missing(TemplateNotFound("partials/own.html"), config) is None
    assert theme.missing(ValueError("partials/languages/xx.html"), config) is None


LOADED = """
site_url: https://mine.example/notes/
theme:
  font: {text: Roboto}
  logo: https://other.example/logo.png
  favicon: [nothing.png]
extra_css: [own.css, 'part/one%20two.css?v=2', 'https://mine.example/a.css', /b.css, 'data:text/css,', gone.css]
extra_javascript: [{path: '//other.example/own.js', type: module}]
extra: {analytics: {provider: google, property: G}}
"""


def test_what_no_page_can_load_is_told(tmp_path: Path) -> None:
    files = {"index.md": "Words.", "own.css": ""}
    _, log = vault_site(tmp_path, files, settings=LOADED)
    told = [line.partition("other.yml:")[2] for line in log.splitlines() if line.startswith("WARNING")]
    assert [line.partition(". ")[0] for line in told] == [
        "8:3: `theme.logo` is of another site, which no page asks for anything",
        "9:3: `theme.favicon` names `['nothing.png']`, which is no file of the site",
        "10:22: `extra_css` names `part/one%20two.css?v=2`, which is no file of the site",
        "10:104: `extra_css` names `gone.css`, which is no file of the site",
        "11:20: `extra_javascript` is of another site, which no page asks for anything",
        "7:3: `theme.font` is of another site, which no page asks for anything",
        "12:9: `extra.analytics` is of another site, which no page asks for anything",
    ]


def test_what_the_privacy_plugin_brings_to_the_site_is_not_told(tmp_path: Path) -> None:
    own = {"name": "material", "custom_dir": "overrides", "logo": "https://other.example/logo.png"}
    plugins = ["privacy", {"mermaid2": {"javascript": "assets/mermaid.js"}}]
    config = load_config(str(ROOT / "mkdocs.yml"), theme=own, plugins=plugins, site_dir=str(tmp_path))
    assert [found.message for found in settings.not_loaded(config)] == [
        "`theme.favicon` names `assets/images/favicon.png`, which is no file of the site"  # nothing is built here
    ]
