"""The page of the tags: in which order it lists them, and their notes."""

from notes import Settings, read_site
from notes.own_pages.tags_page import MOST_CARDS, markdown


def test_tags_and_their_notes_are_in_the_order_of_obsidians_list_of_files() -> None:
    files = {"Week 10.md": "#zoo #a-b #a/b #łódź #w10 #w2".encode(), "Week 2.md": b"#zoo"}
    lines = markdown(read_site(files, (), Settings())).splitlines()
    titles = [line.removeprefix("## \\#") for line in lines if line.startswith("##")]
    assert titles == ["a", "a/b", "a-b", "łódź", "w2", "w10", "zoo"]
    assert [line for line in lines if line.startswith("- ")][-2:] == [
        "- [Week 2](Week%202.md)",
        "- [Week 10](Week%2010.md)",
    ]


def test_of_very_many_tags_those_of_most_notes_have_a_card_and_the_others_a_line() -> None:
    many = " ".join(f"#t{number}" for number in range(MOST_CARDS + 1))
    files = {"All.md": many.encode(), "Two.md": f"#t{MOST_CARDS}".encode()}
    page = markdown(read_site(files, (), Settings()))
    assert page.count('<div class="card"') == MOST_CARDS
    assert f"## \\#t{MOST_CARDS}\n" in page
    assert page.endswith(
        f'\n\n## Other tags\n\n- <span id="tag-t{MOST_CARDS - 1}">\\#t{MOST_CARDS - 1}</span>: [All](All.md)\n'
    )
