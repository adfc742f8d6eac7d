"""What the plugin Extended MathJax lets all formulas know: on the site, in an export, in a check; and hostile texts."""

import json
import os
import time
from pathlib import Path

import pytest
from tests.crawl import soup
from tests.repositories import new_repository
from tests.sites import build, copy_project

from notes import Settings, read_preamble
from notes.__main__ import main
from notes.export import export

PREAMBLE = r"""% \newcommand{\commented}{c}  {
\usepackage[utf8]{inputenc}
\newcommand{\mine}{\mathbb{R}} % a set }
\newcommand{alpha}{a}
\renewcommand\l{\left}\renewcommand\r{\right}
\newcommand{\size}[2][x]{\l|#1#2\r|}
\newcommand{\words}[1]{\text{of $#1$}}
\newcommand{\rows}[2]{
\begin{pmatrix}
#1 \\
#2
\end{pmatrix}
}
\newcommand{\part}{5 % of it
}
\newcommand{\change}{\renewcommand{\mine}{changed}}
"""
CARD = {"id": "1", "type": "text", "text": r"$\mine$", "x": 0, "y": 0, "width": 9, "height": 9}
NOTES = {
    "preamble.sty": PREAMBLE,
    "Note.md": "# $\\mine$\n\n> $$\n> \\size{y}\\words{z}\n> $$\n\n![[Other]]\n",
    "Other.md": "$\\renewcommand{\\mine}{M}\\mine$ $\\mine$\n",
    "Board.canvas": json.dumps({"nodes": [CARD], "edges": []}),
}
PHYSICS = "\\require{physics}\n\\newcommand{\\speed}{\\dv{x}{t}}\n"


def _folder(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _checked(docs: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["check", str(docs), "--format", "json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [f"{one['file'].removeprefix(f'{docs}/')}:{one['line']}: {one['message']}" for one in told]


def test_all_formulas_of_the_site_know_it(tmp_path: Path) -> None:
    site = build(copy_project(tmp_path / "project", NOTES), tmp_path / "site")
    page = soup(site / "note" / "index.html")
    assert page.select("code.math") == []
    assert [found.text for found in page.select("h1 math, blockquote math, .embed math")] == [
        "ℝ",
        "|xy|of\xa0z",
        "M",
        "M",
    ]
    assert [found.text for found in soup(site / "board.canvas" / "index.html").select("article math")] == ["ℝ"]
    assert (site / "preamble.sty").is_file()


def test_an_export_says_what_its_formulas_know(tmp_path: Path) -> None:
    formulas = (
        "$\\mine$ $x$ $\\words{y}$ $\\part$ $\\unknown\\mine$\n\n> $$\n> \\rows ab\n> $$\n\n"
        "| $\\size{y}$ | $\\mine$ |\n|--|--|\n\n$\\newcommand{\\own}{\\mine^2}$ $\\own$ `$\\mine$`\n"
    )
    docs = _folder(tmp_path / "docs", {"preamble.sty": PREAMBLE, "Note.md": formulas, "Other.md": "$\\own x$\n"})
    export(docs, tmp_path / "out", Settings())
    assert (
        (tmp_path / "out" / "Note.md")
        .read_text(encoding="utf-8")
        .endswith(
            "$\\mathbb{R}$ $x$ $\\text{of $y$}$ $\\part$ $\\unknown\\mathbb{R}$\n\n"
            "> $$\\begin{pmatrix} a \\\\ b \\end{pmatrix}$$\n\n"
            "| $\\size{y}$ | $\\mathbb{R}$ |\n|--|--|\n\n$\\newcommand{\\own}{\\mine^2}$ $\\mathbb{R}^2$ `$\\mine$`\n"
        )
    )
    assert "$\\own x$\n" in (tmp_path / "out" / "Other.md").read_text(encoding="utf-8")


def test_links_find_a_heading_whose_formula_is_written_out(tmp_path: Path) -> None:
    note = "# One\n\n## Of $\\mine$\n\nWords.\n\n## Of $x$\n\n[[#Of $\\mine$]]\n"
    export(_folder(tmp_path / "docs", {"preamble.sty": PREAMBLE, "Note.md": note}), tmp_path / "out", Settings())
    text = (tmp_path / "out" / "Note.md").read_text(encoding="utf-8")
    assert '\n## <a id="of-mine"></a>Of $\\mathbb{R}$\n' in text
    assert "\n## Of $x$\n" in text
    assert "(#of-mine)" in text


def test_it_may_ask_for_physics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = _folder(tmp_path / "docs", {"preamble.sty": PHYSICS, "Note.md": "$\\speed$ $\\dv{y}{t}$ $\\vb{v}$\n"})
    assert _checked(docs, capsys) == []
    export(docs, tmp_path / "out", Settings())
    assert "${\\mathbf{v}}$" in (tmp_path / "out" / "Note.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [".obsidian/maths.sty", "/tex/it.sty", "tex/../tex/it.sty"])
def test_the_plugin_may_name_another_file(tmp_path: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = path.lstrip("/").replace("tex/../", "")
    settings = {".obsidian/plugins/obsidian-latex/data.json": json.dumps({"preamblePath": path})}
    _folder(tmp_path, {**settings, file: "\\def\\mine{m}\n", "preamble.sty": "\\def\\other{o}\n"})
    _folder(tmp_path, {"Note.md": "$\\mine$ $\\other$\n"})
    assert _checked(tmp_path, capsys) == [
        'Note.md:1: this formula cannot be typeset (Unknown command "\\other"); readers see its source'
    ]


@pytest.mark.parametrize("settings", ["[]", '{"preamblePath": 3}', "{", "\0"])
def test_settings_that_name_none_leave_it_where_it_is(tmp_path: Path, settings: str) -> None:
    _folder(tmp_path, {".obsidian/plugins/obsidian-latex/data.json": settings, "preamble.sty": PREAMBLE})
    assert read_preamble(tmp_path)[0].text == PREAMBLE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"\\def\\mine{\\mine}", "preamble.sty:1: this definition cannot be read, or has no end; no formula knows it"),
        (
            b"\n\\def\\mine#1{\\mine{#1#1}}",
            "preamble.sty:2: this definition cannot be read, or has no end; no formula knows it",
        ),
        (
            b"\\def\\a{xxxxxxxxxxxxxxxxxxxx}"
            + b"".join(b"\\def\\%c{\\%c\\%c}" % (n, n - 1, n - 1) for n in range(98, 123))
            + b"\\def\\mine{\\z}",
            "preamble.sty:1: this definition cannot be read, or has no end; no formula knows it",
        ),
        (
            b"\\newcommand{\\mine}{m}\n\n\\newcommand{\\b}[x]{y}\\def\\c(#1){}",
            "preamble.sty:3: this definition cannot be read, or has no end; no formula knows it",
        ),
        (
            b"\\def\\mine{m}\n\\def\\b{" * 4_000,
            "preamble.sty:2: this definition cannot be read, or has no end; no formula knows it",
        ),
        (b"\\def\\mine{\xff}", "preamble.sty:1: byte 0xFF is not valid UTF-8; it is shown as \ufffd"),
        (
            b"\\def\\mine{m}" * 100_000,
            "preamble.sty:1: this holds more than 100,000 bytes; no formula knows its commands",
        ),
    ],
    ids=["itself", "itself-twice", "doubling", "no-number", "open", "bad-bytes", "too-long"],
)
def test_a_hostile_one_costs_a_message(
    tmp_path: Path, text: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _folder(tmp_path, {"Note.md": "$\\mine$ " * 100})
    (tmp_path / "preamble.sty").write_bytes(text)
    started = time.perf_counter()
    assert told in _checked(tmp_path, capsys)
    assert time.perf_counter() - started < 5


@pytest.mark.skipif(os.name != "posix", reason="links may need rights")
def test_nothing_is_read_from_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = _folder(tmp_path / "docs", {"Note.md": "Words.\n"})
    (tmp_path / "secret.sty").write_text("\\def\\mine{secret}\n", encoding="utf-8")
    (docs / "preamble.sty").symlink_to(tmp_path / "secret.sty")
    message = "preamble.sty:1: no formula knows the commands of this file: it leads out of the folder of notes"
    assert message in _checked(docs, capsys)
    settings = json.dumps({"preamblePath": "../secret.sty"})
    _folder(docs, {".obsidian/plugins/obsidian-latex/data.json": settings})
    assert read_preamble(docs)[0].text == ""
    (docs / "preamble.sty").unlink()
    (docs / "preamble.sty").mkdir()
    (docs / ".obsidian" / "plugins" / "obsidian-latex" / "data.json").unlink()
    assert _checked(docs, capsys) == []


def test_a_change_of_it_is_told_where_formulas_break(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository = new_repository(tmp_path / "repository")
    repository.write("preamble.sty", "\\def\\mine{m}\\def\\other{o}\n")
    before = repository.put("2024-01-01", Note="$\\mine$\n\n$\\other$\n\n$\\unknown$\n")
    repository.write("preamble.sty", "\\def\\mine{m}\n")
    repository.commit("2024-02-02")
    main(["check", str(repository.docs), "--format", "json", "--since", before])
    assert [json.loads(line)["line"] for line in capsys.readouterr().out.splitlines()] == [3]
