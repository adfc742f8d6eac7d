"""Laws of review: whatever stands around a flag, it gets one pill and one card, and no two edits meet."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from notes import Label, Settings, generated_pages, note_pages, read_site
from notes.problems import Kind

SETTINGS = Settings(labels={"i_dont_like_this_rewrite": Label("rewrite", ""), "unclear": Label("unclear", "")})
FLAGS = (
    "#I_DONT_LIKE_THIS_REWRITE",
    "#i_dont_like_this_rewrite (why)",
    "#UNCLEAR (a (b) c)",
    "#UNCLEAR (see [[Q]] and [x](y) `c` **b**)",
    "#UNCLEAR (open",
)
INLINE = (
    "text",
    "**b**",
    "_",
    "`c`",
    "[[Q]]",
    "![[Q]]",
    "[x](y.md)",
    "$m$",
    "%%c%%",
    "==h==",
    "^id",
    "[^1]",
    "<b>",
    "\\",
)
BLOCKS = (
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n# ",
    "\n---\n",
    "\n```\n",
    "\n> [!tip] ",
    "\n[^1]: ",
    "\r\n",
)
TABLE = "\n| a | b |\n|--|--|\n| "
OTHERS = (":", "(", ")", "[", "]", "!", "-", "日本", " ", "\t", "|", TABLE)
PIECES = st.lists(st.sampled_from((*FLAGS * 4, *INLINE, *BLOCKS, *OTHERS)), max_size=25)


@settings(deadline=None)
@given(PIECES)
@example([FLAGS[4], " ", FLAGS[2], ")"])
@example([FLAGS[0], "\n", FLAGS[1]])
def test_each_flag_has_one_pill_and_one_card_and_no_edits_meet(pieces: list[str]) -> None:
    site = read_site({"Note.md": "".join(pieces).encode(), "Q.md": b"Words of Q.\n"}, [], SETTINGS)
    page = note_pages(site)["Note.md"]
    assert [problem for problem in page.problems if problem.kind is Kind.FAULT] == []
    assert page.markdown.count("](review.md#flag-") == site.flag_count
    review = next(page for page in generated_pages(site) if page.path == "review.md")
    assert review.markdown.count('<div class="card" id="flag-') == site.flag_count
