"""The memory of `mkdocs serve`: whatever is edited, each file of the site is the one of a build from nothing."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mkdocs.commands.serve  # noqa: F401 - by it the build knows that it will be asked again
import pytest
from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page
from tests.sites import MKDOCS, PUBLISHED, copy_project

NOTES = {
    "One.md": "# One\n\nFirst words. See [[Two]] and [[Two#Part]]. ![[Three]] #a\n",
    "Two.md": "# Two\n\n## Part\n\nMore words,\non two lines.\n",
    "Three.md": "---\nkind: first\n---\n# Three\n\nEmbedded words, [[One]] and [[Unwritten]].\n\n"
    "```mermaid\ngraph LR\n  a --> b\n```\n",
    "Alone.md": "# Alone\n\nNo words on others. [A folder](..)\n",
    "part/Four.md": "# Four\n\nSee [[One]]. ![[Board.canvas]]\n",
    "All.base": "filters: kind != ''\nviews:\n  - name: V\n    order: [file.name, kind]\n",
    "Board.canvas": '{"nodes": [{"type": "text", "text": "Words on a card. [[One]]"}]}',
}


def _write(name: str, text: str) -> Callable[[Path], object]:
    def write(project: Path) -> None:
        file = project / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write


def _replace(name: str, old: str, new: str) -> Callable[[Path], object]:
    def replace(project: Path) -> None:
        text = (project / name).read_text(encoding="utf-8")
        assert old in text
        (project / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


EDITS = {
    "nothing": lambda _: None,
    "words": _replace("docs/One.md", "First", "Other"),
    "a-link": _replace("docs/Two.md", "More", "[[Alone]] more"),
    "an-embedded-word": _replace("docs/Three.md", "Embedded", "Embodied"),
    "a-heading": _replace("docs/Two.md", "## Part", "## Piece"),
    "a-title": _replace("docs/Two.md", "# Two\n", "# The second\n"),
    "a-flag": _replace("docs/Alone.md", "No words", "#I_DONT_LIKE_THIS_REWRITE No words"),
    "a-card": _replace("docs/Board.canvas", "Words", "Other words"),
    "a-property": _replace("docs/Three.md", "kind: first", "kind: second"),
    "a-base": _replace("docs/All.base", "name: V", "name: W"),
    "a-new-note": _write("docs/Unwritten.md", "# Unwritten\n\nWritten now.\n"),
    "a-note-in-a-folder": _write("docs/part/Six.md", "# Six\n\nNew words.\n"),
    "a-note-that-goes": lambda project: (project / "docs" / "Alone.md").unlink(),
    "a-note-that-moves": lambda project: (project / "docs" / "Two.md").rename(project / "docs" / "part" / "Two.md"),
    "a-style-sheet": _write("docs/my style.css", "p { color: red }"),
    "a-new-file": _write("docs/a picture.png", "no picture"),
    "a-setting": _replace("mkdocs.yml", "site_name: The Ops", "site_name: Other ops"),
    "obsidian's": _write("docs/.obsidian/app.json", '{"strictLineBreaks": true}'),
    "a-template": _replace("overrides/main.html", "{% block extrahead %}", '{% block extrahead %}<meta name="edited">'),
    "the-code": _replace("hooks/notes/backlinks.py", "**Linked from**", "**Edited**"),
}

STEPS = (
    ("words", "a-link", "an-embedded-word", "a-style-sheet"),
    ("a-heading", "a-title"),
    ("a-flag",),
    ("a-property", "a-base"),
    ("a-new-note", "a-note-in-a-folder"),
    ("a-note-that-goes", "a-note-that-moves"),
    ("a-new-file", "a-setting"),
    ("obsidian's",),
    ("a-template",),
    ("the-code",),
)
"""What is done between two builds."""

NEAR_SIX = frozenset({"part/Four.md", "wanted.md", "index.md", "review.md"})
"""Before it, after it, and what lists all notes, or those that nobody links to."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in PUBLISHED.items():
        monkeypatch.setenv(name, value)
    folder = copy_project(tmp_path / "project", NOTES)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("extra_css: [my style.css]\n")  # which is written later
    return folder


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that the theme's templates have run for, by path."""
    paths: list[str] = []
    run = Template.render

    def render(template: Template, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - Jinja's own
        page = dict(*args, **kwargs).get("page")
        paths.extend([page.file.src_uri] if page else [])
        return run(template, *args, **kwargs)

    monkeypatch.setattr(Template, "render", render)
    return paths


def _build(project: Path) -> None:
    build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site")))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_after_each_edit_the_site_is_one_built_from_nothing(project: Path) -> None:
    _build(project)
    for names in STEPS:
        for name in names:
            EDITS[name](project)
        _build(project)
        subprocess.run([*MKDOCS, "build", "--quiet", "--site-dir", "clean"], cwd=project, env=PUBLISHED, check=True)
        served, clean = _files(project / "site"), _files(project / "clean")
        assert {path for path in served | clean if served.get(path) != clean.get(path)} == set(), names


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param("nothing", set(), id="nothing"),
        pytest.param("words", {"One.md", "index.md", "guide/writing notes.md"}, id="words-and-who-quotes-them"),
        pytest.param("a-note-in-a-folder", {"part/Six.md", *NEAR_SIX}, id="a-new-note-and-who-names-it"),
    ],
)
def test_only_pages_that_are_new_are_made(project: Path, rendered: list[str], edit: str, expected: set[str]) -> None:
    _build(project)
    assert set(NOTES) <= set(rendered)
    rendered.clear()
    EDITS[edit](project)
    _build(project)
    assert set(rendered) == expected


def test_pages_of_settings_that_changed_while_they_were_read_are_made_anew(project: Path) -> None:
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site"))
    EDITS["a-setting"](project)
    build(config)
    assert b"The Ops" in (project / "site" / "alone" / "index.html").read_bytes()
    _build(project)
    assert b"Other ops" in (project / "site" / "alone" / "index.html").read_bytes()


def test_what_a_browser_is_to_draw_is_tried_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths: list[str] = []
    render = Page.render

    def note(page: Page, *arguments: Any) -> None:  # noqa: ANN401 - MkDocs' own
        paths.append(page.file.src_uri)
        render(page, *arguments)

    monkeypatch.setattr(Page, "render", note)
    _write("docs/Left.md", "```mermaid\nsequenceDiagram\n  a->>b: c\n```\n")(project)
    _build(project)
    assert {*NOTES, "Left.md"} <= set(paths)
    paths.clear()
    _build(project)
    assert paths == ["Left.md"]


def test_what_is_wrong_is_told_at_each_build(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        caplog.clear()
        _build(project)
        assert "docs/Alone.md:3:21: the folder `..` has no page." in caplog.text


def test_beside_plugins_that_are_not_known_all_is_made_anew(project: Path, rendered: list[str]) -> None:
    _replace("mkdocs.yml", "  - search\n", "  - search\n  - tags\n")(project)
    for _ in range(2):
        rendered.clear()
        _build(project)
        assert set(NOTES) <= set(rendered)


def test_a_build_that_is_not_asked_again_remembers_nothing(
    project: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "mkdocs.commands.serve")
    for _ in range(2):
        rendered.clear()
        _build(project)
        assert set(NOTES) <= set(rendered)
