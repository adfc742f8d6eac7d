"""The page of the wanted notes: where it says that a note is asked for, and how often at most."""

import pytest

from notes import Settings, read_site
from notes.own_pages.wanted_page import MOST_CARDS, MOST_QUOTED, MOST_SENTENCES, markdown


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


def test_a_card_quotes_some_of_the_sentences_and_counts_the_others() -> None:
    page = markdown(read_site({"Note.md": b"[[X]] it is.\n\n" * (MOST_SENTENCES + 2)}, (), Settings()))
    assert page.count("Asked for in") == MOST_SENTENCES
    assert "And 2 more times." in page


def test_all_cards_together_quote_no_more_than_anybody_reads() -> None:
    text = "".join(f"[[X {number}]] it is.\n\n" * MOST_SENTENCES for number in range(MOST_CARDS))
    page = markdown(read_site({"Note.md": text.encode()}, (), Settings()))
    assert page.count('<div class="card"') == MOST_CARDS
    assert MOST_CARDS <= page.count("Asked for in") <= MOST_QUOTED


def test_a_note_that_is_spelled_much_like_it_is_named() -> None:
    page = markdown(read_site({"Week 5.md": b"[[Week 6]]\n", "Other.md": b"[[Nothing]]\n"}, (), Settings()))
    assert page.count("Similar names: ") == page.count("Similar names: Week 5.") == 1


@pytest.mark.parametrize(
    ("edit", "new"),
    [
        pytest.param("edit/main/docs/", "new/main/docs", id="github"),
        pytest.param("-/edit/main/docs/", "-/new/main/docs", id="gitlab"),
        pytest.param("_edit/main/docs/", "_new/main/docs", id="gitea"),
        pytest.param("edit/main/edit/", "new/main/edit", id="a-folder-of-that-name"),
    ],
)
def test_the_note_can_be_written_in_the_editor_of_the_repository(edit: str, new: str) -> None:
    repository = "https://forge.example/edit/n"
    settings = Settings(repository=repository, edit=f"{repository}/{edit}")
    page = markdown(read_site({"Note.md": b"[[C & D]]\n"}, (), settings))
    assert f"[Write this note]({repository}/{new}?filename=C%20%26%20D.md)" in page


@pytest.mark.parametrize("edit", ["", "/blob/main/docs/", "?path=/docs/"])
def test_what_is_no_editor_starts_no_note(edit: str) -> None:
    repository = "https://forge.example/a/n"
    settings = Settings(repository=repository, edit=edit and repository + edit)
    assert "Write this note" not in markdown(read_site({"Note.md": b"[[C]]\n"}, (), settings))


def test_names_are_in_the_order_of_obsidians_list_of_files() -> None:
    page = markdown(
        read_site(
            {"Week 10.md": b"[[Zoo]] [[Part 10]] [[Part 2]]", "Week 2.md": b"[[\xc5\x81\xc3\xb3d\xc5\xba]]"},
            (),
            Settings(),
        )
    )
    places = [
        page.index(text) for text in ("## Łódź", "## Part 2", "## Part 10", "## Zoo", "- [Week 2]", "- [Week 10]")
    ]
    assert places == sorted(places)
