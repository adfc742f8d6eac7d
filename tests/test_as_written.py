"""What a note may have too much of: at the limit it is a page, beyond it a block of code, and told either way out."""

import pytest
from tests.commonmark_html import markdown

import notes
from notes.as_written import MOST_BYTES, MOST_FLAGS, MOST_LATEX, MOST_OF_A_KIND, MOST_OPEN, MOST_PIECES, MOST_TOGETHER
from notes.front_matter import MOST_TAGS
from notes.problems import Kind, Severity
from pictures import GivenUp

LINK, HEADING, TAG, FORMULA, FOOTNOTE, PIECES = "[[B]] ", "## A\n\n", "#tag ", "$a$ ", "^[a] ", "a\n\n"
CODE, LONG_FORMULA = "```\na\n```\n\n", f"$a = {'b' * 96}$\n\n"
FLAG = "a #I_DONT_LIKE_THIS_REWRITE (b)\n\n"
OF_A_PIECE = 3
"""A paragraph starts, has words, and ends."""


def pages_of(text: str, other: str = "[[A]]\n") -> dict[str, notes.Page]:
    return notes.note_pages(site_of(text, other))


def site_of(text: str, other: str = "[[A]]\n") -> notes.Site:
    return notes.read_site({"A.md": text.encode(), "B.md": other.encode()}, [], notes.Settings())


def told(site: notes.Site) -> list[tuple[Kind, str]]:
    return [(problem.kind, problem.message) for problem in site.problems]


@pytest.mark.parametrize(
    ("text", "most", "much"),
    [
        (LINK, MOST_OF_A_KIND, "15,000 links"),
        (HEADING, MOST_OF_A_KIND, "15,000 headings"),
        (TAG, MOST_OF_A_KIND, "15,000 tags"),
        (FLAG, MOST_FLAGS, "10,000 flags"),
        (CODE, MOST_OF_A_KIND, "15,000 blocks of code"),
        (FORMULA, MOST_OF_A_KIND, "15,000 formulas"),
        (LONG_FORMULA, MOST_LATEX // 100, "250,000 characters of formulas"),
        (FOOTNOTE, MOST_OF_A_KIND, "15,000 footnotes"),
        (PIECES, MOST_PIECES // OF_A_PIECE, "250,000 words, marks and blocks"),
        ("==a ", MOST_PIECES, "250,000 marks of highlights, comments, formulas and tags"),
        ("![[", MOST_OPEN, "1,000 `[[` inside of each other"),
    ],
    ids=["links", "headings", "tags", "flags", "code", "formulas", "latex", "footnotes", "pieces", "marks", "brackets"],
)
def test_a_note_is_read_up_to_a_limit_and_shown_as_written_beyond(text: str, most: int, much: str) -> None:
    assert told(site_of(text * most)) == []
    beyond = site_of(text * (most + 1))
    ((kind, message),) = told(beyond)
    assert kind is Kind.TOO_MUCH
    assert message.startswith(f"more than {much}; the note is shown as written")
    assert notes.note_pages(beyond)["A.md"].markdown.lstrip("`").startswith(f"\n{text}{text}")


def test_a_fault_in_every_paragraph_is_told_once_where_there_are_too_many() -> None:
    fault = "**a **\n\n"
    assert {kind for kind, _ in told(site_of(fault * MOST_OF_A_KIND))} == {Kind.SPACED_EMPHASIS}
    assert [kind for kind, _ in told(site_of(fault * (MOST_OF_A_KIND + 1)))] == [Kind.TOO_MUCH]


def test_what_is_no_more_than_there_may_be_of_its_kind_may_be_too_much_together() -> None:
    flagged = f"## Part\n\nSee [[B]]. {FLAG}"
    assert told(site_of(flagged * MOST_FLAGS)) == []
    each = MOST_TOGETHER // 5
    assert told(site_of("## [[B]] #t $a$ ^[a]\n\n" * each)) == []
    ((kind, message),) = told(site_of("## [[B]] #t $a$ ^[a]\n\n" * (each + 1)))
    assert (kind, message.partition(";")[0]) == (Kind.TOO_MUCH, "more than 32,000 links, headings, tags and the like")


def test_an_escaped_bracket_opens_nothing() -> None:
    text = "- \\[[`1a2b3c`](https://example.org/1a2b3c)] - what changed\n"
    assert told(site_of(text * (MOST_OPEN + 1))) == []


def test_a_long_note_may_have_as_many_links_as_its_words_carry() -> None:
    text = f"{'word ' * 20}[[B]]\n"
    assert told(site_of(text * (2 * MOST_OF_A_KIND))) == []


def test_a_note_has_so_many_different_tags_and_no_more() -> None:
    text = "".join(f"#tag{number} " for number in range(MOST_TAGS + 1))
    assert told(site_of(text.rpartition("#")[0])) == []
    ((kind, message),) = told(site_of(text))
    assert (kind, message.partition(";")[0]) == (Kind.TOO_MUCH, "more than 2,000 different tags")


def test_the_tags_above_a_tag_count_too() -> None:
    deep = "/".join(["a"] * 90)
    text = "".join(f"#{deep}/{number} " for number in range(MOST_TAGS - 90 + 1))
    assert told(site_of(text.rpartition("#")[0])) == []
    ((kind, message),) = told(site_of(text))
    assert (kind, message.partition(";")[0]) == (Kind.TOO_MUCH, "more than 2,000 different tags")
    ((_, message),) = told(site_of(f"---\ntags: {text.replace('#', '')}\n---\n"))
    assert message.startswith("more than 2,000 tags in the front matter")


def test_of_the_tags_in_the_properties_so_many_count() -> None:
    names = [f"tag{number}" for number in range(MOST_TAGS + 1)]
    assert told(site_of(f"---\ntags: {names[1:]}\n---\n")) == []
    beyond = site_of(f"---\ntitle: A\ntags: {names}\n---\nText [[B]].\n")
    ((kind, message),) = told(beyond)
    assert (kind, message.partition(";")[0]) == (Kind.FRONT_MATTER, "more than 2,000 tags in the front matter")
    assert beyond.problems[0].at.line == 3
    assert len(beyond.tags) == MOST_TAGS
    assert "Text [B](B.md)." in notes.note_pages(beyond)["A.md"].markdown


def test_a_note_of_more_bytes_than_any_book_is_shown_as_written() -> None:
    ((kind, message),) = told(site_of("a" * (MOST_BYTES + 1)))
    assert (kind, message.partition(";")[0]) == (Kind.TOO_MUCH, "more than 8 MiB")


def test_nothing_of_it_is_lost_and_nothing_is_live() -> None:
    properties = "---\ntitle: Flood\ntags: [I_DONT_LIKE_THIS_REWRITE]\n---\n"
    text = f"{properties}<b>``` ````\n\n{LINK * (MOST_OF_A_KIND + 1)}\r\n$a$ %%b%%"
    page = pages_of(text)["A.md"]
    assert page.title == "Flood"
    html = markdown().convert(page.markdown)
    assert "&lt;b&gt;``` ````" in html
    assert html.count("[[B]]") == MOST_OF_A_KIND + 1
    assert "$a$ %%b%%" in html
    assert html.count('id="flood-rewrite-1"') == 1


def test_the_others_link_to_it_and_show_it_as_written() -> None:
    page = pages_of(LINK * (MOST_OF_A_KIND + 1), "See [[A]].\n\n![[A]]\n\nEnd.\n")["B.md"]
    html = markdown().convert(page.markdown)
    assert '<a href="A.md">A</a>' in html
    assert html.count("[[B]]") == MOST_OF_A_KIND + 1
    assert "<p>End.</p>" in html


def test_it_is_a_notice_with_a_way_out() -> None:
    (problem,) = site_of(LINK * (MOST_OF_A_KIND + 1)).problems
    assert problem.severity is Severity.NOTICE
    assert problem.way_out == "Divide it into several notes."


def test_what_the_build_leaves_to_browsers_is_told() -> None:
    pages = pages_of("".join(f"```mermaid\nflowchart TB\n a{number}\n```\n\n" for number in range(46)))
    ((kind, message),) = [(problem.kind, problem.message) for problem in pages["A.md"].problems]
    assert kind is Kind.MANY_DIAGRAMS
    assert message.startswith("each reader's browser draws 22 diagrams of this page,")


def test_a_heading_that_is_no_heading_is_cut_where_it_is_named() -> None:
    flags = "Words. #I_DONT_LIKE_THIS_REWRITE\n\n" * 50
    site = site_of(f"# A\n\n## {'long' * 5_000}\n\n{flags}")
    written = [page.markdown for page in notes.generated_pages(site)] + list(notes.generated_files(site).values())
    assert sum(map(len, written)) < 1_000_000
    assert "long" * 5_000 in notes.note_pages(site)["A.md"].markdown


def test_a_passage_of_one_endless_word_is_cut_where_it_is_quoted() -> None:
    site = site_of("a" * 20_000 + " #I_DONT_LIKE_THIS_REWRITE" * 50)
    assert {len(flag.excerpt) for flag in site.flags[notes.NotePath("A.md")]} == {602}


def test_a_diagram_that_the_build_could_not_draw_is_told() -> None:
    site = site_of("# A\n\n```mermaid\nflowchart TB\n```\n")
    (problem,) = notes.mermaid_problems(site.vault.notes.values(), {"flowchart TB": GivenUp("it took too long")})
    assert (problem.kind, problem.at.line) == (Kind.MANY_DIAGRAMS, 3)
    assert problem.message == "each reader's browser draws this diagram: it took too long"


def test_tables_that_would_be_far_larger_than_written_are_text_and_told() -> None:
    site = site_of("|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|b\n" * 1000)
    ((kind, message),) = told(site)
    assert kind is Kind.TOO_MUCH
    assert message.startswith("a table would have far more cells than are written")
    assert "<table>" not in markdown().convert(notes.note_pages(site)["A.md"].markdown)
