"""The summary of a change, on real repositories, as the job of a pull request writes it."""

from pathlib import Path

import pytest
from tests.repositories import Repository, new_repository

from notes.__main__ import main
from notes.summary import ANNOTATIONS, MOST

FIRST, SECOND = "2024-01-01", "2024-02-02"
FLAG = "#I_DONT_LIKE_THIS_REWRITE"
BEFORE = f"""\
## Part

Words. {FLAG} (why)

Words that are mended. {FLAG}

[[b#Sec]], [[c]], [[#Nowhere]], [[gone]], [[d]]
"""
AFTER = f"""\
## Part

Words. {FLAG} (why)

Words that are better.

[[b#Sec]], [[c]], [[#Nowhere]], [[gone]], [[d]], [[not yet]]

New. {FLAG} (a \\<b> [x](https://elsewhere.example))

[x](nowhere.md)

```
+---+    +---+
| a |--->| b |
+---+    +---+
```

```
+---+    +---+
| a |--->| b |---->
+---+    +---+
```
"""
EXPECTED = """\
## What this change does to the notes

| | |
|---|--:|
| Pages changed | 5 |
| Flags set | 1 |
| Flags resolved | 1 |
| Links broken | 3 |
| Links mended | 1 |
| Drawings read | 1 |
| Drawings that stay as drawn | 1 |
| Problems added | 3 |
| Problems mended | 0 |

### Pages changed

- docs/a.md
- docs/b.md
- docs/c.md: new
- docs/e.md: was d.md
- docs/gone.md: gone

### Flags set

- docs/a.md:9: rewrite (a \\<b\\> x), a › Part

### Flags resolved

- docs/a.md:5: rewrite, a › Part

### Links broken

- docs/a.md:7: b\\#Sec
- docs/a.md:7: gone
- docs/a.md:11: nowhere.md

### Links mended

- docs/a.md:7: c

### Drawings read

- docs/a.md:13, Part

### Drawings that stay as drawn

- docs/a.md:21, Part: an arrow points at nothing

### Problems added

- docs/a.md:7: \\`b\\` has no heading \\`Sec\\`; the link opens the page. Correct the name.
- docs/a.md:11: there is no file \\`nowhere.md\\`. Add the file, or correct the name.
- docs/a.md:21: this drawing stays as it is: an arrow points at nothing. Redraw that place, or write \\`text\\` after \
the opening marks to keep the drawing as it is.
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = new_repository(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.chdir(tmp_path)
    return repository


def _summary(repository: Repository, since: str) -> str:
    main(["check", "docs", "--format", "github", f"--since={since}"])
    page = repository.root / "summary.md"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    return text


def test_a_change_is_told_on_one_page(repository: Repository) -> None:
    long = "A note long enough to be known again.\n\nIt has words.\n"
    before = repository.put(FIRST, a=BEFORE, b="## Sec\n\nText.\n", gone="Text.\n", d=long)
    (repository.docs / "gone.md").unlink()
    repository.git("mv", "docs/d.md", "docs/e.md")
    repository.put(SECOND, a=AFTER.replace("[[d]]", "[[e]]"), b="## Other\n\nText.\n", c="Other words.\n")
    assert _summary(repository, before) == EXPECTED


def test_links_that_are_written_anew_for_a_renamed_note_are_neither_broken_nor_mended(repository: Repository) -> None:
    long = "A note long enough to be known again.\n\n## Here\n\n"
    before = repository.put(FIRST, a=long, b="[[a]] [[a#Here]] [[a#Nowhere]] [[a#Gone]]\n", c=f"{long}[[#Nowhere]]\n")
    repository.git("mv", "docs/a.md", "docs/d.md")
    repository.git("mv", "docs/c.md", "docs/e.md")
    new = "[[d]] [[d#Here]] [[d#Nowhere]] [[d#Gone]] [[d#New]]\n"
    repository.put(SECOND, b=new, d=f"{long}## Gone\n", e=f"{long}Better: [[#Nowhere]]\n")
    page = _summary(repository, before)
    assert "### Links broken\n\n- docs/b.md:1: d\\#New\n\n### Links mended\n\n- docs/b.md:1: d\\#Gone\n\n" in page
    assert "| Problems added | 1 |\n| Problems mended | 1 |" in page


def test_a_change_of_nothing(repository: Repository) -> None:
    repository.put(FIRST, a=BEFORE)
    lines = _summary(repository, "HEAD").splitlines()
    assert [line.split("|")[2].strip() for line in lines[4:]] == ["0"] * 9


@pytest.mark.parametrize("way", ["attributes", "settings"])
def test_line_ends_that_git_writes_are_no_change(repository: Repository, way: str) -> None:
    if way == "attributes":
        (repository.root / ".gitattributes").write_text("*.md eol=crlf\n", encoding="ascii")
    else:
        repository.git("config", "core.autocrlf", "true")
    before = repository.put(FIRST, a=AFTER, b="Text.\n", e="Words that stay.\n\nOther words.\n")
    for note in repository.docs.iterdir():
        note.unlink()
    repository.git("checkout", "--quiet", "--", "docs")
    assert (repository.docs / "b.md").read_bytes() == b"Text.\r\n"
    (repository.docs / "e.md").rename(repository.docs / "f.md")
    repository.write("a.md", AFTER.replace("\n", "\r\n").replace("New.", "Newer."))
    _, *parts = _summary(repository, before).split("### ")
    assert parts == ["Pages changed\n\n- docs/a.md\n- docs/f.md: was e.md\n"]


def test_what_is_wrong_with_the_settings_has_its_file(repository: Repository) -> None:
    settings = "extra: {{review: {{tags: {{{}: {{}}}}}}}}\n"
    (repository.root / "mkdocs.yml").write_text(settings.format("OLD"), encoding="utf-8")
    before = repository.put(FIRST, a="Text.\n")
    (repository.root / "mkdocs.yml").write_text(settings.format("NEW"), encoding="utf-8")
    lines = _summary(repository, before).splitlines()
    assert "- mkdocs.yml: the tag \\`OLD\\` has no label" in lines
    assert any(line.startswith("- mkdocs.yml:1: the tag \\`NEW\\` has no label. ") for line in lines)


def test_a_flood_is_cut_and_says_so(repository: Repository) -> None:
    before = repository.put(FIRST, a="Text.\n")
    repository.put(SECOND, a="[x](nowhere.md)\n\n" * (MOST + 3))
    text = _summary(repository, before)
    assert f"| Problems added | {MOST + 3} |" in text
    assert text.count("- docs/a.md:") == MOST + 1  # they are all one link
    assert "- and 3 more" in text
    assert f"the first {ANNOTATIONS} warnings" in text


def test_long_texts_are_cut(repository: Repository) -> None:
    """GitHub shows no page of more than 1 MiB."""
    before = repository.put(FIRST, a="Text.\n")
    long = "😀" * 5_000
    note = f"## {long}\n\nWords. {FLAG} ({long})\n\n[x]({long}№.md)\n\n"
    repository.put(SECOND, a="".join(note.replace("№", str(number)) for number in range(MOST)))
    assert len(_summary(repository, before).encode()) < 1 << 20


def test_no_text_of_a_note_acts_on_the_page(repository: Repository) -> None:
    before = repository.put(FIRST, a="Text.\n")
    repository.write(
        "<img src=x> www.b.example https:--c.example ::error:: ##[error]x.md", f"{FLAG} (**why** ![y](z))\n"
    )
    heading = "## Setting `` `<b>x `` up\n\n[[#Setting <b>y up]]\n\n"  # it is proposed as a close name
    repository.put(SECOND, a=f"{heading}[<script>](<https.//x>) [[| ]]\n\n[y](a[b](javascript.x))")
    text = _summary(repository, before)
    assert "<" not in text.replace("\\<", "")
    assert "](" not in text.replace("\\](", "")
    assert "##[" not in text


def test_without_a_change_or_a_workflow_nothing_is_written(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.put(FIRST, a="Text.\n")
    main(["check", "docs", "--format", "github"])
    main(["check", "docs", "--format", "json", "--since=HEAD"])
    assert not (repository.root / "summary.md").exists()
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert main(["check", "docs", "--format", "github", "--since=HEAD"]) == 0
