"""Obsidian's own settings: single line breaks are shown as its author sees them, on the site and in an export."""

import os
from pathlib import Path

import pytest
from tests.crawl import soup
from tests.sites import build, copy_project

from notes import Settings, shows_line_breaks
from notes.export import export


@pytest.mark.parametrize(
    ("settings", "shows"),
    [
        ('{"strictLineBreaks": true}', False),
        ('{"strictLineBreaks": false}', True),
        ('{"strictLineBreaks": "true"}', True),
        ("{}", True),
        ("[]", True),
        ('{"strictLineBreaks": true', True),
        ("\udcff", True),
        ("[" * 100_000, True),
    ],
    ids=["strict", "not-strict", "a-text", "nothing-said", "a-list", "broken", "bad-bytes", "deep"],
)
def test_line_breaks_are_shown_unless_they_are_strict(tmp_path: Path, settings: str, shows: bool) -> None:  # noqa: FBT001
    _write(tmp_path, settings)
    assert shows_line_breaks(tmp_path) is shows


def test_what_is_no_file_says_nothing(tmp_path: Path) -> None:
    assert shows_line_breaks(tmp_path)
    (tmp_path / ".obsidian" / "app.json").mkdir(parents=True)
    assert shows_line_breaks(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    os.mkfifo(tmp_path / ".obsidian" / "app.json")
    assert shows_line_breaks(tmp_path)


@pytest.mark.parametrize(
    ("settings", "breaks"), [("{}", 1), ('{"strictLineBreaks": true}', 0)], ids=["loose", "strict"]
)
def test_the_site_and_an_export_have_the_breaks_that_obsidian_shows(tmp_path: Path, settings: str, breaks: int) -> None:
    project = copy_project(tmp_path / "project", {"Note.md": "one\ntwo\n"})
    _write(project / "docs", settings)
    page = soup(build(project, tmp_path / "site") / "note" / "index.html")
    assert len(page.select("article p br")) == breaks
    export(project / "docs", tmp_path / "out", Settings())
    assert (tmp_path / "out" / "Note.md").read_text(encoding="utf-8").count("one  \ntwo") == breaks


def _write(docs: Path, settings: str) -> None:
    (docs / ".obsidian").mkdir()
    (docs / ".obsidian" / "app.json").write_bytes(settings.encode(errors="surrogateescape"))
