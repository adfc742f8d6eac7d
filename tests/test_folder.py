"""What of a folder is on the site: what is told of a file that is not, word by word."""

import os
from pathlib import Path

import pytest

from notes.folder import read_folder
from notes.problems import Problem

LINKS = {
    "nowhere.md": ("gone.md", "leads to no file"),
    "out.md": ("../out.md", "leads out of the folder of notes; it is not published"),
    "secret.md": (".hidden/a.md", "leads to what is hidden; it is not published"),
    "folder": ("notes", "leads to a folder that is here already"),
    "draft.md": ("drafts/a.md", "leads to what is not published"),
    "text.txt": ("notes/a.md", "leads to a note, but its own name is not that of a note"),
}
"""Symbolic links: what each leads to, and what is told of it."""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for name in ("out.md", "docs/notes/a.md", "docs/drafts/a.md", "docs/.hidden/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Body.\n")
    return tmp_path / "docs"


def _told(docs: Path) -> list[tuple[str, str, str]]:
    return [_words(problem) for problem in read_folder(docs, ("/drafts/",)).problems]


def _words(problem: Problem) -> tuple[str, str, str]:
    return problem.at.path, problem.message, problem.way_out


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_is_not_followed_is_told(docs: Path, name: str) -> None:
    target, why = LINKS[name]
    (docs / name).symlink_to(target)
    assert _told(docs) == [(name, f"the symbolic link {why}", "Put a copy of the file in its place.")]


def test_a_link_to_another_note_of_the_folder_is_a_note(docs: Path) -> None:
    (docs / "same.md").symlink_to("notes/a.md")
    assert _told(docs) == []
    assert set(read_folder(docs, ("/drafts/",)).notes) == {"notes/a.md", "same.md"}


def test_what_is_no_file_is_told(docs: Path) -> None:
    os.mkfifo(docs / "pipe.md")
    way_out = "Allow reading it, or put a copy in its place."
    assert _told(docs) == [("pipe.md", "this is not a file; it is not published", way_out)]


def test_a_name_of_other_bytes_is_told(docs: Path) -> None:
    (docs / os.fsdecode(b"caf\xe9.md")).write_text("Body.\n")
    message = "the name of this file is not UTF-8; its bytes are shown as \ufffd"
    assert _told(docs) == [("caf\ufffd.md", message, "Rename the file.")]
