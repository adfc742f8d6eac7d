"""A file's bytes as text: what is told of those that are not UTF-8, and where an editor shows a place."""

import pytest

from notes.source import NotePath, read_source

TOLD = {
    "byte": ("2:1", "byte 0xE9 is not valid UTF-8; it is shown as \ufffd", "Save the file as UTF-8."),
    "nul": ("1:3", "a NUL character; it is shown as \ufffd", "Delete the character."),
    "utf-16": ("1:1", "this file is UTF-16, not UTF-8", "Save it as UTF-8."),
}
"""Where, what, and the way out."""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"A\n", b"A\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfA\n", b"A\n", id="byte-order-mark"),
        pytest.param("é\n".encode(), "é\n".encode(), id="letters"),
        pytest.param(b"A\r\nB\r", b"A\r\nB\r", id="line-ends"),
    ],
)
def test_what_is_utf_8_stays(data: bytes, text: bytes) -> None:
    source, problems = read_source(NotePath("A.md"), data)
    assert (source.text, problems) == (text, ())


@pytest.mark.parametrize(
    ("data", "text", "fault"),
    [
        (b"A\n\xe9\n", "A\n\ufffd\n", "byte"),
        (b"AB\0", "AB\ufffd", "nul"),
        ("\ufeffA\n".encode("utf-16-le"), "A\n", "utf-16"),
        ("\ufeffA\n".encode("utf-16-be"), "A\n", "utf-16"),
    ],
)
def test_what_is_not_utf_8_is_shown_as_far_as_can_be_and_told(data: bytes, text: str, fault: str) -> None:
    source, (problem,) = read_source(NotePath("A.md"), data)
    assert source.text.decode() == text
    assert (f"{problem.at.line}:{problem.at.column}", problem.message, problem.way_out) == TOLD[fault]


@pytest.mark.parametrize("line", [0, 1, 2_000])
def test_a_place_is_the_editors_line_and_character(line: int) -> None:
    source, _ = read_source(NotePath("A.md"), "é€ words\n".encode() * 2_001)
    at = source.position(line * len("é€ words\n".encode()) + len("é€".encode()))
    assert (at.line, at.column) == (line + 1, 3)


def test_a_line_may_be_longer_than_the_steps_by_which_places_are_found() -> None:
    source, _ = read_source(NotePath("A.md"), f"words\n{'é' * 5_000}\nwords\n".encode())
    at = source.position(len("words\n") + 2 * 4_999)
    assert (at.line, at.column) == (2, 5_000)
