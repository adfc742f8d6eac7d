"""What readers load of our scripts and style sheets: all of the code, none of the comments on lines of their own."""

from pathlib import Path

import pytest
from tests.sites import ROOT

from publishing.comments import without_comments

ASSETS = sorted(path for path in (ROOT / "overrides" / "assets").rglob("*") if path.suffix in {".css", ".js"})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/* one */\na\n", "a\n"),
        ("a\n  /* two\n  lines */\n  b\n", "a\n  b\n"),
        ("// one\na\n", "a\n"),
        ("/* one */\n/* two */\na\n", "a\n"),
    ],
)
def test_comments_on_lines_of_their_own_go(text: str, left: str) -> None:
    assert without_comments(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "a; // why\n",
        'const a = "/* no */";\n',
        'fetch("http://a");\n',
        "a /* b */ c\n",
        "/* a */ b\n",
        "/* a */ b\nc /* d */\n",
    ],
)
def test_what_shares_its_line_with_code_stays(text: str) -> None:
    assert without_comments(text) == text


@pytest.mark.parametrize("source", ASSETS, ids=lambda path: path.name)
def test_published_files_are_code(site: Path, source: Path) -> None:
    published = (site / source.relative_to(ROOT / "overrides")).read_text(encoding="utf-8")
    assert published
    assert len(published) < len(source.read_text(encoding="utf-8"))
    assert not [line for line in published.splitlines() if line.lstrip().startswith(("/*", "//"))]
