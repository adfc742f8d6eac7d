"""A note's title is the heading that its page shows as the only one of the highest level, else the file's name.

In lists, notes of one title are told apart.
"""

import pytest

from notes import Settings, generated_pages, read_site
from notes.parse import read_note
from notes.source import NotePath

FLAG = "flag"


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nx\n",
        "<!-- unseen -->\n# Title\n",
        "%% unseen %%\n\n# Title\n",
        "#flag\n\n# Title\n\nx\n",
        "#flag (why)\n# Title\n",
        "# Title\n\n> # In a quote\n",
        "# Title\n\n- # In an item\n",
    ],
)
def test_a_sole_heading_at_the_start_is_the_title(text: str) -> None:
    assert read_note(NotePath("name.md"), text.encode(), frozenset({FLAG})).title == "Title"


@pytest.mark.parametrize(
    "text",
    [
        "Words first.\n\n# Title\n",
        "# Title\n\n# Another\n",
        "> # In a quote\n\n# Title\n",
        "![[Other]]\n\n# Title\n",
        "<p>x</p>\n\n# Title\n",
        "## Title\n",
    ],
)
def test_else_the_title_is_the_name_of_the_file(text: str) -> None:
    assert read_note(NotePath("name.md"), text.encode(), frozenset({FLAG})).title == "name"


def test_lists_tell_notes_of_one_title_apart_by_their_folders() -> None:
    files = dict.fromkeys(("Setup.md", "one/Setup.md", "two/deep/Setup.md", "two/Alone.md"), b"#tag\n\nWords.\n")
    pages = {page.title: page.markdown for page in generated_pages(read_site(files, (), Settings()))}
    for title in ("Home", "Wanted notes", "Review", "Tags"):
        for label in ("[Setup](", "[Setup (one)](", "[Setup (two/deep)](", "[Alone]("):
            assert pages[title].count(label) == 1, title
