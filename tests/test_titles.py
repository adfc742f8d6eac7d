"""A note's title is the heading that its page shows as the only one of the highest level, else the file's name."""

import pytest

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
