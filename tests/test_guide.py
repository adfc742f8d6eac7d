"""The guide: each thing that one can write, by a passage of the notes, with what comes of it."""

import re
from pathlib import Path

import pytest
from tests.crawl import dead, soup
from tests.sites import ADDRESS, build, copy_project

from notes import Label, Page, Settings, generated_pages, note_pages, read_site
from notes.own_pages.guide import TITLES
from notes.own_pages.specimens import LONGEST, specimens

TEXTS = Path("hooks/notes/own_pages/guides")
THINGS = {
    "bold": "Words in **bold** of the note.",
    "list": "1. one\n   - two",
    "quote": "> Somebody said so.",
    "link": "See [[Other|the other]].",
    "wanted": "See [[Not yet]].",
    "embed": "![[Other]]",
    "flag": "Flagged words. #I_DONT_LIKE_THIS_REWRITE (why)",
    "callout": "> [!note] Title\n> Text.",
    "highlight": "==Marked== words of the note.",
    "struck": "~~Struck~~ words of the note.",
    "maths": "It is $e^{i\\pi}$.",
    "footnote": "Words.[^n]",
    "tasks": "- [ ] to do\n- [x] done",
    "table": "| one | two |\n|---|---|\n| three | four |",
    "code": "```sh\nls\n```",
    "mermaid": "```mermaid\nflowchart TB\n  one --> two\n```",
    "drawing": "```\n+---+    +---+\n| a |--->| b |\n+---+    +---+\n```",
}
NOTE = "\n\n".join(("## Part", *THINGS.values(), "[^n]: The footnote."))


def _guide(**notes: str) -> Page:
    files = {f"{name}.md": f"{text}\n".encode() for name, text in notes.items()}
    return next(page for page in generated_pages(read_site(files, [], Settings())) if page.title == TITLES[0])


def test_the_guide_names_each_thing() -> None:
    named = re.findall(r"\{example (\w+)\}", "".join(path.read_text(encoding="utf-8") for path in TEXTS.glob("*.md")))
    assert set(named) == {*THINGS, "comment", "base"}


@pytest.mark.parametrize("thing", THINGS)
def test_an_example_is_a_passage_of_the_notes(thing: str) -> None:
    site = read_site({"Note.md": NOTE.encode(), "Other.md": b"Other words.\n"}, [], Settings())
    passage = specimens(site)[thing]
    assert passage.note.source.text[passage.start : passage.end].decode().rstrip() == THINGS[thing]


def test_a_base_is_no_example_of_code() -> None:
    site = read_site({"Note.md": b"```base\nviews: []\n```\n"}, [], Settings())
    assert "code" not in specimens(site)


def test_the_guide_names_the_flags_in_capitals_where_these_are_the_same_tag() -> None:
    settings = Settings(labels={"größe": Label("size", ""), "über": Label("over", "")})
    page = next(page for page in generated_pages(read_site({}, [], settings)) if page.title == TITLES[0])
    assert "<code>#gr<wbr>öße</code> (size), <code>#ÜB<wbr>ER</code> (over)" in page.markdown


def test_a_flag_may_be_called_as_a_sign_is_in_html() -> None:
    settings = Settings(labels={"amp": Label("louder", "")})
    site = read_site({"Note.md": b"Words in **bold & more** of the note. #amp\n"}, [], settings)
    page = next(page for page in generated_pages(site) if page.title == TITLES[0])
    assert "<code>Words in **bold &amp; more** of the note. #a<wbr>mp\n</code>" in page.markdown


def test_an_example_leads_to_its_place_and_shows_what_comes_of_it() -> None:
    page = _guide(Note=NOTE, Other="Other words.").markdown
    assert "<pre><code>See [[Other|the other]].\n</code></pre>" in page
    assert "See [the other](../Other.md).\n\n" in page
    assert page.count("From [Note › Part](../Note.md#part)") == len(THINGS)
    assert "![[Other]]\n</code></pre>" in page
    assert '<div class="embed" data-source="Other.md">' in page
    assert "[^n:Note.md]: The footnote." in page


def test_a_flag_is_shown_with_its_pill_and_its_tag_flags_nothing() -> None:
    page = _guide(Note=NOTE, Other="Other words.").markdown
    assert "Flagged words. #I_DONT_LIKE_<wbr>THIS_REWRITE (why)\n</code>" in page
    assert 'Flagged words. [rewrite](../review.md#flag-part-rewrite-1 "marks this block")' in page
    assert "I_DONT_LIKE_THIS_REWRITE" not in page.upper()


def test_where_no_note_has_a_thing_the_example_is_our_own() -> None:
    page = _guide(Note="Words.").markdown
    assert "<pre><code>- [x] done\n- [ ] to do\n</code></pre>" in page
    assert "From [" not in page
    assert "{" not in re.sub(r"\{: \.class \}", "", page)


def test_an_example_is_short_shows_nothing_hidden_and_is_the_first_of_its_length() -> None:
    hidden, long = "> Quote %%hidden%%.", f"> {'word ' * LONGEST}"
    page = _guide(a=hidden, b=long, c="> Second quote.", d="> Other  quote.").markdown
    assert "<pre><code>&gt; Second quote.\n" in page
    assert "hidden%%." not in page


def test_two_things_are_shown_by_two_passages() -> None:
    page = _guide(a="**Bold** [[a]].\n\n**Bold** and [[a]] again.").markdown
    assert "<pre><code>**Bold** [[a]].\n" in page
    assert "<pre><code>**Bold** and [[a]] again.\n" in page


def test_a_link_is_shown_by_one_between_double_brackets() -> None:
    page = _guide(a="[b](b.md) [[nowhere]]", b="More words with [[a]].").markdown
    assert "<pre><code>More words with [[a]].\n" in page


def test_the_indent_of_a_list_stays() -> None:
    assert "<pre><code>  - one\n  - two\n</code></pre>" in _guide(a="  - one\n  - two\n").markdown


def test_no_words_of_a_note_act_on_the_guide() -> None:
    page = _guide(a="> \\<b> </code></pre> {name} {end} {example table} <wbr>").markdown
    assert (
        "<pre><code>&gt; \\&lt;b&gt; &lt;/code&gt;&lt;/pre&gt; {name} {end} {example table} &lt;wbr&gt;\n</code></pre>"
        in page
    )


def test_the_same_notes_give_the_same_guide() -> None:
    assert _guide(Note=NOTE, Other="Other words.") == _guide(Other="Other words.", Note=NOTE)


def test_the_guide_is_built(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"Note.md": NOTE, "folder/Other.md": "Other words."})
    site = build(project, tmp_path / "site")
    assert dead(site, ADDRESS) == []
    page = soup(site / "guide" / "writing-notes" / "index.html")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert len(page.select(".shown .origin")) == len(THINGS)
    assert [element.text for element in page.select(".shown a.flag")] == ["marked for review: rewrite"]


def test_notes_stay_as_they_are() -> None:
    """The pages of the notes know nothing of the guide."""
    site = read_site({"Note.md": NOTE.encode(), "Other.md": b"Other words.\n"}, [], Settings())
    before = note_pages(site)
    generated_pages(site)
    assert note_pages(site) == before
