"""What must stay small: chains of embeds without end, and the pages that tell of a thousand notes."""

import gzip
import random
import re
from collections.abc import Mapping

import pytest
from tests.commonmark_html import markdown
from tests.hostile_vault import ACCENTS

import notes
from notes.backlinks import MOST_NOTES, MOST_TITLES
from notes.own_pages import home
from notes.problems import Kind

DOUBLED = {f"N{at}.md": f"![[N{at + 1}]]\n\n![[N{at + 1}]]\n" for at in range(25)} | {"N25.md": "The end.\n"}
DEEP = {f"N{at}.md": f"Text {at}.\n\n![[N{at + 1}]]\n" for at in range(400)} | {"N400.md": "The end.\n"}
CROWD = {f"N{at}.md": "\n\n".join(f"![[N{other}]]" for other in range(40)) for at in range(40)}
LONG = {"A.md": "word " * 400_000, "B.md": "![[A]]\n\n" * 20}


def site_of(texts: Mapping[str, str]) -> notes.Site:
    return notes.read_site({path: text.encode() for path, text in texts.items()}, [], notes.Settings())


@pytest.mark.parametrize(
    ("texts", "told"), [(DOUBLED, 1), (DEEP, 1), (LONG, 1), (CROWD, None)], ids=["doubled", "deep", "long", "crowd"]
)
def test_embeds_without_end_stop_soon_and_are_told_once(texts: Mapping[str, str], told: int | None) -> None:
    pages = notes.note_pages(site_of(texts)).values()
    assert sum(len(page.markdown) for page in pages) < 20_000_000
    assert max(page.markdown.count("data-source") for page in pages) < 800
    problems = [problem for page in pages for problem in page.problems]
    assert len(problems) == len(set(problems))
    assert told is None or [problem.kind for problem in problems] == [Kind.TOO_MANY] * told


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ("- a\n" * 4_500, 4),
        (f"`{'a' * 900} b`\n\n" * 100, 3),
        (f"```\n{'a' * 79_000} b\n```\n", 4),
        ("words " * 45_000, 10),
    ],
    ids=["blocks", "inline code", "code", "prose"],
)
def test_of_what_is_embedded_so_much_is_shown(passage: str, shown: int) -> None:
    page = notes.note_pages(site_of({"A.md": "![[B]]\n\n" * 10, "B.md": passage}))["A.md"]
    assert page.markdown.count("too many embeds") == 10 - shown
    assert len(page.problems) == (shown < 10)


@pytest.mark.timeout(60)
def test_a_long_run_of_blanks_in_an_embedded_heading_is_read_to_its_end() -> None:
    page = notes.note_pages(site_of({"A.md": "![[B]]\n", "B.md": f"# a{' ' * 60_000}b\n\nWords.\n"}))["A.md"]
    assert "Words." in page.markdown


@pytest.mark.timeout(60)
def test_many_embeds_of_lines_of_a_long_note_cost_what_they_show() -> None:
    lines = "".join(f"Line {at}. ^id{at}\n\n" for at in range(60))
    embeds = "".join(f"![[#^id{at % 60}]]\n\n" for at in range(480))
    rest = f"{'[a][r] [b](x:y) #tag ' * 7_000}\n\n[r]: A.md\n\n"
    page = notes.note_pages(site_of({"A.md": rest + lines + embeds}))["A.md"]
    assert page.markdown.count("Line 59.") == 9


@pytest.mark.timeout(60)
def test_thousands_of_ids_of_one_block_go_at_once_where_it_is_embedded() -> None:
    pages = notes.note_pages(site_of({"A.md": "![[B]]\n", "B.md": "words ^a\n\n" + "^b\n\n" * 15_000}))
    assert "words\n" in pages["A.md"].markdown
    assert "^" not in pages["A.md"].markdown


@pytest.mark.timeout(60)
def test_a_name_of_very_many_accents_is_not_read_to_its_end() -> None:
    site = site_of({"A.md": f"[x](<a{ACCENTS * 100_000}.md>)\n"})
    assert [problem.kind for problem in notes.note_pages(site)["A.md"].problems] == [Kind.NO_FILE]
    assert "wanted.md" in {page.path for page in notes.generated_pages(site)}


@pytest.mark.timeout(60)
def test_thousands_of_footnotes_come_along_with_an_embedded_passage_at_once() -> None:
    count = 7_000
    mentions = "".join(f"[^{at}] " for at in range(count))
    footnotes = "".join(f"[^{at}]: [[B]]\n\n" for at in range(count))
    texts = {"A.md": "![[B#^id]]\n\n" * 5, "B.md": f"{mentions}^id\n\n{footnotes}"}
    page = notes.note_pages(site_of(texts))["A.md"]
    assert page.markdown.count(f"[^{count - 1}:B.md]: [B](B.md)") == 5


@pytest.mark.parametrize("mark", ["- ", "> ", "1. "])
def test_an_embed_that_stands_deeper_than_anyone_writes_is_a_link_and_told(mark: str) -> None:
    texts = {"A.md": f"{mark * 30}![[B]]\n\n|a|b|\n|-|-|\n|{'a' * 300}|![[B]]|\n", "B.md": "The end.\n"}
    assert notes.note_pages(site_of(texts))["A.md"].markdown.count("The end.") == 2
    deep = notes.note_pages(site_of({**texts, "A.md": f"{mark * 300}{'![[B]] ' * 9}\n"}))["A.md"]
    assert deep.markdown.count("The end.") == 0
    assert deep.markdown.count('<em class="notice">[B](B.md)</em>') == 9
    assert [problem.kind for problem in deep.problems] == [Kind.TOO_MANY] * 9
    assert deep.problems[0].at.column == 1 + len(mark) * 300


def made_up(count: int, wishes: int = 1) -> dict[str, str]:
    """Notes whose words do not compress well; all link to one, some to none, with few tags that many bear.

    Each note asks for some notes that nobody has written, as many of 400 names as `wishes` says.
    """
    chance = random.Random(1)  # noqa: S311 - the same notes each time
    syllables = [consonant + vowel for consonant in "bcdfghklmnprstvw" for vowel in "aeiou"]
    known = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(6000)]
    weights = [1 / (rank + 5) for rank in range(len(known))]

    def words(number: int) -> str:
        return " ".join(chance.choices(known, weights, k=number))

    titles = [f"{words(3).title()} {number}" for number in range(count)]
    wanted = [words(3) for _ in range(400)]
    tags, often = [words(1) for _ in range(200)], [1 / (rank + 1) for rank in range(200)]

    def paragraph() -> str:
        missing = f"[[{words(3)}]]" if chance.random() < 0.15 else ""
        links = f"[[{chance.choice(titles)}]] {words(8)}. {missing} For {words(6)} see [[{titles[0]}]]."
        return f"{words(14).capitalize()} {links} #{chance.choices(tags, often)[0]}"

    def asking() -> str:
        return " ".join(f"{words(9).capitalize()} [[{chance.choice(wanted)}]]." for _ in range(wishes))

    folders = ["", *(f"{words(1)}/" for _ in range(12))]
    return {
        f"{folders[at % len(folders)]}{title}.md": "\n\n".join((*(paragraph() for _ in range(4)), asking()))
        for at, title in enumerate(titles)
    }


@pytest.mark.parametrize("wishes", [1, 8])
def test_no_page_of_a_thousand_notes_is_heavy(wishes: int) -> None:
    site = site_of(made_up(1000, wishes))
    pages = notes.note_pages(site)
    heaviest = max(pages.values(), key=lambda page: len(page.markdown))
    theme = 4_096  # what the theme puts around an article, compressed
    for page in (*notes.generated_pages(site), heaviest):
        html = markdown().convert(page.markdown)
        assert len(gzip.compress(html.encode())) + theme < 40_960, page.path


def test_home_names_some_notes_of_each_folder_and_some_wanted_ones_however_many() -> None:
    site = site_of(made_up(700))
    page = {page.path: page.markdown for page in notes.generated_pages(site)}[site.special.home]
    folders, _, waiting = page.partition("## What waits")
    more = [int(number) for number in re.findall(r"^- … and (\d+) more$", folders, re.MULTILINE)]
    named = {path.rpartition("/")[0] for path in site.vault.notes}
    assert len(more) == len(named)
    assert {line[4:] for line in folders.splitlines() if line.startswith("### ")} == named - {""}
    assert folders.count("\n- [") + sum(more) == 700
    assert folders.count("\n- [") <= home.MOST_TITLES
    assert waiting.count("(wanted.md#") == home.MOST_WANTED < len(site.wanted)
    assert " …\n" in waiting


@pytest.mark.parametrize(("others", "rest"), [(200, ""), (281, " and 1 more.")])
def test_the_foot_of_a_page_quotes_some_notes_and_names_some_however_many(others: int, rest: str) -> None:
    texts = {f"N{at:03}.md": f"Words of {at} on [[Home]]." for at in range(others)}
    page = notes.note_pages(site_of({"Home.md": "Words.", **texts}))[notes.NotePath("Home.md")].markdown
    last = f"N{min(others, MOST_NOTES + MOST_TITLES) - 1:03}"
    assert page.count("\n> Words of") == MOST_NOTES
    assert page.endswith(f", [{last}]({last}.md){rest}\n\n</aside>\n")


def test_each_tag_leads_to_all_of_its_notes_however_many() -> None:
    site = site_of(made_up(400))
    pages = {page.path: page.markdown for page in notes.generated_pages(site)}
    assert site.special.tag_pages
    for tag, entry in site.tags.items():
        card = pages[site.special.tags].split(f'id="{entry.id}">')[1].partition("</div>")[0]
        listed = pages[site.special.tag_pages[tag]] if tag in site.special.tag_pages else card
        assert all(f"{note.title}](" in listed for note in entry.notes)


def test_each_wanted_note_has_an_entry_however_many() -> None:
    site = site_of(made_up(400, wishes=4))
    page = {page.path: page.markdown for page in notes.generated_pages(site)}[site.special.wanted]
    assert len(site.wanted) > 300
    assert all(page.count(f'id="{entry.id}"') == 1 for entry in site.wanted.values())


def test_of_very_many_notes_of_one_name_some_are_told() -> None:
    texts = {f"{number:02}/Note.md": "# Note\n" for number in range(30)} | {"A.md": "[[Note]]\n"}
    (problem,) = notes.note_pages(site_of(texts))["A.md"].problems
    assert problem.kind is Kind.AMBIGUOUS
    assert problem.message.endswith("`19/Note.md` and 10 more; it leads to the first")


def test_of_very_many_drawings_of_a_note_the_first_are_read() -> None:
    drawing = "```\n+----+   +---+\n|a{at:03}|-->| b |\n+----+   +---+\n```\n\n"
    code = "```\nplain code\n```\n\n" + "```text\n+---+ -->\n+---+\n```\n\n" * 300
    site = site_of({"A.md": code + "".join(drawing.format(at=at) for at in range(400))})
    (problem,) = site.problems
    assert problem.message.endswith(
        "of the code blocks of a note that have no language, only the first 300 are looked at"
    )
    assert problem.at.line == code.count("\n") + 299 * 6 + 2
    assert notes.note_pages(site)[notes.NotePath("A.md")].markdown.count("flowchart LR") == 299


def test_of_very_large_drawings_of_a_note_the_first_are_read() -> None:
    side = "-" * 200
    drawing = f"```\n+{side}+   +---+\n|a{{at:0199}}|-->| b |\n+{side}+   +---+\n```\n\n"
    code = "```\n(a, b)\n```\n\n" * 99 + f"```\n{'|-+ ' * 1100}\n```\n\n"
    site = site_of({"A.md": code + "".join(drawing.format(at=at) for at in range(50))})
    (problem,) = site.problems
    assert problem.message.endswith("the first ones are looked at, up to 15,000 characters that may draw")
    assert problem.way_out.startswith("Divide the note")
    assert notes.note_pages(site)[notes.NotePath("A.md")].markdown.count("flowchart LR") == 35


def test_of_very_many_links_to_no_heading_some_are_told_close_names() -> None:
    texts = {"A.md": "# Heading\n\n" + "".join(f"[[#Headin {at}]]\n" for at in range(300))}
    problems = notes.note_pages(site_of(texts))[notes.NotePath("A.md")].problems
    assert len(problems) == 300
    assert sum("close ones: `Heading`" in problem.way_out for problem in problems) == 200


def test_a_formula_of_very_many_braces_is_not_read_to_say_why_it_is_not() -> None:
    (problem,) = site_of({"A.md": f"${'{' * 50_000}x{'}' * 50_000}$\n"}).problems
    assert problem.message == "this formula cannot be typeset; readers see its source"


def test_of_a_very_long_heading_lists_name_the_first_words() -> None:
    note = site_of({"A.md": f"# {'word ' * 1_000}\n"}).vault.notes[notes.NotePath("A.md")]
    assert note.title == note.headings[0].text == ("word " * 200).rstrip()
