"""`python -m notes`: what contributors and workflows call."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sites import ROOT

from notes import __main__

BAD = "[[Git]] and [x](Nope.md)\n\n```\nopen\n"
EXPECTED = """\
{docs}/A.md:1:13: no-file: there is no file `Nope.md`
  1 | [[Git]] and [x](Nope.md)
    |             ^
  help: Add the file, or correct the name.
{docs}/A.md:3:1: unclosed-fence: this code block is not closed; everything to its end is shown as code
  3 | ```
    | ^
  help: Close it with a line of the same marks.
1 note, 2 problems
"""
DRAWING = """\
+---+     +---+
| a |---->| b |
+---+     +---+
"""


def notes(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "notes", *arguments]
    return subprocess.run(command, cwd=ROOT / "hooks", check=False, capture_output=True, encoding="utf-8", input=text)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "my notes"
    folder.mkdir()
    (folder / "A.md").write_text(BAD, encoding="utf-8")
    return folder


def test_check_shows_where_what_and_the_way_out(docs: Path) -> None:
    done = notes("check", str(docs))
    assert done.stdout == EXPECTED.format(docs=docs)
    assert (done.stderr, done.returncode) == ("", 1)


@pytest.mark.parametrize(
    ("line", "shown", "caret"),
    [
        pytest.param("\t\ttext [x](Nope.md)", "  text [x](Nope.md)", 7, id="tabs"),
        pytest.param("日本語 [x](Nope.md)", "日本語 [x](Nope.md)", 7, id="wide-characters"),
        pytest.param("e\u0301e\u0301 [x](Nope.md)", "e\u0301e\u0301 [x](Nope.md)", 3, id="combining-marks"),
        pytest.param("\u1112\u1161\u11ab [x](Nope.md)", "\u1112\u1161\u11ab [x](Nope.md)", 3, id="letters-of-korean"),
        pytest.param("\u26a0\ufe0f [x](Nope.md)", "\u26a0\ufe0f [x](Nope.md)", 3, id="signs-as-emoji"),
        pytest.param("a\x1b[1mb\u202ec [x](Nope.md)", "a [1mb c [x](Nope.md)", 9, id="control-characters"),
        pytest.param("##[b] [x](Nope.md)", "## [b] [x](Nope.md)", 7, id="what-a-runner-reads"),
        pytest.param(
            f"{'a' * 300} [x](Nope.md) {'b' * 300}", f"{'a' * 49} [x](Nope.md) {'b' * 37}", 50, id="a-long-line"
        ),
        pytest.param(f"{'日' * 300} [x](Nope.md)", f"{'日' * 49} [x](Nope.md)", 99, id="a-long-line-of-wide-ones"),
    ],
)
def test_the_caret_stands_below_the_place(tmp_path: Path, line: str, shown: str, caret: int) -> None:
    (tmp_path / "A.md").write_text(f"Text.\n{line}\n", encoding="utf-8")
    _, source, mark, _, _ = notes("check", str(tmp_path)).stdout.splitlines()
    assert (source, mark) == (f"  2 | {shown}", f"    | {' ' * caret}^")


def test_a_drawing_that_stays_is_shown_at_its_place(tmp_path: Path) -> None:
    text = "- Text:\n\n  ```\n  +---+    +---+\n  | é |--->| b |---->\n  +---+    +---+\n  ```\n"
    (tmp_path / "A.md").write_text(text, encoding="utf-8")
    place, source, mark, _, _ = notes("check", str(tmp_path)).stdout.splitlines()
    assert place.startswith(f"{tmp_path}/A.md:5:21: drawing: ")
    assert (source, mark) == ("  5 |   | é |--->| b |---->", f"    | {' ' * 20}^")


def test_check_tells_what_mermaid_does_not_understand(tmp_path: Path) -> None:
    text = "Text.\n\n> ```mermaid\n> flowchart LR\n>   a --> b[\n> ```\n\n```mermaid\nflowchart LR\n  a --> b\n```\n"
    (tmp_path / "A.md").write_text(text, encoding="utf-8")
    done = notes("check", str(tmp_path), "--format", "json")
    record = json.loads(done.stdout)
    assert (record["line"], record["code"], done.returncode) == (3, "mermaid", 1)
    assert record["message"].endswith("Parse error on line 3: ...chart LR a --> b[")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["A.md"]


def test_check_knows_the_tags_that_the_site_knows(docs: Path) -> None:
    (docs / "A.md").write_text("## Part\n\nWords. #UNCLEAR\n", encoding="utf-8")
    (docs.parent / "mkdocs.yml").write_text(
        "a: !ENV [B, c]\nb: !!python/name:os.system\nextra:\n  review:\n    tags:\n      UNCLEAR: unclear\n",
        encoding="utf-8",
    )
    told = notes("check", str(docs)).stdout
    assert (
        told
        == f"""\
{docs.parent}/mkdocs.yml:6:7: settings: the tag `UNCLEAR` has no label
  6 |       UNCLEAR: unclear
    |       ^
  help: Give it one: `TAG: {{label: one or two words, description: a sentence}}`.
1 note, 1 problem
"""
    )


def test_check_writes_annotations_for_a_workflow(docs: Path) -> None:
    first, second = notes("check", str(docs), "--format", "github").stdout.splitlines()
    place = f"file={docs}/A.md,line=1,col=13,title=no-file"
    assert first == f"::warning {place}::there is no file `Nope.md`. Add the file, or correct the name."
    assert second.startswith("::warning file=")


def test_check_writes_records_for_programs(docs: Path) -> None:
    first, _ = (json.loads(line) for line in notes("check", str(docs), "--format", "json").stdout.splitlines())
    assert (first["file"], first["line"], first["column"]) == (f"{docs}/A.md", 1, 13)
    assert (first["code"], first["severity"]) == ("no-file", "warning")


def test_nothing_wrong_is_exit_code_0(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("Text, [[A]], [[not yet]].\n", encoding="utf-8")
    (tmp_path / "B.canvas").touch()
    done = notes("check", str(tmp_path))
    assert (done.stdout, done.returncode) == ("1 note, 0 problems\n", 0)


def test_no_text_of_a_note_becomes_a_workflow_command(tmp_path: Path) -> None:
    links = "[x](%23%23[error].png) [y](a%0A::set-output%20name=b::c.png) [z](100%25.png)\n"
    (tmp_path / "A.md").write_text(links, encoding="utf-8")
    (tmp_path / "::error::##[b],%0A\r\n.md").write_text("```\n", encoding="utf-8")
    lines = notes("check", str(tmp_path), "--format", "github").stdout.splitlines()
    names = ("%3A%3Aerror%3A%3A## [b]%2C%250A%0D%0A.md", "A.md", "A.md", "A.md")
    for line, name in zip(lines, names, strict=True):
        assert line.startswith(f"::warning file={tmp_path.as_posix()}/{name},line=1,")
        assert "##[" not in line
        assert line.count("::") == 2
    assert "`100%25.png`" in lines[-1]
    assert "##[" not in notes("check", str(tmp_path)).stdout


@pytest.mark.parametrize("arguments", [(), ("check",), ("check", "nowhere"), ("check", ".", "--format", "x")])
def test_misuse_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = notes(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_to_export_to_where_nothing_can_be_written_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "A.md").touch()
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "out"
    done = notes("export", str(tmp_path / "docs"), str(out))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{out}: ")


def test_draw_prints_mermaid(tmp_path: Path) -> None:
    file = tmp_path / "drawing.txt"
    file.write_text(DRAWING, encoding="utf-8")
    for done in (notes("draw", str(file)), notes("draw", "-", text=DRAWING)):
        assert done.returncode == 0
        assert done.stdout.startswith("flowchart LR\n")
        assert '["a"]' in done.stdout


def test_draw_tells_why_a_drawing_stays() -> None:
    done = notes("draw", "-", text="+---+\n| a |---->\n+---+\n")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("-:2:")


def test_draw_takes_each_drawing_of_a_note(tmp_path: Path) -> None:
    file = tmp_path / "Note.md"
    dangling = "+---+\n| c |---->\n+---+\n"
    file.write_text(f"Text.\n\n```\n{DRAWING}```\n\n```\n{dangling}\n{DRAWING}```\n", encoding="utf-8")
    done = notes("draw", str(file), "--explain")
    assert done.returncode == 3
    assert done.stdout.count("flowchart LR") == 1
    assert done.stdout.count("| a |---->| b |") == 2
    assert done.stderr == f"{file}:11:10: an arrow points at nothing\n"


def test_draw_says_that_a_note_has_no_drawing(tmp_path: Path) -> None:
    file = tmp_path / "Note.md"
    file.write_text(f"Text.\n\n```text\n{DRAWING}```\n", encoding="utf-8")
    done = notes("draw", str(file))
    assert (done.stdout, done.stderr, done.returncode) == ("", f"{file}: there is no drawing in this note\n", 3)


def test_draw_explains_what_each_character_was_read_as() -> None:
    done = notes("draw", "-", "--explain", text="+----+\n| 重 |\n+----+\n 重要 -->\n")
    marked = "+----+\nbbbbbb\n| 重 |\nb ll b\n+----+\nbbbbbb\n 重要 -->\n llll ww?\n"
    assert done.stdout.startswith(marked)
    assert "Stays as drawn: an arrow points at nothing (line 4, column 7)." in done.stdout


def test_draw_of_a_file_that_is_not_there_is_misuse() -> None:
    assert notes("draw", "nowhere.txt").returncode == 2


def test_who_reads_may_stop_reading(docs: Path) -> None:
    (docs / "A.md").write_text("[x](Nope.md)\n" * 5000, encoding="utf-8")
    command = [sys.executable, "-m", "notes", "check", str(docs)]
    with subprocess.Popen(command, cwd=ROOT / "hooks", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk without room is there on Linux alone")
def test_output_that_cannot_be_written_is_misuse(docs: Path) -> None:
    command = [sys.executable, "-m", "notes", "check", str(docs)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT / "hooks", stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.stderr, done.returncode) == ("standard output: No space left on device\n", 2)


def test_the_page_of_a_workflow_that_cannot_be_written_is_misuse(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "x")):
        subprocess.run(("git", "-c", "user.name=a", "-c", "user.email=a@b.example", *command), cwd=docs, check=True)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(docs))
    done = notes("check", str(docs), "--since", "HEAD", "--format", "github")
    assert (done.stderr, done.returncode) == (f"{docs}: Is a directory\n", 2)


def test_nobody_needs_to_take_what_is_written(docs: Path) -> None:
    command = ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "notes", "check", str(docs)]
    done = subprocess.run(command, cwd=ROOT / "hooks", stderr=subprocess.PIPE, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 1)


def test_ctrl_c_ends_a_command_without_a_traceback(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "find_problems", stop)
    assert __main__.main(["check", str(docs)]) == __main__.STOPPED


def test_what_the_settings_keep_off_the_site_is_not_checked(docs: Path) -> None:
    for path in ("Templates/Day.md", "drafts/Plan.md", "templates/Kept.md"):
        (docs / path).parent.mkdir(exist_ok=True)
        (docs / path).write_text("[x](Nope.md)\n", encoding="utf-8")
    (docs / "A.md").write_text("[[Day]] [y](drafts/Plan.md)\n", encoding="utf-8")
    settings = "exclude_docs: |\n  /Templates/\n  !/templates/\ndraft_docs: drafts/\n"
    (docs.parent / "mkdocs.yml").write_text(settings, encoding="utf-8")
    told = notes("check", str(docs), "--format", "json").stdout.splitlines()
    problems = [json.loads(line) for line in told]
    assert [(problem["file"].rpartition("/my notes/")[2], problem["code"]) for problem in problems] == [
        ("A.md", "not-published"),
        ("A.md", "not-published"),
        ("templates/Kept.md", "no-file"),
    ]
    notes("export", str(docs), str(docs.parent / "out"))
    assert not (docs.parent / "out" / "Templates").exists()
