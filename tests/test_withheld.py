"""Notes that are kept back, where no case file can show them: git may change the ends of a file's lines."""

import pytest

from notes import NotePath, Settings, read_page, read_site


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_note_is_kept_back_whatever_ends_its_lines(line_end: str) -> None:
    unclosed = line_end.join(("---", "title: A", "draft: true", "", "Text."))
    assert not read_site({"A.md": unclosed.encode()}, [], Settings()).vault.notes


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_note_is_published_whatever_ends_its_lines(line_end: str) -> None:
    closed = line_end.join(("---", "draft: false", "---", "Text."))
    assert read_page(NotePath("A.md"), closed.encode()).front_matter.is_published
