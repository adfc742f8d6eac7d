"""What holds for every page: no text ends a build, forges a sign, takes long or nests without end."""

import re
import signal
from collections import Counter
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.commonmark_html import markdown
from tests.sites import ROOT

from commonmark import dialect
from commonmark.events import Kind, grows
from commonmark.fences import MOST_COLOURED
from commonmark.headings import heading_ids, levels, outline
from commonmark.tags import TAG

_SIGNS = [
    *("# ", "## ", "> ", "- ", "1. ", "- [ ] ", "    ", "\n", "\n\n", "\t", "```", "~~~py\n", "|", "|-|\n", "---\n"),
    *("**", "*", "_", "`", "``", "==", "~~", "$", "$$", "%%", "\n%%\n", "^id", "[^1]", "[^1]: ", "\\", "&amp;", "&#2;"),
    *("[", "](", ")", "![", "|300](x.png)", "<b>", "</b>", "<!--", "-->", "<div>\n", "<![x", "> [!note]- ", "[!tip]\n"),
    *("https://a.b", "www.", "@c.d", "x.md#flag-a", "review.md#flag-a", ' "marks this section")'),
    ' "marks this block")',
    *("[a](review.md#flag-a", "[w](wanted.md#wanted-w)", "javascript:", "a", "b ", "1", "é", "日", "\0", "\x02"),
    "\ud800",
]
_TEXTS = st.lists(st.sampled_from(_SIGNS), max_size=60).map("".join) | st.text(max_size=200)

_INNER = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_any_text_becomes_a_page_without_inner_signs(text: str) -> None:
    assert not _INNER.search(markdown().convert(text))


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_a_page_is_the_same_each_time(text: str) -> None:
    md = markdown()
    assert md.convert(text) == md.reset().convert(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*"javascript:JAVASCRIPT &#;x[]()<>!\t", "&colon;", "&#106;", "data:", "%0a", "\x01"])))
def test_no_link_of_markdown_runs_anything(signs: Sequence[str]) -> None:
    spelled = "".join(signs)
    html = markdown().convert(f"[a](java{spelled}script:x) [b](<javascript{spelled}:x>) ![c]({spelled}javascript:x)")
    found = re.findall(r'(?:href|src)="([^"]*)"', html)
    plain = [re.sub(r"[\x00-\x20]", "", unescape(address)).lower() for address in found]
    assert not [address for address in plain if address.startswith(("javascript:", "data:text"))]


@settings(max_examples=300, deadline=None)
@example("- [ ] a\n\n- b")
@given(_TEXTS.filter(lambda text: text.isprintable() or "\ud800" not in text))
def test_events_lie_within_the_text_and_in_order(text: str) -> None:
    source = text.encode()
    reading = dialect.read(text)
    # The parser tells the box of a task within the paragraph behind it, if there is one.
    apart = (Kind.END, Kind.TASK_LIST_MARKER)
    starts = [event.start for event in reading.events if event.kind not in apart]
    assert starts == sorted(starts)
    assert all(0 <= event.start <= event.end <= len(source) for event in reading.events)
    assert all(
        source[start:end].startswith(b"%%") and source[start:end].endswith(b"%%") for start, end in reading.comments
    )


@given(st.lists(st.sampled_from(["a", "a-1", "A", "!", "", "a 1", "section", "é"]) | st.text(max_size=5)))
def test_ids_are_never_empty_nor_taken_twice(texts: list[str]) -> None:
    ids = heading_ids(texts)
    assert all(ids)
    assert len(set(ids)) == len(texts)


def test_a_heading_that_nobody_writes_is_cut_at_a_word() -> None:
    (heading,) = outline(dialect.read(f"# {'x' * 999} y").events)
    assert heading.text == "x" * 999


@given(st.lists(st.integers(1, 6), min_size=1))
def test_levels_go_down_one_step_at_a_time_and_keep_their_order(written: list[int]) -> None:
    shown = levels(written, has_title=False)
    assert shown[0] == 2
    _keep_their_order(written, shown)


@given(st.lists(st.integers(1, 6)))
def test_all_headings_are_below_the_title(written: list[int]) -> None:
    shown = levels([1, *written], has_title=True)
    assert shown.count(1) == 1
    assert shown[0] == 1
    _keep_their_order([1, *(max(level, 2) for level in written)], shown)


def _keep_their_order(written: Sequence[int], shown: Sequence[int]) -> None:
    for (before, after), (above, below) in zip(pairwise(written), pairwise(shown), strict=True):
        assert below <= above + 1
        assert after > before or below <= above


class _Depth(HTMLParser):
    """Measures how deep elements nest."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.depth += tag not in {"br", "hr", "img", "input"}
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in {"br", "hr", "img", "input"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(">" * 10_000 + " end", id="quotes"),
        pytest.param("".join(" " * 2 * i + f"- {i}\n" for i in range(1_000)) + " " * 2_000 + "- end", id="lists"),
        pytest.param("- " * 5_000 + "end", id="lists-of-one-line"),
        pytest.param("**a " * 2_000 + "end" + "**" * 2_000, id="bold"),
        pytest.param("\n".join(">" * i + " [!note]- x" for i in range(1, 300)) + " end", id="callouts"),
    ],
)
def test_deep_nesting_ends_and_keeps_the_text(text: str) -> None:
    html = markdown().convert(text)
    depth = _Depth()
    depth.feed(html)
    assert depth.depth == 0
    assert depth.deepest < 100
    assert "end" in html


_FLAG = '[x](review.md#flag-a "marks this block")'
_FLAG_OF_SECTION = '[x](review.md#flag-a "marks this section")'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{'> ' * 100}words {_FLAG}", id="quotes"),
        pytest.param(f"{'- ' * 50}words {_FLAG}", id="items"),
        pytest.param(f"{'_' * 200}words {_FLAG}{'_' * 200}", id="emphasis"),
        pytest.param(f"{'> ' * 100}# Heading {_FLAG_OF_SECTION}\n{'> ' * 100}words", id="a-heading"),
        pytest.param("".join(f"{'> ' * at}[!note] {_FLAG}\n" for at in (99, 100)), id="callouts"),
    ],
)
def test_a_flag_that_stands_too_deep_keeps_its_pill_and_its_passage(text: str) -> None:
    html = markdown().convert(text)
    pills, passages = html.count('class="flag"'), html.count('id="a"')
    assert pills == passages == text.count("#flag-a")


_FLOODS = {
    **{
        f"{sign!r}": sign
        for sign in ("[", "![", "`", "==", "==a ", "$a ", "$1-", "$x$1", "%%a", "%%\n", "*a**b", "<a ")
    },
    **{
        f"{sign!r}": sign
        for sign in ("[^a]", "&", "|", "a", "a@", "a@b.c-", "http://", "www.", "<!--", "<?", "<![CDATA[")
    },
    **{f"{sign!r}": sign for sign in ("**a **\n\n", "# a\n", "a ^b\n\n", "^a\n\n", "<div>\n\n", "> [!note]\n", "$x$ ")},
    "flags": '[x](review.md#flag-a "marks this section")\n\n',
    "flags of one section": '## a\n\n[x](review.md#flag-a "marks this section") ',
}


@pytest.mark.timeout(60)  # what goes by the square never ends; `bench_holding_up` says how long the others take
@pytest.mark.parametrize("sign", _FLOODS.values(), ids=_FLOODS)
def test_a_flood_is_read_to_its_end(sign: str) -> None:
    assert "The end." in markdown().convert(f"{sign * (60_000 // len(sign))}\n\nThe end.")


def test_a_table_that_would_grow_without_end_is_text() -> None:
    head = "|a" * 300 + "|\n" + "|-" * 300 + "|\n"
    assert markdown().convert(head + "|b|\n" * 100).count("<td") == 30_000
    html = markdown().convert(head + "|b|\n" * 10_000)
    assert html.count("<td") == 0
    assert html.count("|b|") == 10_000
    assert not grows((head + ("|b" * 300 + "|\n") * 400).encode())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("tail", [")", ".", "&a;", "_", "/a"])
def test_a_long_address_is_read_to_its_end(tail: str) -> None:
    assert "The end." in markdown().convert(f"https://a.b/{tail * 30_000}\n\nThe end.")


@pytest.mark.timeout(60)
def test_many_items_on_a_line_with_a_formula_are_read_to_their_end() -> None:
    assert "The end." in markdown().convert(f"{'-  ' * 60}x$$\na\n$$\n\nThe end.")


_BARS = "|a\n" * 400 + "\n"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a|b", "x\n--|--|--\n|c|", id="in-the-head-of-a-table"),
        pytest.param("a|b\n--|--", ":\n|c|", id="in-its-line-of-dashes"),
        pytest.param(_BARS, "x", id="beside-many-bars"),
        pytest.param(f"{_BARS}{'|-' * 9}", "x", id="behind-dashes-beside-many-bars"),
    ],
)
def test_a_long_run_of_blanks_is_read_to_its_end(before: str, after: str) -> None:
    assert "The end." in markdown().convert(f"{before}{' ' * 60_000}{after}\n\nThe end.")


def _outline(html: str) -> list[str]:
    """List the blocks of a page, in order and depth; headings without their level."""
    found = re.findall(r"<(/?)(p|h[1-6]|ul|ol|li|blockquote|pre|hr|table)\b", html)
    return [end + re.sub(r"h\d", "h", tag) for end, tag in found]


def _without_additions(html: str) -> str:
    return re.sub(r'<p class="not-written".*?</p>', "", html)


def test_the_note_has_the_outline_of_the_reference() -> None:
    text = (ROOT / "docs" / "The Ops.md").read_text(encoding="utf-8")
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert sum(token.level == 0 and token.nesting >= 0 for token in reader.parse(text)) == 114
    assert _outline(_without_additions(markdown().convert(text))) == _outline(reader.render(text))


def test_the_note_has_the_counted_blocks() -> None:
    text = (ROOT / "docs" / "The Ops.md").read_text(encoding="utf-8")
    counted = Counter(_outline(markdown().convert(text)))
    assert (counted["li"], counted["ul"], counted["ol"]) == (56, 17, 2)
    assert [heading.text for heading in outline(dialect.read(text).events) if heading.is_empty] == [
        "What is DataOps actually?",
        "What is ML-OPS actually?",
    ]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a #b/c-d_e, #1a (#日本) #é.", ["a", "b/c-d_e", "1a", "日本", "é"]),
        ("#12 a#b &#35; x/#y \\#z ## #", []),
        ("#2024-01 #_ #a#b", ["2024-01", "_", "a"]),
    ],
)
def test_tags_are_obsidians(text: str, tags: list[str]) -> None:
    assert [match["name"] for match in TAG.finditer(text)] == tags


def test_so_much_code_of_a_page_is_coloured_and_more_is_plain() -> None:
    line, page = "x = 1\n", markdown()
    much = line * (MOST_COLOURED // 3 // len(line))
    fences = "".join(f"```python\n{code}```\n\n" for code in (line, much, line))
    for _ in range(2):
        html = page.reset().convert(fences)
        assert html.count('class="language-python highlight"') == 2
        assert f'<code class="language-python">{much}</code>' in html


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("language", "code"), [("makefile", "a"), ("terraform", "a"), ("c", "\n\t"), ("typescript", "a.")]
)
def test_code_of_long_lines_or_of_long_rows_of_blanks_is_plain(language: str, code: str) -> None:
    short, long = code * 400, code * 40_000
    html = markdown().convert(f"```{language}\nx{short}x\n```\n\n```{language}\nx{long}x\n```\n")
    assert html.count(f'class="language-{language} highlight"') == 1
    assert f'<code class="language-{language}">x{long}x\n</code>' in html


@pytest.mark.timeout(60)
@pytest.mark.parametrize("language", ["csharp", "java"])
def test_code_of_hundreds_of_words_without_another_sign_is_plain(language: str) -> None:
    short, long = "word\n" * 100, "word\n" * 5_000
    html = markdown().convert(f"```{language}\n{short}```\n\n```{language}\n{long}```\n")
    assert html.count(f'class="language-{language} highlight"') == 1
    assert f'<code class="language-{language}">{long}</code>' in html


@pytest.mark.timeout(60)
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no clock that ends a pattern")
def test_code_that_would_take_for_ever_to_colour_is_plain_and_so_is_what_follows() -> None:
    codes = {"python": "x = 1\n", "mcschema": "<!--\n" * 200, "py": "y\n"}
    html = markdown().convert("".join(f"```{language}\n{code}```\n\n" for language, code in codes.items()))
    assert html.count('class="language-python highlight"') == 1
    assert '<code class="language-mcschema">&lt;!--\n' in html
    assert '<code class="language-py">y\n</code>' in html


@given(st.text(alphabet="中文（）。、*~a ()", max_size=40))
@example("**（中）**文**（中）**")
def test_words_beside_marks_of_emphasis_stay_as_they_are(words: str) -> None:
    seen = dialect.read(f"x{words}x").events
    text = "".join(event.data if event.kind is Kind.TEXT else "" for event in seen)
    marks = str.maketrans("", "", "*~ ")
    assert text.translate(marks) == f"x{words}x".translate(marks)
