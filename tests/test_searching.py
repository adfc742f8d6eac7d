"""The search's index in the built site: what may be found and what not, in pieces, or whole where none can be cut."""

import json
import subprocess
import sys
from pathlib import Path

from tests.crawl import soup
from tests.sites import PUBLISHED, copy_project

from searching import cut

WITHOUT_PAGEFIND = "import sys; sys.modules['pagefind_bin'] = None; from mkdocs.__main__ import cli; cli()"
ENTRIES = [
    {"location": "", "title": "Start", "text": "<p>First.</p>"},
    {"location": "#there", "title": "There", "text": "<p>R&amp;D</p>"},
    {"location": "gr%C3%B6%C3%9Fe/", "title": "Größe", "text": ""},
    {"location": "flat.html#%C3%BCber", "title": "<code>x</code>", "text": "<p>Words</p>"},
]


def write_index(folder: Path) -> Path:
    index = folder / "search_index.json"
    index.write_text(json.dumps({"docs": ENTRIES}), encoding="utf-8")
    return index


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_index_gives_the_same_pieces(tmp_path: Path) -> None:
    index = write_index(tmp_path)
    cut(index, "en", tmp_path / "one")
    cut(index, "en", tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    entry = json.loads((tmp_path / "one" / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert entry["languages"]["en"]["page_count"] == 3


def test_what_stands_there_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "pieces" / "index.html"
    page.parent.mkdir()
    page.write_text("a note", encoding="utf-8")
    cut(write_index(tmp_path), "en", page.parent)
    assert page.read_text(encoding="utf-8") == "a note"
    assert (page.parent / "pagefind.js").is_file()


def test_pagefinds_own_dialogs_are_not_published(site: Path) -> None:
    assert (site / "pagefind" / "pagefind.js").is_file()
    assert not [path.name for path in (site / "pagefind").iterdir() if "ui" in path.name]


def test_where_nothing_can_be_cut_the_search_is_the_themes(tmp_path: Path, site: Path) -> None:
    project = copy_project(tmp_path / "project", {"A.md": "Text.\n"})
    command = [sys.executable, "-c", WITHOUT_PAGEFIND, "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=project, env=PUBLISHED, check=True)
    theirs, ours = soup(project / "site" / "index.html"), soup(site / "index.html")
    assert theirs.select("form[name=search]")
    assert not ours.select("form[name=search]")
    assert not (project / "site" / "pagefind").exists()
