"""Bases: whatever a file, a formula or a property holds, a page comes of it, and in time."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.test_fuzz import EXAMPLES

import notes
from notes.bases import Base, read_base
from notes.bases.definition import MOST_VIEWS
from notes.bases.results import MOST_ROWS
from notes.export import export

NOTE: Final = """---
number: 3
text: "some words, more"
date: 2024-05-06
moment: 2024-05-06T07:08:09
list: [1, two, "[[Note]]", 2024-01-01]
map: {a: 1, b: [2]}
truth: true
link: "[[Note|me]]"
nothing:
---
Words. [[Note]] #tag
"""
_TOKENS: Final = (
    *("number", "text", "date", "moment", "list", "map", "truth", "link", "nothing", "missing", "note", "formula"),
    *("file", "this", "value", "index", "acc", "formula.x", "file.tags", "file.links", "this.file", "file.mtime"),
    *("1", "0", "2.5", "1e300", '"a"', "'b'", '"1d"', '"2024-01-01"', "true", "null", "/a(b|c)?/g", "/[a-z]+/"),
    *("[", "]", "(", ")", "{", "}", ",", ":", ".", "!", "-", "+", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"),
    *(
        ".contains(",
        ".length",
        ".map(",
        ".filter(",
        ".reduce(",
        ".split(",
        ".replace(",
        ".repeat(",
        ".join(",
        ".flat()",
    ),
    *(".format(", ".round(", ".toFixed(", ".slice(", ".sort()", ".unique()", ".isEmpty()", ".toString()", ".date()"),
    *(
        "if(",
        "list(",
        "link(",
        "date(",
        "duration(",
        "number(",
        "max(",
        "image(",
        "html(",
        "file(",
        "today()",
        "now()",
        "[0]",
    ),
    *(".asFile()", ".hasTag(", ".inFolder(", ".hasLink(", ".isType(", ".matches(", ".relative()", ".keys()", ".year"),
)
FORMULAS: Final = st.lists(st.sampled_from(_TOKENS), max_size=14).map("".join)
_OPERANDS: Final = st.sampled_from(
    [token for token in _TOKENS if token[0] != "." and (token[-1].isalnum() or token[-1] in "\"'")]
)
SOUND: Final = st.recursive(
    _OPERANDS,
    lambda inner: (
        st.tuples(inner, st.sampled_from(("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||")), inner).map(
            lambda parts: f"({' '.join(parts)})"
        )
        | st.tuples(
            inner, st.sampled_from([token for token in _TOKENS if token[0] == "." and token[-1] == "("]), inner
        ).map(lambda parts: f"({parts[0]}){parts[1]}{parts[2]})")
        | st.tuples(inner, st.sampled_from([token for token in _TOKENS if token[0] == "." and token[-1] == ")"])).map(
            lambda parts: f"({parts[0]}){parts[1]}"
        )
        | st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.tuples(inner, inner, inner).map(lambda parts: f"if({', '.join(parts)})")
    ),
    max_leaves=8,
)
"""Formulas that can be read."""


def _pages(files: Mapping[str, str]) -> dict[str, notes.Page]:
    """The pages of a folder, in which nothing is our fault."""
    site = notes.read_site({path: text.encode() for path, text in files.items()}, (), notes.Settings())
    pages = notes.note_pages(site)
    told = [*site.problems, *(problem for page in pages.values() for problem in page.problems)]
    assert not [problem for problem in told if problem.kind.code == "our-fault"]
    return pages


def _base(formula: str, view: Mapping[str, object]) -> str:
    """JSON is YAML."""
    shown = {"order": ["file.name", "formula.x"], **view}
    return json.dumps({"filters": 'file.ext == "md"', "formulas": {"x": formula}, "views": [shown]})


@settings(max_examples=EXAMPLES, deadline=None)
@given(FORMULAS | SOUND)
@example("[list, list].flat().map([value, value]).flat().join(text)")
@example("formula.x + formula.x")
@example("(-1).toFixed(1e300)")
@example("text.repeat(1e300)")
@example('date + "9999999y"')
@example('date - "9999999w"')
@example("date.format(text.repeat(50))")
@example("1e300 * 1e300 - 1e300 * 1e300")
@example("(0 * -1).round(-400)")
@example("if(if(if(1,2),3),4).length")
def test_any_formula_is_shown_sorted_by_and_summed_up(formula: str) -> None:
    summaries = {"formula.x": "Average", "file.name": "Range"}
    view = {"groupBy": "formula.x", "sort": [{"property": "formula.x"}], "summaries": summaries}
    pages = _pages({"A.base": _base(formula, view), "Note.md": NOTE, "b/Other.md": "Words.\n"})
    assert pages["A.base"].markdown


@settings(max_examples=EXAMPLES, deadline=None)
@given(SOUND)
def test_each_file_either_fits_a_filter_or_does_not(formula: str) -> None:
    views: list[dict[str, object]] = [
        {"type": "list", "filters": formula},
        {"type": "list", "filters": {"not": [formula]}},
        {"type": "list", "filters": {"and": [formula, {"not": [formula]}]}},
    ]
    base = json.dumps(
        {"filters": 'file.ext == "md"', "views": [{**view, "name": f"V{at}"} for at, view in enumerate(views)]}
    )
    _, fits, does_not, both = _pages({"A.base": base, "Note.md": NOTE, "Other.md": "Words.\n"})[
        "A.base"
    ].markdown.split("## V")
    assert (fits + does_not).count("- [") == 2
    assert not both.count("- [")


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.text(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(("file.name", "price > 3")),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ("filters", "views", "formulas", "properties", "and", "or", "type", "order", "groupBy", "sort")
                ),
                inner,
            )
        ),
    ).map(json.dumps)
)
@example("views:\r\n  - name: |\n      ```\n")
@example("\x85views: []")
def test_any_file_is_a_page_and_any_block_leaves_the_rest_of_its_note(text: str) -> None:
    block = "\n".join(("Before.", "", "~~~~~base", *text.splitlines(), "~~~~~", "", "After."))
    pages = _pages({"A.base": text, "Note.md": block, "Other.md": "![[A.base]]\n\nAfter.\n"})
    assert pages["A.base"].markdown
    if "~~~~~" not in text:
        assert pages["Note.md"].markdown.partition("<aside")[0].rstrip().endswith("After.")
    assert pages["Other.md"].markdown.rstrip().endswith("After.")


@pytest.mark.parametrize(
    "formula",
    [
        "[1,2,3,4,5,6].map([1,2,3,4,5,6].map([1,2,3,4,5,6].map([1,2,3,4,5,6].map([1,2,3,4,5,6].map([1,2])))))",
        '"ab".repeat(5000).split("").map("ab".repeat(5000).split("").map(value))',
        "[1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9].reduce([acc, acc], text)",
        '/.*.*.*.*x/.matches("a".repeat(10000))',
        '"a".repeat(10000).replace(/a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b/g, "")',
        "formula.y + formula.y",
    ],
)
def test_a_formula_that_asks_for_too_much_is_shown_as_written_and_told(formula: str) -> None:
    more = {f"y{at}": f"formula.y{at + 1} + formula.y{at + 1}" for at in range(18)}
    base = json.dumps(
        {"formulas": {"x": formula, "y": "formula.y0", **more, "y18": "1"}, "views": [{"order": ["formula.x"]}]}
    )
    files = {"A.base": base, **{f"{at}.md": "text: words\n" for at in range(20)}}
    pages = _pages(files)
    assert pages["A.base"].markdown.startswith("```base\n")
    assert [problem.kind.code for problem in pages["A.base"].problems] == ["too-much"]


def test_only_the_view_that_is_embedded_is_asked_for() -> None:
    mapped = "[1, 2, 3, 4, 5, 6, 7, 8].map(" * 8 + "value" + ")" * 8
    views = [{"name": "Slow", "order": ["formula.x"]}, {"name": "Quick", "type": "list"}]
    base = json.dumps({"formulas": {"x": mapped}, "views": views})
    pages = _pages({"A.base": base, "B.md": "![[A.base#Quick]]", "C.md": "![[A.base]]"})
    assert "- [B](B.md)" in pages["B.md"].markdown
    assert [problem.kind.code for problem in pages["A.base"].problems] == ["too-much"]
    assert pages["A.base"].markdown.count("This base asks for more than a page can show.") == 2
    assert "This base asks for more than a page can show." in pages["C.md"].markdown


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ("Ann", "ann.md", "people/Ann", '"[[Ann]]"', '"[[people/Ann|A.]]"', '"[[Ann#Part]]"', "Bob", "1")
        ),
        max_size=3,
    ),
    st.sampled_from(("who == this", "who == this.file", "list(who).contains(this)", "note.who.contains(this.file)")),
)
def test_the_index_leaves_out_no_file_that_fits(named: list[str], statement: str) -> None:
    who = named[0] if len(named) == 1 else f"[{', '.join(named)}]"
    filters = (statement, f"({statement})")  # of which the second is no statement that the index knows
    views = [{"type": "list", "name": f"V{at}", "filters": each} for at, each in enumerate(filters)]
    base = json.dumps({"views": views})
    files = {"people/Ann.md": f"```base\n{base}\n```\n", "Book.md": f"---\nwho: {who}\n---\n", "Bob.md": "Words.\n"}
    shown = _pages(files)["people/Ann.md"].markdown.partition("<aside")[0]
    assert shown.count("[Book](") in {0, 2}


def test_a_view_shows_so_many_rows_and_says_how_many_it_leaves_out() -> None:
    files = {f"{at}.md": "" for at in range(MOST_ROWS + 2)}
    page = _pages({"A.base": "views: [{type: list}]", **files})["A.base"].markdown
    assert page.count("- [") == MOST_ROWS
    assert "3 more are not shown." in page


def test_a_base_has_so_many_views() -> None:
    base = read_base(json.dumps({"views": [{"name": str(at)} for at in range(MOST_VIEWS + 1)]}))
    assert isinstance(base, Base)
    assert len(base.views) == MOST_VIEWS
    assert [fault.message for fault in base.faults] == [f"only the first {MOST_VIEWS} views of a base are shown"]


def test_an_exported_base_is_the_file_and_a_note_shows_its_view(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "out"
    docs.mkdir()
    (docs / "All.base").write_text("filters: file.name == 'Note'\nviews: [{name: V}]\n")
    (docs / "Note.md").write_text("[[All.base]]\n\n![[All.base]]\n")
    export(docs, out, notes.Settings())
    assert (out / "All.base").read_bytes() == (docs / "All.base").read_bytes()
    written = (out / "Note.md").read_text()
    assert "[All.base](All.base)" in written
    assert "| [Note](Note.md) |" in written
