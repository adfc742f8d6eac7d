"""What a change adds, on real repositories, by the command that a pull request runs."""

import json
import os
from pathlib import Path

import pytest
from tests.repositories import Repository, new_repository, put_before_git

from notes.__main__ import MISUSE, main
from notes.history import git

FIRST, SECOND, THIRD = "2024-01-01", "2024-02-02", "2024-03-03"
FLAG = "#I_DONT_LIKE_THIS_REWRITE"
NO_FENCE = "```\nnot closed\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "a repository")


@pytest.fixture
def check(repository: Repository, capsys: pytest.CaptureFixture[str]) -> "Check":
    return Check(repository, capsys)


class Check:
    """The command, in a repository."""

    def __init__(self, repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
        self._docs = repository.docs
        self._capsys = capsys

    def __call__(self, since: str, code: int) -> list[str]:
        """Give `path:line:code` of what is told."""
        assert main(["check", str(self._docs), "--format", "github", f"--since={since}"]) == code
        told = self._capsys.readouterr().out.splitlines()
        return [_short(line, self._docs) for line in told]


def _short(line: str, docs: Path) -> str:
    properties = dict(part.split("=", 1) for part in line.split("::")[1].partition(" ")[2].split(","))
    return f"{properties['file'].removeprefix(f'{docs}/')}:{properties['line']}:{properties['title']}"


def test_only_what_a_change_adds_is_told(repository: Repository, check: Check) -> None:
    before = repository.put(FIRST, a="[x](old.md)\n\n[[#Nowhere]]\n", b=NO_FENCE)
    repository.put(SECOND, a="New.\n\n[[#Nowhere]]\n\n[[#Nothing]]\n", b=NO_FENCE, c=NO_FENCE)
    assert check(before, 1) == ["a.md:5:no-heading", "c.md:1:unclosed-fence"]
    assert check("HEAD", 0) == []


def test_a_picture_that_is_taken_away_is_told_where_it_is_shown(repository: Repository, check: Check) -> None:
    repository.write("a.png", "")
    before = repository.put(FIRST, a="![[a.png]]\n")
    (repository.docs / "a.png").unlink()
    repository.commit(SECOND)
    assert check(before, 1) == ["a.md:1:no-file"]


def test_what_only_moved_is_left_alone(repository: Repository, check: Check) -> None:
    text = f"[[#Nowhere]]\n\nThe words. {FLAG}\n\n{NO_FENCE}"
    before = repository.put(FIRST, a=text)
    repository.git("mv", "docs/a.md", "docs/b.md")
    repository.put(SECOND, b=f"New.\n\n{text}")
    assert check(before, 0) == []


def test_of_two_alike_the_one_on_the_new_line_is_told(repository: Repository, check: Check) -> None:
    before = repository.put(FIRST, a="Text.\n\n[[#Nowhere]]\n")
    repository.put(SECOND, a="[[#Nowhere]]\n\nText.\n\n[[#Nowhere]]\n")
    assert check(before, 1) == ["a.md:1:no-heading"]


def test_a_flag_that_the_change_sets_is_told_and_fails_nothing(repository: Repository, check: Check) -> None:
    before = repository.put(FIRST, a=f"Old words. {FLAG}\n\nWords.\n\nMore `{FLAG}`.\n", b=f"Moved. {FLAG}\n")
    repository.put(SECOND, a=f"Older words. {FLAG}\n\nWords.\n\nMore.\n\nMoved. {FLAG}\n", b=f"Text.\n\nNew. {FLAG}\n")
    assert check(before, 0) == ["b.md:3:flag"]


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize(
    ("form", "line"),
    [(f"{FLAG}\n\n{{}}\n\n", 0), (f"> {FLAG}\n>\n> {{}}\n\n", 0), (f"{{}}\n{FLAG}\n\n", 1)],
    ids=["above", "above-in-a-quote", "below"],
)
def test_a_flag_that_stands_alone_among_others_is_told_at_its_line(
    repository: Repository, check: Check, form: str, line: int, at: int
) -> None:
    passages = [form.format(f"Passage {number}.") for number in range(3)]
    before = repository.put(FIRST, a=f"Text.\n\n{''.join(passages)}")
    passages.insert(at, form.format("New."))
    repository.put(SECOND, a=f"Text.\n\n{''.join(passages)}")
    expected = 3 + line + at * form.count("\n")
    assert check(before, 0) == [f"a.md:{expected}:flag"]


@pytest.mark.parametrize("tag", [FLAG[1:], f'"{FLAG}"'])
def test_a_flag_of_the_front_matter_is_told(repository: Repository, check: Check, tag: str) -> None:
    before = repository.put(FIRST, a="---\ntags: [x]\n---\nWords.\n")
    repository.put(SECOND, a=f"---\ntags: [x, {tag}]\n---\nWords.\n")
    assert check(before, 0) == ["a.md:2:flag"]


def test_a_flag_right_after_a_byte_order_mark_is_told(repository: Repository, check: Check) -> None:
    before = repository.put(FIRST, a="\ufeffWords.\n")
    repository.put(SECOND, a=f"\ufeffWords. {FLAG}\n")
    assert check(before, 0) == ["a.md:1:flag"]


def test_what_is_not_committed_counts_too(repository: Repository, check: Check) -> None:
    before = repository.put(FIRST, a="Text.\n")
    repository.write("a.md", f"Text. {FLAG}\n")
    repository.write("new.md", f"Text. {FLAG}\n\n{NO_FENCE}")
    assert check(before, 1) == ["a.md:1:flag", "new.md:1:flag", "new.md:3:unclosed-fence"]


def test_a_note_that_is_renamed_and_not_committed_yet_is_the_same(repository: Repository, check: Check) -> None:
    before = repository.put(FIRST, a=f"[[#Nowhere]] {FLAG}\n", b="[[a]]\n")
    (repository.docs / "a.md").rename(repository.docs / "c.md")
    repository.write("b.md", "[[c]]\n")
    assert check(before, 0) == []
    repository.write("c.md", f"[[#Nowhere]] {FLAG}\n\nMore. {FLAG}\n")
    repository.git("add", "--all")
    assert check(before, 0) == ["c.md:3:flag"]


def test_a_note_that_is_renamed_and_edited_and_not_committed_yet_is_the_same(
    repository: Repository, check: Check
) -> None:
    text = f"[[#Nowhere]]\n\nSome words that stay. {FLAG}\n\nOther words that stay. {FLAG} (why)\n"
    before = repository.put(FIRST, a=text, b="Other words.\n", c=f"Another note. {FLAG}\n")
    for name in "abc":
        (repository.docs / f"{name}.md").unlink()
    repository.write("d.md", "A note of other words.\n")
    repository.write("e.md", f"New. {FLAG}\n\n{text}\n[[#Nothing]]\n")
    assert check(before, 1) == ["e.md:1:flag", "e.md:9:no-heading"]
    repository.commit(SECOND)
    assert check(before, 1) == ["e.md:1:flag", "e.md:9:no-heading"]


def test_of_many_notes_renamed_and_edited_before_they_are_committed_none_is_looked_for(
    repository: Repository, check: Check
) -> None:
    """Each would have to be compared with each."""
    before = repository.put(FIRST, **{f"a{number}": f"Note {number}. {FLAG}\n\nText.\n" for number in range(101)})
    for number in range(101):
        (repository.docs / f"a{number}.md").unlink()
        repository.write(f"b{number}.md", f"Note {number}. {FLAG}\n\nOther.\n")
    assert len(check(before, 0)) == 101


def test_what_is_wrong_with_links_is_old_though_the_notes_that_they_name_are_renamed(
    repository: Repository, check: Check
) -> None:
    """Obsidian writes such links anew; and each message says the note's name."""
    text = "Words that stay, enough of them to know the note again.\n\n"
    before = repository.put(
        FIRST, a=f"{text}[[#Nowhere]] {FLAG}\n", b="[[a#Nothing]] and ![[a#^none]]\n\n[[c#Nil]]\n", c="Text.\n"
    )
    repository.git("mv", "docs/a.md", "docs/d.md")
    repository.put(SECOND, b="[[d#Nothing]] and ![[d#^none]] and [[d#New]]\n\n[[d#Nil]]\n", d=f"{text}[[#Nowhere]]\n")
    assert check(before, 1) == ["b.md:1:no-heading", "b.md:3:no-heading"]


def _canvas(*texts: str) -> str:
    return json.dumps({"nodes": [{"type": "text", "text": text} for text in texts]}, indent=1)


def test_flags_and_problems_of_a_canvas_are_old_or_new_as_those_of_a_note(repository: Repository, check: Check) -> None:
    repository.write("a.canvas", _canvas(f"Old. {FLAG}", "[[#Nowhere]]", "Words."))
    before = repository.commit(FIRST)
    assert check(before, 0) == []
    repository.git("mv", "docs/a.canvas", "docs/b.canvas")
    repository.write("b.canvas", _canvas(f"Changed. {FLAG}", "More.", "[[#Nowhere]]", f"Words.\n\nNew. {FLAG}"))
    repository.write("c.canvas", _canvas(f"One. {FLAG}"))
    assert check(before, 0) == ["b.canvas:15:flag", "c.canvas:3:flag"]
    repository.commit(SECOND)
    assert check(before, 0) == ["b.canvas:15:flag", "c.canvas:3:flag"]


def test_of_two_alike_on_a_canvas_those_on_the_new_card_are_told(repository: Repository, check: Check) -> None:
    card = f"[[#Nowhere]] {FLAG}"
    repository.write("a.canvas", _canvas("Words.", card))
    before = repository.commit(FIRST)
    repository.write("a.canvas", _canvas(card, "Words.", card))
    assert check(before, 1) == ["a.canvas:3:flag", "a.canvas:3:no-heading"]


OLD = f"[x](nowhere.md)\n\nText. {FLAG}\n"
"""What is told of a note that is new."""


def test_what_git_ignores_is_no_change(repository: Repository, check: Check) -> None:
    repository.write("own/b.md", OLD)
    (repository.root / ".gitignore").write_text("own/\n", encoding="utf-8")
    before = repository.put(FIRST, a="[y](own/b.md)\n")
    assert check(before, 0) == []


def test_what_lies_in_a_repository_within_is_no_change(repository: Repository, tmp_path: Path, check: Check) -> None:
    other = new_repository(tmp_path / "other")
    other.put(FIRST, b=OLD)
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "--quiet", "add", str(other.root), "docs/within")
    before = repository.put(FIRST, a="[y](within/docs/b.md)\n")
    repository.put(SECOND, a="Words.\n\n[y](within/docs/b.md)\n")
    assert check(before, 0) == []


def test_a_link_within_the_folder_is_a_note_that_was_there(repository: Repository, check: Check) -> None:
    repository.write("part/b.md", OLD)
    (repository.docs / "link.md").symlink_to("part/b.md")
    before = repository.put(FIRST, a="[y](link.md)\n")
    repository.put(SECOND, a="Words.\n\n[y](link.md)\n")
    assert check(before, 0) == []
    repository.write("part/b.md", f"{OLD}\n{NO_FENCE}")
    assert check(before, 1) == ["link.md:5:unclosed-fence", "part/b.md:5:unclosed-fence"]


def test_what_a_sparse_checkout_leaves_out_is_no_change(repository: Repository, check: Check) -> None:
    repository.write("part/b.md", "Text.\n")
    before = repository.put(FIRST, a="[y](part/b.md)\n")
    repository.git("sparse-checkout", "set", "--no-cone", "/*", "!part/")
    assert not (repository.docs / "part").exists()
    assert check(before, 0) == []


@pytest.mark.parametrize("option", ["--skip-worktree", "--assume-unchanged"])
def test_a_note_whose_changes_git_passes_over_was_there(repository: Repository, check: Check, option: str) -> None:
    before = repository.put(FIRST, a=OLD, b="[[a]]\n")
    repository.git("update-index", option, "docs/a.md")
    assert check(before, 0) == []


def test_what_the_other_line_did_later_is_no_change_of_this_one(repository: Repository, check: Check) -> None:
    repository.put(FIRST, a=NO_FENCE, b=f"Words. {FLAG}\n")
    repository.put_apart("branch", SECOND, c="Text.\n")
    repository.put(THIRD, a="Mended.\n", b="Words.\n")
    repository.git("switch", "--quiet", "branch")
    assert check("main", 0) == []


WRONG = "site_name: x\nextra:\n  review:\n    tags:\n      UNCLEAR: {}\n"


def test_of_the_settings_only_what_a_change_adds_is_told(repository: Repository, check: Check) -> None:
    settings = repository.root / "mkdocs.yml"
    settings.write_text(WRONG, encoding="utf-8")
    before = repository.put(FIRST, a="Words.\n")
    after = repository.put(SECOND, a="Other words.\n")
    assert check(before, 0) == []
    settings.write_text(f"{WRONG}      VAGUE: {{}}\n", encoding="utf-8")
    assert check(after, 1) == [f"{settings}:6:settings"]


def test_what_the_settings_put_on_the_site_is_told(repository: Repository, check: Check) -> None:
    """Its problems stop the build, though the notes stay as they were."""
    settings = repository.root / "mkdocs.yml"
    settings.write_text("exclude_docs: |\n  plans/\n", encoding="utf-8")
    repository.write("plans/a.md", NO_FENCE)
    repository.write("b.md", NO_FENCE)
    before = repository.commit(FIRST)
    settings.write_text("site_name: x\n", encoding="utf-8")
    assert check(before, 1) == ["plans/a.md:1:unclosed-fence"]


def test_settings_beside_a_repository_of_notes_are_what_they_are(repository: Repository, check: Check) -> None:
    (repository.root / "mkdocs.yml").write_text(WRONG, encoding="utf-8")
    notes = Repository(repository.docs)
    notes.git("init", "--quiet")
    repository.write("a.md", "Words.\n")
    before = notes.commit(FIRST)
    repository.write("a.md", "Words. #UNCLEAR\n")
    assert check(before, 0) == ["a.md:1:flag"]


def test_without_a_commit_flags_are_no_problems(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.put(FIRST, a=f"Text. {FLAG}\n")
    assert main(["check", str(repository.docs)]) == 0
    assert capsys.readouterr().out == "1 note, 0 problems\n"


def test_settings_behind_a_link_are_what_they_are(repository: Repository, check: Check) -> None:
    (repository.root / "settings.yml").write_text("exclude_docs: own/\n", encoding="utf-8")
    (repository.root / "mkdocs.yml").symlink_to("settings.yml")
    repository.write("own/b.md", OLD)
    before = repository.put(FIRST, a="[y](own/b.md)\n")
    assert check(before, 0) == []


def test_a_folder_that_was_not_there(repository: Repository, check: Check) -> None:
    (repository.root / "README.md").write_text("Text.\n")
    before = repository.commit(FIRST)
    repository.put(SECOND, a=NO_FENCE)
    assert check(before, 1) == ["a.md:1:unclosed-fence"]


def test_files_of_any_name_and_links_that_lead_out(repository: Repository, check: Check) -> None:
    for name in ('new\nline "ß"', "a\tb", "日本"):
        repository.write(f"{name}.md", NO_FENCE)
    repository.write(".hidden/a.md", NO_FENCE)
    (repository.docs / "out.md").symlink_to("/etc/hostname")
    before = repository.commit(FIRST)
    (repository.docs / "also-out.md").symlink_to("/etc/hostname")
    repository.commit(SECOND)
    assert check(before, 1) == ["also-out.md:1:leaves-folder"]


def test_a_file_whose_name_is_no_text(repository: Repository, check: Check) -> None:
    repository.put(FIRST, a="Text.\n")
    file = os.fsencode(repository.docs) + b"/\xff.md"
    for day, text in ((FIRST, NO_FENCE), (SECOND, f"[x](nowhere.md)\n\nText. {FLAG}\n\n{NO_FENCE}")):
        with open(file, "w", encoding="utf-8") as note:  # noqa: PTH123  (a `Path` has no bytes)
            note.write(text)
        repository.commit(day)
    assert check("HEAD~1", 1) == ["\ufffd.md:1:no-file", "\ufffd.md:3:flag"]


@pytest.mark.parametrize("commit", ["nowhere", "--output=x", "", "HEAD:docs", "0" * 40])
def test_an_unknown_commit_is_misuse(repository: Repository, capsys: pytest.CaptureFixture[str], commit: str) -> None:
    repository.put(FIRST, a="Text.\n")
    assert main(["check", str(repository.docs), f"--since={commit}"]) == MISUSE
    limits = "a shallow clone has only the newest, and a short id may be that of several"
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"git knows no commit `{commit}` for certain here; {limits}\n")
    assert not list(repository.root.rglob("x"))


def test_a_name_that_is_ambiguous_is_no_reason_why_a_commit_is_unknown(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put(FIRST, a="Text.\n")
    repository.git("tag", "main")
    assert main(["check", str(repository.docs), "--since=main~9"]) == MISUSE
    assert capsys.readouterr().err.startswith("git knows no commit `main~9` for certain here; ")


def _told(repository: Repository, capsys: pytest.CaptureFixture[str]) -> str:
    """Give what misuse is told of the commit before the newest one."""
    assert main(["check", str(repository.docs), "--since=HEAD~1"]) == MISUSE
    return capsys.readouterr().err


def test_a_repository_that_is_damaged_says_so(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.put(FIRST, a="Text.\n", b="Text.\n\nMore.\n")
    repository.put(SECOND, a="Other.\n")
    blob = repository.git("rev-parse", "HEAD:docs/b.md").strip()
    (repository.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert _told(repository, capsys) == (
        f"the repository is damaged, {blob} is missing; `git fsck` tells more, and another clone may be whole\n"
    )


def test_a_clone_of_a_part_says_how_it_becomes_whole(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.put(FIRST, a="Text.\n")
    repository.put(SECOND, a="Other.\n")
    repository.git("clone", "--quiet", "--filter=blob:none", repository.root.as_uri(), str(tmp_path / "part"))
    told = _told(Repository(tmp_path / "part"), capsys)
    assert "warning: " not in told
    assert told.endswith("(this is a clone of a part; `git fetch --refetch --no-filter` brings the whole)\n")


def test_a_git_that_hangs_is_not_waited_for(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_before_git(tmp_path, "exec sleep 60", monkeypatch)
    monkeypatch.setattr(git, "_LONGEST", 0.1)
    assert _told(repository, capsys) == "`git rev-parse` did not end within 0.1 seconds\n"


def test_no_repository_is_misuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["check", str(tmp_path), "--since=HEAD"]) == MISUSE
    assert "not a git repository" in capsys.readouterr().err
