"""Since when and by whom a flag is set, on real repositories."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.repositories import Repository, new_repository, put_before_git, signature

from notes.folder import read_folder
from notes.history import NO_HISTORY, History, find_reflog, find_since, read_history
from notes.history.changed import Days
from notes.history.git import git
from notes.history.patches import Author, Mark, read_author, read_log, read_patch
from notes.names import key
from notes.problems import Severity, as_log_line
from notes.review import Label
from notes.settings import Settings
from notes.site import read_site

LABELS = Settings().labels
FLAG = "#I_DONT_LIKE_THIS_REWRITE"
OTHERS = "Other.\n\n" * 9
PROPERTIES = f"---\ntitle: A\naliases: []\ncreated: today\ntags:\n  - {FLAG[1:]}\nx: y\n---\n"
FIRST, SECOND, THIRD = "2024-01-01", "2024-02-02", "2024-03-03"
NOON = datetime(2024, 2, 2, 12, tzinfo=UTC)
"""Of the second day, when its commits are made."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "a repository")


def since(docs: Path, history: History | None = None) -> dict[str, str]:
    """Each flag's excerpt, and since when and by whom it is set."""
    folder = read_folder(docs)
    site = read_site(folder.notes, folder.assets, Settings())
    history = history or read_history(docs, LABELS)
    found = find_since(history, site.flags, frozenset(LABELS))
    flags = [(flag, found[path, flag.tag.start]) for path in site.flags for flag in site.flags[path]]
    return {
        f"{flag.note.path}: {flag.excerpt}": f"{at.day} {at.name}" if isinstance(at, Author) else at.value
        for flag, at in flags
    }


def resolved(docs: Path) -> list[tuple[str, str, str, str]]:
    """Path, excerpt, since when, and until when and by whom."""
    return [
        (
            gone.path,
            gone.excerpt,
            gone.since.day if isinstance(gone.since, Author) else gone.since.value,
            f"{gone.by.day} {gone.by.name}",
        )
        for gone in read_history(docs, LABELS).resolved
    ]


def test_a_flag_is_set_on_the_day_its_tag_was_added(repository: Repository) -> None:
    repository.put(FIRST, "Ann", note="Some words.\n\nMore words.\n")
    repository.put(SECOND, "Bob", note=f"Some words. {FLAG}\n\nMore words.\n")
    repository.put(THIRD, "Cem", note=f"Some words. {FLAG}\n\nMore words.\n\nAnd more. {FLAG} (too long)\n")
    assert since(repository.docs) == {"note.md: Some words.": f"{SECOND} Bob", "note.md: And more.": f"{THIRD} Cem"}
    assert resolved(repository.docs) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"a": f"The words. {FLAG}\n"}, {"a": f"The better words. {FLAG}\n"}, id="reworded"),
        pytest.param({"a": f"The words. {FLAG}\n"}, {"a": f"The words. {FLAG} (too long)\n"}, id="a-reason"),
        pytest.param({"a": f"{FLAG}\nThe words.\n"}, {"a": f"The words. {FLAG}\n"}, id="to-the-end-of-its-block"),
        pytest.param({"a": f"The words. {FLAG}\n"}, {"a": f"{FLAG}\n\nThe words.\n"}, id="above-its-block"),
        pytest.param({"a": f"{FLAG}\nThe\nwords.\n"}, {"a": f"The\nwords. {FLAG}\n"}, id="within-its-block"),
        pytest.param({"a": f"The words. {FLAG}\n"}, {"a": f"- *The words.* {FLAG.lower()}\n"}, id="to-an-item"),
        pytest.param(
            {"a": f"The words. {FLAG}\n\n{OTHERS}"},
            {"a": f"{OTHERS}The words. {FLAG}\n"},
            id="to-the-end-of-the-file",
        ),
        pytest.param(
            {"a": f"The words. {FLAG}\n\nOther.\n", "b": "Text.\n"},
            {"a": "Other.\n", "b": f"Text.\n\nThe words. {FLAG}\n"},
            id="to-another-file",
        ),
        pytest.param(
            {"a": f"These are some of the many words that wait. {FLAG}\n\n{OTHERS}"},
            {"a": f"{OTHERS}These are some of the few words that wait. {FLAG}\n"},
            id="to-the-end-of-the-file-in-other-words",
        ),
        pytest.param(
            {"a": f"Here are the words that nobody likes. {FLAG}\n\nOther.\n", "b": "Text.\n"},
            {"a": "Other.\n", "b": f"Text.\n\nSome of the words that nobody likes. {FLAG}\n"},
            id="to-another-file-in-other-words",
        ),
    ],
)
def test_a_flag_that_is_moved_or_reworded_keeps_its_day(
    repository: Repository, before: dict[str, str], after: dict[str, str]
) -> None:
    repository.put(FIRST, "Ann", **before)
    repository.put(SECOND, "Bob", **after)
    assert list(since(repository.docs).values()) == [f"{FIRST} Ann"]
    assert resolved(repository.docs) == []


def test_a_renamed_file_keeps_its_flags_days(repository: Repository) -> None:
    repository.put(FIRST, old=f"The words. {FLAG}\n\n{'Other. ' * 40}\n")
    for before, after in (("old", "with a blank"), ("with a blank", 'odd\t"ß"\n日本'), ('odd\t"ß"\n日本', "new")):
        repository.git("mv", f"docs/{before}.md", f"docs/{after}.md")
        repository.commit(SECOND, "Bob")
    assert since(repository.docs) == {"new.md: The words.": f"{FIRST} Ann"}
    repository.put(THIRD, "Cem", new=f"The better words. {FLAG}\n\n{'Other. ' * 40}\n")
    assert since(repository.docs) == {"new.md: The better words.": f"{FIRST} Ann"}


def test_a_short_file_renamed_and_reworded_in_one_commit_keeps_its_flags_days(repository: Repository) -> None:
    repository.put(FIRST, old=f"The first line.\n\nThe words. {FLAG}\n\nThe last line.\n")
    repository.git("mv", "docs/old.md", "docs/new.md")
    repository.put(SECOND, "Bob", new=f"The first line.\n\nOther words. {FLAG}\n\nThe last line.\n")
    assert since(repository.docs) == {"new.md: Other words.": f"{FIRST} Ann"}
    assert resolved(repository.docs) == []


def test_a_flag_of_the_front_matter_has_its_day_too(repository: Repository) -> None:
    text = "---\ntags:\n  - other\n{tag}---\nThe words.\n{end}"
    repository.put(FIRST, note=text.format(tag="", end=""))
    repository.put(SECOND, "Bob", note=text.format(tag="  - I_DONT_LIKE_THIS_REWRITE\n", end=""))
    repository.put(THIRD, "Cem", note=text.format(tag="  - i_dont_like_this_rewrite\n", end="\n- other\n"))
    assert since(repository.docs) == {"note.md: The words. other": f"{SECOND} Bob"}
    repository.put(THIRD, note="---\ntags: [other, I_DONT_LIKE_THIS_REWRITE]\n---\nThe words.\n")
    assert since(repository.docs) == {"note.md: The words.": f"{SECOND} Bob"}


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("after", range(4))
def test_a_flag_of_the_front_matter_keeps_its_day_in_each_form(repository: Repository, before: int, after: int) -> None:
    """Obsidian writes properties anew, a tag without the number sign that somebody gave it."""
    name = FLAG[1:]
    forms = (
        f"tags: [other, {name}]",
        f'tags:\n  - other\n  - "{FLAG}"',
        f"tags:\n- {name}\n- other",
        f'tags: "{FLAG}"',
    )
    repository.put(FIRST, "Ann", note=f"---\n{forms[before]}\n---\nThe words.\n")
    repository.put(SECOND, "Bob", note=f"---\n{forms[after]}\n---\nThe words.\n")
    assert list(since(repository.docs).values()) == [f"{FIRST} Ann"]
    assert resolved(repository.docs) == []


def test_a_flag_that_comes_back_has_the_day_on_which_it_came_back(repository: Repository) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    taken = repository.put(SECOND, "Bob", note="The words.\n")
    repository.git("revert", "--no-edit", taken, environment=signature("Cem", THIRD))
    assert since(repository.docs) == {"note.md: The words.": f"{THIRD} Cem"}
    assert resolved(repository.docs) == [("note.md", "The words.", FIRST, f"{SECOND} Bob")]


def test_the_folder_may_be_the_repository_or_a_work_tree_of_it(repository: Repository, tmp_path: Path) -> None:
    (repository.root / "note.md").write_text(f"The words. {FLAG}\n", encoding="utf-8")
    repository.commit(FIRST)
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "branch")
    for root in (repository.root, tmp_path / "tree"):
        assert since(root) == {"note.md: The words.": f"{FIRST} Ann"}


@pytest.mark.parametrize("form", ["submodule", "not-known", "ignored"])
def test_what_lies_in_a_repository_within_is_unknown(repository: Repository, tmp_path: Path, form: str) -> None:
    inner = new_repository(tmp_path / "inner")
    inner.put(FIRST, note=f"The words. {FLAG}\n")
    if form == "submodule":
        allowed = ("-c", "protocol.file.allow=always")
        repository.git(*allowed, "submodule", "--quiet", "add", str(inner.root), "docs/inner")
    else:
        repository.git("clone", "--quiet", str(inner.root), "docs/inner")
        (repository.root / ".gitignore").write_text("inner/\n" * (form == "ignored"), encoding="ascii")
        repository.git("add", ".gitignore")
    repository.git("commit", "--quiet", "--message=.", environment=signature("Ann", SECOND))
    repository.write("new.md", f"A new note. {FLAG}\n")
    assert since(repository.docs) == {
        "inner/docs/note.md: The words.": "unknown",
        "new.md: A new note.": "not committed yet",
    }
    assert since(repository.docs / "inner" / "docs") == {"note.md: The words.": f"{FIRST} Ann"}


def test_authors_have_the_names_of_the_map(repository: Repository) -> None:
    (repository.root / ".mailmap").write_text("Ann Other <nobody@notes.example>\n", encoding="utf-8")
    repository.put(FIRST, "ann1999", note=f"The words. {FLAG}\n")
    assert since(repository.docs) == {"note.md: The words.": f"{FIRST} Ann Other"}


@pytest.mark.parametrize("name", ["a b", 'quo"te', "back\\slash", "new\nline", "tab\t", "日本", "ä", "-dash", ":colon"])
def test_a_file_may_have_any_name(repository: Repository, name: str) -> None:
    repository.write(f"{name}.md", f"The words. {FLAG}\n")
    repository.commit(FIRST)
    repository.write(f"{name}.md", f"Better words. {FLAG}\n")
    repository.commit(SECOND)
    assert list(since(repository.docs).values()) == [f"{FIRST} Ann"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"\xff.md", "\ufffd.md", id="short"),
        pytest.param(b"\xff" * 99 + b".md", "\ufffd" * 40 + "…" + "\ufffd" * 17 + ".md", id="long"),
    ],
)
def test_a_file_may_have_a_name_that_is_no_text(repository: Repository, name: bytes, shown: str) -> None:
    file = os.fsencode(repository.docs) + b"/" + name
    for day, text in ((FIRST, f"{FLAG}\n\nThe words.\n"), (SECOND, f"{FLAG}\n\nOther.\n"), (THIRD, "Other.\n")):
        with open(file, "w", encoding="utf-8") as note:  # noqa: PTH123  (a `Path` has no bytes)
            note.write(text)
        repository.commit(day)
        if day == SECOND:
            assert since(repository.docs) == {f"{shown}: Other.": f"{FIRST} Ann"}
            assert read_history(repository.docs, LABELS).days == {shown: Days(SECOND, FIRST)}
    assert resolved(repository.docs) == [(shown, "Other.", FIRST, f"{THIRD} Ann")]


def test_a_new_file_may_have_the_name_of_one_that_was_renamed(repository: Repository) -> None:
    repository.put(FIRST, "Ann", note=f"The words. {FLAG}\n")
    repository.git("mv", "docs/note.md", "docs/new.md")
    repository.commit(SECOND, "Bob")
    repository.put(THIRD, "Cem", note=f"Other words. {FLAG}\n")
    assert since(repository.docs) == {"new.md: The words.": f"{FIRST} Ann", "note.md: Other words.": f"{THIRD} Cem"}


def test_two_files_that_swap_their_names_swap_their_flags(repository: Repository) -> None:
    repository.put(FIRST, one=f"Of the first. {FLAG}\n", two="Of the second, which has no flag.\n")
    repository.put(SECOND, one=f"Of the first. {FLAG}\n", two=f"Of the second, which has no flag. {FLAG}\n")
    for before, after in (("one", "x"), ("two", "one"), ("x", "two")):
        repository.git("mv", f"docs/{before}.md", f"docs/{after}.md")
    repository.commit(THIRD, "Bob")
    assert since(repository.docs) == {
        "one.md: Of the second, which has no flag.": f"{SECOND} Ann",
        "two.md: Of the first.": f"{FIRST} Ann",
    }


def test_a_folder_that_moves_keeps_its_flags_days(repository: Repository) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    repository.git("mv", "docs", "handbook")
    repository.commit(SECOND, "Bob")
    assert since(repository.root / "handbook") == {"note.md: The words.": f"{FIRST} Ann"}


def test_a_lone_flag_keeps_its_day_when_its_passage_is_reworded(repository: Repository) -> None:
    first, last = f"# Title\n\nText.\n\n{FLAG}\n\n", f"{OTHERS}{FLAG}\n\n"
    repository.put(FIRST, note=f"{first}The words.\n\n")
    repository.put(SECOND, "Bob", note=f"{first}The words.\n\n{last}The last.\n")
    repository.put(THIRD, "Cem", note=f"{first}Better words.\n\n{last}The very last.\n")
    assert list(since(repository.docs).values()) == [f"{FIRST} Ann", f"{SECOND} Bob"]


def test_lone_flags_keep_their_days_when_their_passages_are_reworded_and_pushed_down(repository: Repository) -> None:
    repository.put(FIRST, "Ann", note=f"{FLAG}\nOne.\n\nText.\n\nTwo.\n")
    repository.put(SECOND, "Bob", note=f"{FLAG}\nOne.\n\nText.\n\n{FLAG}\nTwo.\n")
    repository.put(THIRD, "Cem", note=f"New.\n\nNew, too.\n\n{FLAG}\nFirst.\n\nText.\n\n{FLAG}\nSecond.\n")
    assert since(repository.docs) == {"note.md: First.": f"{FIRST} Ann", "note.md: Second.": f"{SECOND} Bob"}


def test_lone_flags_keep_their_days_when_one_is_set_above_another_that_was_pushed_down(repository: Repository) -> None:
    """Its line of the day on which it was set is above that of the newer one."""
    more = "More.\n\n" * 9
    repository.put(FIRST, "Ann", note=f"Text.\n\n{FLAG}\nThe last.\n")
    repository.put(SECOND, "Bob", note=f"Text.\n\nThe first.\n\n{more}{FLAG}\nThe last.\n")
    repository.put(THIRD, "Cem", note=f"Text.\n\n{FLAG}\nThe first.\n\n{more}{FLAG}\nThe last.\n")
    repository.put(THIRD, "Dan", note=f"Text.\n\n{FLAG}\nBetter.\n\n{more}{FLAG}\nBetter, too.\n")
    assert since(repository.docs) == {"note.md: Better.": f"{THIRD} Cem", "note.md: Better, too.": f"{FIRST} Ann"}
    repository.put(THIRD, "Eva", note=f"Text.\n\nBetter.\n\n{more}{FLAG}\nBetter, too.\n")
    assert resolved(repository.docs) == [("note.md", "Better.", THIRD, f"{THIRD} Eva")]


@pytest.mark.parametrize(
    ("before", "after", "excerpt"),
    [
        pytest.param(f"The *words*. {FLAG}\n", "Better words.\n", "The words.", id="with-new-words"),
        pytest.param(f"The words. {FLAG} (too long)\n", "The words.\n", "The words.", id="as-it-is"),
        pytest.param(f"{FLAG}\n\nThe words.\n\nOther.\n", "Other.\n", "The words.", id="alone"),
        pytest.param(f"1. One\n    - The words. {FLAG}\n", "1. One\n    - Better.\n", "The words.", id="in-a-list"),
        pytest.param(f"The\nwords.\n{FLAG}\n\nOther.\n", "Other.\n", "The words.", id="below-its-words"),
        pytest.param(f"> The\n> words. {FLAG}\n", "> Better.\n", "The words.", id="on-the-last-line-of-a-quote"),
        pytest.param(f"|A|B|\n|-|-|\n|a|The words. {FLAG}|\n", "Other.\n", "The words.", id="in-a-cell"),
        pytest.param(f"{'long ' * 9999}{FLAG}\n", "Short.\n", f"{'long ' * 40}…", id="a-long-line"),
        pytest.param(
            f"{PROPERTIES}The words.\n",
            PROPERTIES.replace(FLAG[1:], "a") + "The words.\n",
            "The words.",
            id="a-property",
        ),
        pytest.param(f"---\ntags: [a, {FLAG[1:]}]\n---\n", "---\ntags: [a]\n---\n", "", id="one-of-the-properties"),
    ],
)
def test_a_flag_taken_off_is_resolved(repository: Repository, before: str, after: str, excerpt: str) -> None:
    repository.put(FIRST, "Ann", note=before)
    repository.put(SECOND, "Bob", note=after)
    assert resolved(repository.docs) == [("note.md", excerpt, FIRST, f"{SECOND} Bob")]


@pytest.mark.parametrize(
    ("before", "excerpt"),
    [
        pytest.param(f"\ufeffThe words. {FLAG}\n", "The words.", id="byte-order-mark"),
        pytest.param(f"\ufeff---\ntags: [{FLAG[1:]}]\n---\nThe words.\n", "The words.", id="byte-order-mark-and-tags"),
        pytest.param(f"The\0words. {FLAG}\n", "The\ufffdwords.", id="nul"),
    ],
)
def test_a_flag_beside_what_the_site_reads_otherwise_is_resolved(
    repository: Repository, before: str, excerpt: str
) -> None:
    repository.put(FIRST, "Ann", note=before)
    repository.put(SECOND, "Bob", note="---\ntags: []\n---\nThe words.\n")
    assert resolved(repository.docs) == [("note.md", excerpt, FIRST, f"{SECOND} Bob")]


def test_flags_are_resolved_one_by_one(repository: Repository) -> None:
    passages = [f"Passage {number}, {FLAG}\n\n{OTHERS}" for number in range(3)]
    repository.put(FIRST, note="".join(passages))
    repository.put(SECOND, "Bob", note="".join(passages[::2]))
    (repository.docs / "note.md").unlink()
    repository.commit(THIRD, "Cem")
    assert [(gone[1], gone[3]) for gone in resolved(repository.docs)] == [
        ("Passage 2,", f"{THIRD} Cem"),
        ("Passage 0,", f"{THIRD} Cem"),
        ("Passage 1,", f"{SECOND} Bob"),
    ]


def test_the_lone_flag_that_is_taken_off_is_the_nearest(repository: Repository) -> None:
    parts = [f"## Part {number}\n\nText.\n\n{FLAG}\n\nThe old words {number}.\n\n{OTHERS}" for number in range(3)]
    repository.put(FIRST, note=parts[0])
    repository.put(SECOND, note="".join(parts[:2]))
    repository.put(THIRD, note="".join(parts))
    reworded = [part.replace("old", "new") for part in parts]
    repository.put(THIRD, "Bob", note="".join(reworded))
    repository.put(THIRD, "Cem", note=reworded[0] + reworded[1].replace(f"{FLAG}\n\n", "") + reworded[2])
    assert resolved(repository.docs) == [("note.md", "The new words 1.", SECOND, f"{THIRD} Cem")]
    assert list(since(repository.docs).values()) == [f"{FIRST} Ann", f"{THIRD} Ann"]


@pytest.mark.parametrize("to", ["note", "other"])
def test_the_lone_flag_that_goes_is_known_though_its_passage_was_reworded_and_pushed_down(
    repository: Repository, to: str
) -> None:
    """By a commit that touches no tag."""
    repository.put(FIRST, "Ann", note=f"{FLAG}\nOne.\n\nText.\n\nTwo.\n", other="Other.\n")
    repository.put(SECOND, "Bob", note=f"{FLAG}\nOne.\n\nText.\n\n{FLAG}\nTwo.\n")
    repository.put(SECOND, "Bob", note=f"New.\n\nNew, too.\n\n{FLAG}\nFirst.\n\nText.\n\n{FLAG}\nSecond.\n")
    repository.put(THIRD, "Cem", note=f"New.\n\nNew, too.\n\nFirst.\n\nText.\n\n{FLAG}\nSecond.\n")
    assert resolved(repository.docs) == [("note.md", "First.", FIRST, f"{THIRD} Cem")]
    repository.put(THIRD, "Cem", **{"note": "New.\n", to: f"{'New. ' * 9}\n\n{FLAG}\nSecond.\n"})
    assert since(repository.docs) == {f"{to}.md: Second.": f"{SECOND} Bob"}


@pytest.mark.parametrize("gone", range(1, 4))
def test_lone_flags_keep_their_days_when_one_goes_with_its_passage(repository: Repository, gone: int) -> None:
    """Git may tell that the tag above the next passage went: in the text it makes no difference."""
    passages = [f"{FLAG}\n\n> Passage {number}.\n\n" for number in range(1, 5)]
    for number, author in enumerate(("Ann", "Bob", "Cem", "Dan"), 1):
        repository.put(f"2024-01-0{number}", author, note=f"## Part\n\nText.\n\n{''.join(passages[:number])}")
    expected = since(repository.docs)
    day = expected.pop(f"note.md: Passage {gone}.")
    repository.put(THIRD, "Eva", note=f"## Part\n\nText.\n\n{''.join(passages[: gone - 1] + passages[gone:])}")
    assert since(repository.docs) == expected
    assert resolved(repository.docs) == [("note.md", f"Passage {gone}.", day.split()[0], f"{THIRD} Eva")]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("One sentence of five words.{}Another sentence of more words.{}", id="a-paragraph"),
        pytest.param("|A|B|\n|-|-|\n|One cell{}|Another cell{}|", id="a-row"),
        pytest.param("|A|B|C|\n|-|-|-|\n|One cell{}|Another cell{}|And a last one|", id="a-longer-row"),
    ],
)
@pytest.mark.parametrize("first", [1, 2])
@pytest.mark.parametrize("gone", [1, 2])
@pytest.mark.parametrize("new_words", ["One", "Some"])
def test_two_flags_of_a_line_keep_each_its_day(
    repository: Repository, line: str, first: int, gone: int, new_words: str
) -> None:
    """Whichever of them was set first, and whichever goes, though the line's first words be new."""
    flags = [f" {FLAG} (first)", f" {FLAG} (second)"]
    only = {1: [flags[0], ""], 2: ["", flags[1]]}
    repository.put(FIRST, "Ann", note=line.format(*only[first]))
    repository.put(SECOND, "Bob", note=line.format(*flags))
    authors = {first: f"{FIRST} Ann", 3 - first: f"{SECOND} Bob"}
    assert list(since(repository.docs).values())[-1] == authors[2]
    repository.put(THIRD, "Cem", note=line.format(*only[3 - gone]).replace("One", new_words))
    assert list(since(repository.docs).values()) == [authors[3 - gone]]
    resolved_flags = read_history(repository.docs, LABELS).resolved
    author = authors[gone].split()[1]
    assert [(it.reason, getattr(it.since, "name", "")) for it in resolved_flags] == [
        ({1: "first", 2: "second"}[gone], author)
    ]


def test_an_item_reworded_is_not_another_item_that_is_flagged(repository: Repository) -> None:
    repository.put(FIRST, note=f"- One\n- Two\n- Three {FLAG}\n")
    repository.put(SECOND, "Bob", note=f"- One {FLAG}\n- Two\n- The third {FLAG}\n")
    assert since(repository.docs) == {"note.md: One": f"{SECOND} Bob", "note.md: The third": f"{FIRST} Ann"}


@pytest.mark.parametrize("between", ["", OTHERS], ids=["beside", "far"])
def test_a_flag_taken_off_and_another_set_elsewhere_are_two(repository: Repository, between: str) -> None:
    repository.put(FIRST, "Ann", note=f"The first. {FLAG}\n\n{between}The last.\n")
    repository.put(SECOND, "Bob", note=f"The first.\n\n{between}The last. {FLAG}\n")
    assert since(repository.docs) == {"note.md: The last.": f"{SECOND} Bob"}
    assert resolved(repository.docs) == [("note.md", "The first.", FIRST, f"{SECOND} Bob")]


@pytest.mark.parametrize(
    "passages",
    [
        pytest.param("- The first.{}\n- Another.\n- The last.{}\n", id="items"),
        pytest.param("1. The first.{}\n2. The last.{}\n", id="numbered-items"),
        pytest.param("> - The first.{}\n> - The last.{}\n", id="items-in-a-quote"),
        pytest.param("|A|\n|-|\n|The first.{}|\n|The last.{}|\n", id="rows"),
        pytest.param("## The first.{}\nThe last.{}\n", id="a-heading-and-its-text"),
    ],
)
def test_a_flag_taken_off_and_another_set_right_beside_it_are_two(repository: Repository, passages: str) -> None:
    """One for each block, the words of both stay what they are."""
    repository.put(FIRST, "Ann", note=passages.format(f" {FLAG}", ""))
    repository.put(SECOND, "Bob", note=passages.format("", f" {FLAG}"))
    assert list(since(repository.docs).values()) == [f"{SECOND} Bob"]
    assert [gone[2:] for gone in resolved(repository.docs)] == [(FIRST, f"{SECOND} Bob")]


@pytest.mark.parametrize("flagged", ["One {}\ntwo three four\n", "One\ntwo three four {}\n"])
def test_a_passage_set_beside_one_whose_flag_goes_has_its_own(repository: Repository, flagged: str) -> None:
    repository.put(FIRST, "Ann", note=flagged.format(FLAG))
    repository.put(SECOND, "Bob", note=f"A new passage. {FLAG}\n\n{flagged.format('').strip()}\n")
    assert since(repository.docs) == {"note.md: A new passage.": f"{SECOND} Bob"}
    assert [gone[2:] for gone in resolved(repository.docs)] == [(FIRST, f"{SECOND} Bob")]


@pytest.mark.parametrize("after", [f"One.\ntwo three {FLAG}\n", f"- One.\n  two three {FLAG}\n- Same.\n"])
def test_a_flag_that_moves_within_its_block_is_the_same(repository: Repository, after: str) -> None:
    repository.put(FIRST, "Ann", note=after.replace(f" {FLAG}", "").replace("One.", f"One. {FLAG}"))
    repository.put(SECOND, "Bob", note=after)
    assert list(since(repository.docs).values()) == [f"{FIRST} Ann"]
    assert resolved(repository.docs) == []


def test_of_two_items_alike_the_flagged_one_may_be_reworded(repository: Repository) -> None:
    repository.put(FIRST, "Ann", note=f"- Same\n- Same {FLAG}\n- Other\n")
    repository.put(SECOND, "Bob", note=f"- Same\n- Reworded {FLAG}\n- Other\n")
    assert since(repository.docs) == {"note.md: Reworded": f"{FIRST} Ann"}


def test_a_few_words_alike_make_no_flag_the_same(repository: Repository) -> None:
    repository.put(FIRST, "Ann", note=f"One of the words. {FLAG}\n\n{OTHERS}One of the others.\n")
    repository.put(SECOND, "Bob", note=f"One of the words.\n\n{OTHERS}One of the others. {FLAG}\n")
    assert since(repository.docs) == {"note.md: One of the others.": f"{SECOND} Bob"}
    assert resolved(repository.docs) == [("note.md", "One of the words.", FIRST, f"{SECOND} Bob")]


@pytest.mark.parametrize(
    "code",
    [f"`{FLAG}`", f"{FLAG}-2", f"https://notes.example/{FLAG}", f"\\{FLAG}", f"\n- {FLAG[1:]}\n- other\n\n---\n"],
)
def test_what_was_no_flag_is_not_resolved(repository: Repository, code: str) -> None:
    repository.put(FIRST, note=f"Words {code}.\n")
    repository.put(SECOND, note="Words.\n")
    assert resolved(repository.docs) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [("```", "```"), ("- ~~~~ text", "  ~~~~"), ("%%", "%%"), ("<!--", "-->"), ("$$", "$$")],
    ids=["code", "code-in-a-list", "comment", "comment-in-html", "maths"],
)
def test_what_stood_in_code_of_several_lines_is_not_resolved(repository: Repository, start: str, end: str) -> None:
    lines = "  line\n" * 9
    text = f"Old. {FLAG}\n\n{start}\n{lines}  words {FLAG}\n\n  {FLAG}\n{end}\n\nAfter. {FLAG}\n"
    repository.put(FIRST, note=text)
    repository.put(SECOND, note="Old.\n\nAfter.\n")
    assert [gone[1] for gone in resolved(repository.docs)] == ["After.", "Old."]


def test_a_mark_without_a_partner_hides_no_flag(repository: Repository) -> None:
    repository.put(FIRST, note=f"100 `%%` for $$ and `~~~`.\n\nThe words. {FLAG}\n")
    repository.put(SECOND, note="The words.\n")
    assert [gone[1] for gone in resolved(repository.docs)] == ["The words."]


@pytest.mark.timeout(60)  # what goes by the square takes many minutes
def test_thousands_of_flags_are_resolved_at_once(repository: Repository) -> None:
    passages = [f"Words {number}." for number in range(5000)]
    repository.put(FIRST, note="%%\n\n" + "".join(f"{words} {FLAG}\n\n" for words in passages))
    repository.put(SECOND, note="%%\n\n" + "".join(f"{words}\n\n" for words in passages))
    assert len(resolved(repository.docs)) == len(passages)


def test_many_flags_taken_off_one_line_have_its_first_words(repository: Repository) -> None:
    repository.put(FIRST, note=f"{'words ' * 9}{f'word {FLAG} ' * 1000}\n")
    repository.put(SECOND, "Bob", note="Other.\n")
    found = resolved(repository.docs)
    assert len(found) == 1000
    assert {gone[1] for gone in found} == {f"{'words ' * 9}{'word ' * 31}…"}


@pytest.mark.timeout(60)  # what goes by the square takes many minutes
def test_a_line_of_tags_as_long_as_a_book_is_read_at_once(repository: Repository) -> None:
    repository.put(FIRST, note=f"---\ntags: {'x, ' * 1_500_000}\n---\nThe words. {FLAG}\n")
    assert since(repository.docs) == {"note.md: The words.": f"{FIRST} Ann"}


def test_notes_outside_of_the_folder_are_not_resolved(repository: Repository) -> None:
    (repository.root / "README.md").write_text(f"Words. {FLAG}\n")
    repository.commit(FIRST)
    (repository.root / "README.md").unlink()
    repository.commit(SECOND)
    assert resolved(repository.docs) == []


def test_of_notes_that_are_not_on_the_site_nothing_is_told(repository: Repository) -> None:
    """A passage that was taken away with its note, or that its author keeps, is not published by the review."""
    kept = "---\npublish: false\n---\n"
    paths = ("shown", "old name", "drafted", ".trash/note", "withheld", "deleted")
    repository.put(FIRST, **{path: f"{kept * (path == 'withheld')}Words of {path}. {FLAG} (why)\n" for path in paths})
    repository.put(SECOND, **{path: f"{kept * (path == 'withheld')}Words of {path}.\n" for path in paths})
    repository.git("mv", "docs/old name.md", "docs/new name.md")
    repository.git("mv", "docs/drafted.md", "docs/draft.md")
    (repository.docs / "deleted.md").unlink()
    repository.commit(THIRD)
    repository.write("drafted.md", "Another note.\n")
    repository.put("2024-04-04", draft=f"{kept}Words of drafted.\n")
    folder = read_folder(repository.docs)
    site = read_site(folder.notes, folder.assets, Settings(), read_history(repository.docs, LABELS))
    assert [(flag.path, flag.excerpt) for flag in site.history.resolved] == [
        ("shown.md", "Words of shown."),
        ("new name.md", "Words of old name."),
    ]


def test_code_with_a_flags_text_lends_its_day_to_no_flag(repository: Repository) -> None:
    repository.put(FIRST, note=f"Words `{FLAG}`.\n")
    repository.put(SECOND, note=f"Words `{FLAG}`.\n\nWords. {FLAG}\n")
    assert since(repository.docs) == {"note.md: Words.": f"{SECOND} Ann"}


def test_a_flag_that_came_with_a_branch_has_the_branchs_day(repository: Repository) -> None:
    repository.put(FIRST, note="The words.\n\nOther.\n")
    repository.put_apart("branch", SECOND, "Bob", note=f"The words. {FLAG}\n\nOther.\n")
    repository.put(SECOND, "Cem", other="Something.\n")
    repository.merge("branch", THIRD)
    assert since(repository.docs) == {"note.md: The words.": f"{SECOND} Bob"}


def _merge(repository: Repository, *, into: str, merged: str, result: str, **others: str) -> None:
    """Merge two branches that both reworded `The words.`, with a result of the merge's own."""
    repository.put(FIRST, note=f"The words. {FLAG}\n\nOther.\n")
    repository.git("branch", "branch")
    repository.put(SECOND, "Cem", note=into)
    repository.git("switch", "--quiet", "branch")
    repository.put(SECOND, "Bob", note=merged)
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--no-commit", "--strategy=ours", "branch", environment=signature("Merger", THIRD))
    repository.put(THIRD, "Merger", note=result, **others)


BEST, GOOD = f"The best words. {FLAG}\n\nOther.\n", f"The good words. {FLAG}\n\nOther.\n"


@pytest.mark.parametrize("branches", [(BEST, GOOD), (GOOD, BEST)])
@pytest.mark.parametrize(
    "words", [pytest.param("good and best", id="of-its-own"), "good", "best", pytest.param("", id="as-before")]
)
def test_a_line_that_both_branches_reword_keeps_its_flags_day(
    repository: Repository, branches: tuple[str, str], words: str
) -> None:
    into, merged = branches
    text = " ".join(f"The {words} words.".split())
    _merge(repository, into=into, merged=merged, result=f"{text} {FLAG}\n\nOther, newer. {FLAG}\n")
    assert since(repository.docs) == {
        f"note.md: {text}": f"{FIRST} Ann",
        "note.md: Other, newer.": f"{THIRD} Merger",
    }
    assert resolved(repository.docs) == []


@pytest.mark.parametrize(
    ("into", "merged", "by"),
    [
        pytest.param(BEST, GOOD, f"{THIRD} Merger", id="by-the-merge"),
        pytest.param("The best words.\n\nOther.\n", GOOD, f"{SECOND} Cem", id="by-the-branch-it-stood-on"),
    ],
)
def test_a_flag_is_resolved_once_by_whoever_took_it_off_first(
    repository: Repository, into: str, merged: str, by: str
) -> None:
    _merge(repository, into=into, merged=merged, result="The good and best words.\n\nOther, newer.\n")
    assert [(gone[2], gone[3]) for gone in resolved(repository.docs)] == [(FIRST, by)]


@pytest.mark.parametrize(("mine", "theirs"), [("resolve", "reword"), ("reword", "resolve")])
@pytest.mark.parametrize("result", ["resolve", "reword", "neither"])
def test_whichever_branch_a_merge_follows_the_flag_stands_or_is_resolved(
    repository: Repository, mine: str, theirs: str, result: str
) -> None:
    """One branch takes the flag off, the other one rewords its line; the conflict is settled by one text of three."""
    texts = {"resolve": "The best words.\n", "reword": BEST, "neither": "The good words.\n"}
    _merge(repository, into=texts[mine], merged=texts[theirs], result=texts[result])
    by = "Cem" if mine == "resolve" else "Bob"
    if result == "reword":
        assert (since(repository.docs), resolved(repository.docs)) == ({"note.md: The best words.": f"{FIRST} Ann"}, [])
    else:
        assert since(repository.docs) == {}
        assert [gone[2:] for gone in resolved(repository.docs)] == [(FIRST, f"{SECOND} {by}")]


def test_a_flag_that_a_merge_keeps_as_it_was_is_not_resolved(repository: Repository) -> None:
    """One branch takes it off, the other one changes what is beside it; and of other notes the merge takes both."""
    mine = f"The words. {FLAG}\n\nOther, newer.\n"
    repository.write("more.md", "More.\n")
    _merge(repository, into=mine, merged="The best words.\n\nOther.\n", result=mine, more="Yet more.\n")
    assert since(repository.docs) == {"note.md: The words.": f"{FIRST} Ann"}
    assert resolved(repository.docs) == []


def test_a_flag_that_two_branches_set_is_one(repository: Repository) -> None:
    """As when a commit is picked from a branch that is merged later: set again, it has its new day."""
    repository.put(FIRST, note="The words.\n")
    repository.git("branch", "branch")
    repository.put(SECOND, "Cem", note=f"The words. {FLAG}\n")
    repository.git("switch", "--quiet", "branch")
    repository.put(THIRD, "Bob", note=f"The words. {FLAG}\n", other="Text.\n")
    repository.git("switch", "--quiet", "main")
    repository.merge("branch", THIRD)
    repository.put("2024-04-04", note="The words.\n")
    assert [gone[2:] for gone in resolved(repository.docs)] == [(SECOND, "2024-04-04 Ann")]
    repository.put("2024-05-05", note=f"The words. {FLAG}\n")
    assert since(repository.docs) == {"note.md: The words.": "2024-05-05 Ann"}


def test_a_flag_set_again_after_a_merge_has_its_new_day(repository: Repository) -> None:
    other = f"\n\nOther, newer. {FLAG}\n"
    _merge(repository, into=BEST, merged=GOOD, result=f"The good words. {FLAG}{other}")
    repository.put("2024-04-04", note=f"The good words.{other}")
    repository.put("2024-05-05", note=f"The good words. {FLAG}{other}")
    assert since(repository.docs)["note.md: The good words."] == "2024-05-05 Ann"
    assert resolved(repository.docs) == [("note.md", "The good words.", FIRST, "2024-04-04 Ann")]


def test_a_lone_flag_that_both_branches_take_off_is_resolved_once(repository: Repository) -> None:
    flag = f"{FLAG}\n\n"
    repository.put(FIRST, old=f"# Title\n\nText.\n\n{flag}One.\n\n{OTHERS}{flag}Two.\n")
    repository.git("mv", "docs/old.md", "docs/note.md")
    repository.commit(FIRST)
    repository.git("branch", "branch")
    for branch in ("main", "branch"):
        repository.git("switch", "--quiet", branch)
        repository.put(SECOND, "Bob", note=f"# Title\n\nText.\n\nOne.\n\n{OTHERS}{flag}Two.\n", **{branch: "Text.\n"})
    repository.merge("main", THIRD)
    assert [gone[1] for gone in resolved(repository.docs)] == ["One."]
    assert since(repository.docs) == {"note.md: Two.": f"{FIRST} Ann"}


def test_a_branch_that_rewords_a_file_renamed_meanwhile(repository: Repository) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n\n{OTHERS}")
    repository.put_apart("branch", THIRD, "Bob", note=f"Better words. {FLAG}\n\n{OTHERS}")
    repository.git("mv", "docs/note.md", "docs/new.md")
    repository.commit(SECOND, "Cem")
    repository.merge("branch", THIRD)
    assert since(repository.docs) == {"new.md: Better words.": f"{FIRST} Ann"}


@pytest.mark.parametrize(("into", "merged"), [("main", "branch"), ("branch", "main")])
def test_a_flag_is_resolved_in_a_note_that_another_branch_renamed_meanwhile(
    repository: Repository, into: str, merged: str
) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n\n{OTHERS}")
    repository.put_apart("branch", THIRD, "Bob", note=f"The words.\n\n{OTHERS}")
    repository.git("mv", "docs/note.md", "docs/new.md")
    repository.commit(SECOND, "Cem")
    repository.git("switch", "--quiet", into)
    repository.merge(merged, THIRD)
    assert resolved(repository.docs) == [("new.md", "The words.", FIRST, f"{THIRD} Bob")]


def test_a_flag_that_is_not_committed(repository: Repository) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    repository.write("note.md", f"New words. {FLAG}\n\nThe better words. {FLAG}\n")
    repository.write("new.md", f"A new note. {FLAG}\n")
    repository.write("staged.md", f"A staged note. {FLAG}\n")
    repository.git("add", "docs/staged.md")
    found = since(repository.docs)
    assert sorted(found.values()) == [f"{FIRST} Ann", *["not committed yet"] * 3]
    assert found["new.md: A new note."] == found["staged.md: A staged note."] == "not committed yet"


def test_a_flag_taken_off_is_not_resolved_before_that_is_committed(repository: Repository) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    repository.write("note.md", "Better words.\n")
    assert resolved(repository.docs) == []


def test_a_repository_without_a_commit(repository: Repository) -> None:
    repository.write("note.md", f"The words. {FLAG}\n")
    assert since(repository.docs) == {"note.md: The words.": "not committed yet"}


@pytest.mark.parametrize("broken", ["", f"{'1' * 40}\n"], ids=["of-no-bytes", "of-no-commit"])
def test_a_branch_that_cannot_be_read_is_no_new_one(repository: Repository, broken: str) -> None:
    """As after a crash while it was written."""
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    (repository.root / ".git" / "refs" / "heads" / "main").write_text(broken, encoding="ascii")
    assert since(repository.docs) == {"note.md: The words.": "unknown"}


@pytest.mark.parametrize("option", ["--depth=1", "--filter=blob:none"], ids=["shallow", "partial"])
def test_a_clone_of_a_part_knows_its_newest_commit_alone(repository: Repository, tmp_path: Path, option: str) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    repository.put(SECOND, note=f"The words. {FLAG}\n\nMore.\n")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", option, f"file://{repository.root}", str(clone))
    assert since(clone / "docs") == {"note.md: The words.": "unknown"}
    known = read_history(clone / "docs", LABELS)
    (problem,) = known.problems
    assert as_log_line(problem, "docs").startswith("docs:1:1: since when passages are flagged, and when pages were")
    assert "`git fetch --" in problem.message
    assert (known.commit, known.newest) == (repository.git("rev-parse", "HEAD").strip(), Author("Ann", NOON))


def test_without_git_nothing_is_known(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    shutil.rmtree(repository.root / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.root.parent))
    assert since(repository.docs) == {"note.md: The words.": "unknown"}
    monkeypatch.setenv("PATH", "")
    assert read_history(repository.docs, LABELS) == NO_HISTORY


def test_a_repository_that_git_does_not_read_is_told(repository: Repository) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n")
    (repository.root / ".git" / "config").write_text("[core\n", encoding="ascii")
    folder = read_folder(repository.docs)
    site = read_site(folder.notes, folder.assets, Settings(), read_history(repository.docs, LABELS))
    (told,) = site.problems
    assert told.message.endswith(" is not known: fatal: bad config line 1 in file .git/config")
    assert told.severity is Severity.NOTICE


def test_a_lone_flag_whose_passage_is_reworded_keeps_its_day_when_the_note_is_renamed(repository: Repository) -> None:
    repository.put(FIRST, note=f"{FLAG}\n\nThe words.\n")
    repository.put(SECOND, "Bob", note=f"{FLAG}\n\nOther.\n")
    repository.git("mv", "docs/note.md", "docs/new.md")
    repository.commit(THIRD)
    assert since(repository.docs) == {"new.md: Other.": f"{FIRST} Ann"}


def test_settings_of_the_user_change_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository.root / "map").write_text("Another <nobody@notes.example>\n", encoding="utf-8")
    one, two = f"- Words. {FLAG}\n  - One.\n", f"- Words. {FLAG}\n  - Two.\n"
    repository.put(FIRST, note=f"{FLAG}\n\nThe words.\n", alike=one + one)
    repository.put(SECOND, "Bob", note=f"{FLAG}\n\nBetter words.\n\nMore. {FLAG}\n", alike=one + two + one)
    repository.git("mv", "docs/note.md", "docs/new.md")
    repository.commit(THIRD)
    expected = read_history(repository.docs, LABELS)
    settings = {
        "diff.indentHeuristic": "false",
        "diff.noprefix": "true",
        "diff.suppressBlankEmpty": "true",
        "diff.external": "false",
        "diff.context": "0",
        "diff.relative": "true",
        "diff.orderFile": "/nowhere",
        "color.ui": "always",
        "core.fsmonitor": "false; touch ran",
        "core.pager": "false",
        "log.showRoot": "false",
        "log.showSignature": "true",
        "log.date": "relative",
        "core.quotepath": "on",
        "i18n.logOutputEncoding": "UTF-16",
        "mailmap.blob": "HEAD:map",
        "mailmap.file": str(repository.root / "map"),
    }
    for name, value in settings.items():
        repository.git("config", name, value)
    (repository.docs / ".gitattributes").write_text("*.md -diff\n")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert read_history(repository.docs, LABELS) == expected
    assert not list(repository.root.rglob("ran"))


def test_where_git_looks_for_the_repository_is_for_the_user_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_before_git(tmp_path, "env", monkeypatch)
    monkeypatch.setenv("GIT_DISCOVERY_ACROSS_FILESYSTEM", "1")  # the notes may be a disk of their own, in a container
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    told = git(tmp_path, "status").splitlines()
    assert b"GIT_DISCOVERY_ACROSS_FILESYSTEM=1" in told
    assert b"GIT_WORK_TREE=/nowhere" not in told


def test_what_tells_of_commits_is_found(repository: Repository, tmp_path: Path) -> None:
    assert find_reflog(tmp_path) is None
    assert find_reflog(repository.docs) is None  # before the first one
    repository.put(FIRST, note="The words.\n")
    assert find_reflog(repository.docs) == repository.root / ".git" / "logs" / "HEAD"
    repository.git("worktree", "add", "--quiet", str(tmp_path / "other"))
    (tmp_path / "linked").symlink_to(tmp_path / "other" / "docs")
    of_other = repository.root / ".git" / "worktrees" / "other" / "logs" / "HEAD"
    assert find_reflog(tmp_path / "linked") == of_other


@pytest.mark.parametrize("form", ["graft", "replacement"])
def test_a_history_that_one_clone_alone_tells_is_not_asked(repository: Repository, form: str) -> None:
    repository.put(FIRST, note=f"The words. {FLAG}\n\nOne.\n")
    second = repository.put(SECOND, "Bob", note=f"The words. {FLAG}\n\nTwo.\n")
    expected = read_history(repository.docs, LABELS)
    if form == "graft":
        grafts = repository.root / ".git" / "info" / "grafts"
        grafts.parent.mkdir(exist_ok=True)
        grafts.write_text(f"{second}\n", encoding="ascii")
    else:
        repository.git("replace", "--graft", second, environment=signature("Cem", THIRD))
    assert read_history(repository.docs, LABELS) == expected


@pytest.mark.parametrize("tag", ["UNKLAR", "SO_NICHT/NIE-2", "-x", "ÜBEL", "訂正", "Großes", "İNCE"])
def test_other_tags_are_followed_too(repository: Repository, tag: str) -> None:
    labels = {key(tag): Label("other", "")}
    repository.put(FIRST, note=f"Words #{tag}.\n\nWords. {FLAG}\n")
    repository.put(SECOND, note="Words.\n")
    assert [gone.label.label for gone in read_history(repository.docs, labels).resolved] == ["other"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann", "Ann"),
        ("<b>Ann</b> & Co", "<b>Ann</b> & Co"),
        ("Ann ann@notes.example", "Ann"),
        ("Ann (ann@notes.example)", "Ann"),
        ("ann@notes.example", "ann"),
        ("Ann " * 1_000, ("Ann " * 50).rstrip()),
        ("", ""),
    ],
)
def test_no_address_is_shown(name: str, shown: str) -> None:
    author = read_author(name.encode(), b"0")
    assert author
    assert (author.name, author.day) == (shown, "1970-01-01")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("Ann\x1b[31m\x02 B\x9bee", "Ann [31m B ee", id="control-characters"),
        pytest.param("\u202eAnn\u2067", "Ann", id="turned-text"),
        pytest.param("\ufffeAnn\ufdd0", "Ann", id="no-characters"),
        pytest.param("نسیم\u200cها 👩\u200d💻", "نسیم\u200cها 👩\u200d💻", id="what-joins-letters-stays"),
    ],
)
def test_a_name_does_nothing_to_the_text_around_it(name: str, shown: str) -> None:
    author = read_author(name.encode(), b"0")
    assert author
    assert author.name == shown


@pytest.mark.parametrize("seconds", [b"", b"soon", b"9" * 30])
def test_a_day_that_no_calendar_has_is_unknown(seconds: bytes) -> None:
    assert read_author(b"Ann", seconds) is None


def test_a_patch_of_a_note_about_patches() -> None:
    patch = b"diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n--- a/y.md\n+++ b/y.md\n diff --git\n"
    (file,) = read_patch(patch)
    assert (file.old, file.new) == ("x.md", "x.md")
    assert [(line.mark, line.text) for line in file.hunks[0].lines] == [
        (Mark.REMOVED, b"-- a/y.md"),
        (Mark.ADDED, b"++ b/y.md"),
        (Mark.KEPT, b"diff --git"),
    ]


@pytest.mark.parametrize("output", [b"", b"\n", b"\x01", b"\x01a\0b", b"@@ -1 +1 @@", b"\x01a\0b\0c\ndiff --git\n@@ x"])
def test_what_is_no_log_ends_nothing(output: bytes) -> None:
    assert all(not commit.files for commit in read_log(output))
