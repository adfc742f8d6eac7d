"""The page of the wanted notes: where it says that a note is asked for."""

import pytest

from notes import Settings, read_site
from notes.own_pages.wanted_page import markdown


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("# Title\n\n[[X]]\n", "[Title](Note.md#title), line 3", id="under-the-title"),
        pytest.param("# Title\n\n## Part\n\n[[X]]\n", "[Title › Part](Note.md#part), line 5", id="under-a-part-of-it"),
        pytest.param("## Part\n\n[[X]]\n", "[Note › Part](Note.md#part), line 3", id="under-a-part"),
        pytest.param("[[X]]\n", "[Note](Note.md), line 1", id="before-any-heading"),
    ],
)
def test_a_place_names_the_title_once_and_the_headings_above(text: str, place: str) -> None:
    assert f"Asked for in {place}." in markdown(read_site({"Note.md": text.encode()}, (), Settings()))
