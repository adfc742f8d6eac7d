"""When each note was changed last, what home tells of it, and what stands at the foot of a page."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.crawl import one, words
from tests.repositories import Repository, new_repository, signature
from tests.sites import build, copy_project

from notes import generated_pages, read_history, read_site
from notes.foot import foot
from notes.history.changed import Days, days_of_pages
from notes.settings import DEFAULT_LABELS, Settings
from notes.site import Site


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "a repository")


def site_of(repository: Repository, settings: Settings) -> Site:
    texts = {path.name: path.read_bytes() for path in sorted(repository.docs.glob("*.md"))}
    return read_site(texts, (), settings, read_history(repository.docs, DEFAULT_LABELS))


def test_each_page_has_the_days_of_its_newest_and_its_oldest_commit(repository: Repository) -> None:
    repository.put("2024-01-01", A="one", B="one")
    repository.write("sub/Ä (1).MD", "one")
    repository.write("picture.png", "")
    repository.commit("2024-02-02")
    repository.write("D.canvas", "")
    repository.put("2024-03-03", B="two")
    repository.write("C.md", "one")
    repository.write("E.base", "")
    repository.commit("2024-04-04")
    days = {
        "A.md": Days("2024-01-01", "2024-01-01"),
        "sub/Ä (1).MD": Days("2024-02-02", "2024-02-02"),
        "B.md": Days("2024-03-03", "2024-01-01"),
        "D.canvas": Days("2024-03-03", "2024-03-03"),
        "C.md": Days("2024-04-04", "2024-04-04"),
        "E.base": Days("2024-04-04", "2024-04-04"),
    }
    repository.write("F.md", "not committed")
    assert days_of_pages(repository.docs) == days


def test_a_note_was_changed_when_it_was_renamed(repository: Repository) -> None:
    repository.put("2024-01-01", A="one")
    repository.git("mv", "docs/A.md", "docs/B.md")
    repository.commit("2024-02-02")
    assert days_of_pages(repository.docs) == {
        "A.md": Days("2024-02-02", "2024-01-01"),
        "B.md": Days("2024-02-02", "2024-02-02"),
    }


def test_a_merge_changes_nothing_by_itself(repository: Repository) -> None:
    repository.put("2024-01-01", A="one", B="one")
    repository.put_apart("other", "2024-02-02", A="two")
    repository.put("2024-03-03", B="two")
    repository.merge("other", "2024-04-04")
    assert days_of_pages(repository.docs) == {
        "A.md": Days("2024-02-02", "2024-01-01"),
        "B.md": Days("2024-03-03", "2024-01-01"),
    }


def test_a_merge_changes_what_is_then_as_in_none_of_its_parents(repository: Repository) -> None:
    repository.put("2024-01-01", A="one", B="one", C="one")
    repository.put_apart("other", "2024-02-02", A="two", B="two")
    repository.put("2024-03-03", A="three")
    repository.git("merge", "--no-commit", "--strategy=ours", "other", environment=signature("Merger", "2024-04-04"))
    repository.put("2024-04-04", A="two and three", B="two", C="two")
    assert days_of_pages(repository.docs) == {
        "A.md": Days("2024-04-04", "2024-01-01"),
        "B.md": Days("2024-02-02", "2024-01-01"),
        "C.md": Days("2024-04-04", "2024-01-01"),
    }


def test_a_clock_that_is_wrong_changes_no_order(repository: Repository) -> None:
    repository.put("2024-01-01", A="one")
    repository.put_apart("other", "2023-01-01", A="two")
    repository.put("2024-03-03", B="one")
    repository.merge("other", "2024-04-04")
    assert days_of_pages(repository.docs) == {
        "A.md": Days("2023-01-01", "2024-01-01"),
        "B.md": Days("2024-03-03", "2024-03-03"),
    }


def test_a_page_of_any_name_has_its_days(repository: Repository) -> None:
    names = ("\x01a", "\x01b", "\nc", "c")
    repository.put("2024-01-01", **dict.fromkeys(names, "one"))
    repository.put("2024-02-02", **{"\x01b": "two", "\nc": "two"})
    assert days_of_pages(repository.docs) == {
        "\x01a.md": Days("2024-01-01", "2024-01-01"),
        "\x01b.md": Days("2024-02-02", "2024-01-01"),
        "\nc.md": Days("2024-02-02", "2024-01-01"),
        "c.md": Days("2024-01-01", "2024-01-01"),
    }


def test_a_folder_without_its_whole_history_tells_no_days(repository: Repository, tmp_path: Path) -> None:
    repository.put("2024-01-01", A="one")
    repository.put("2024-02-02", B="one")
    repository.git("clone", "--quiet", "--depth=1", repository.root.as_uri(), str(tmp_path / "shallow"))
    assert read_history(tmp_path / "shallow" / "docs", DEFAULT_LABELS).days == {}
    assert read_history(tmp_path, DEFAULT_LABELS).days == {}


def test_home_tells_the_newest_first(repository: Repository) -> None:
    for day in range(1, 13):
        repository.put(f"2024-01-{day:02}", **{f"Note {day:02}": "words"})
    home, *_ = generated_pages(site_of(repository, Settings()))
    _, lately = home.markdown.split("## What changed lately\n\n")
    listed = lately.partition("\n\n")[0].splitlines()
    assert listed[0] == "- [Note 12](Note%2012.md), 2024-01-12"
    assert len(listed) == 10


def test_home_without_git_tells_nothing_of_changes(tmp_path: Path) -> None:
    home, *_ = generated_pages(read_site({"A.md": b"x"}, (), Settings(), read_history(tmp_path, DEFAULT_LABELS)))
    assert "changed" not in home.markdown


def test_the_foot_fills_in_the_form(repository: Repository) -> None:
    commit = repository.put("2024-01-01", **{"A & B": "one"})
    settings = Settings(repository="https://forge.example/author/notes")
    made = foot(site_of(repository, settings), "A & B.md", 'A & "B"')
    assert (made.changed, made.commit) == ("2024-01-01", commit)
    assert parse_qs(urlsplit(made.report).query) == {
        "template": ["problem.yml"],
        "title": ['Problem on: A & "B"'],
        "page": ["A & B.md"],
        "section": ['A & "B"'],
        "commit": [commit],
    }


def test_without_a_repository_there_is_no_form(repository: Repository) -> None:
    repository.put("2024-01-01", A="one")
    assert foot(site_of(repository, Settings()), "A.md", "A").report == ""


def test_the_site_shows_them(repository: Repository, tmp_path: Path) -> None:
    copy_project(repository.root, {"Note 1.md": "words"})
    commit = repository.commit("2024-01-01")
    page = build(repository.root, tmp_path / "site") / "note-1" / "index.html"
    time = one(page, ".md-source-file time")
    assert (time.text, time["datetime"]) == ("2024-01-01", "2024-01-01")
    assert commit[:7] in words(one(page, ".md-feedback"))
    assert f"commit={commit}" in str(one(page, '.md-feedback a[href^="https://forge.example/author/notes/"]')["href"])
    edit = one(page, 'a[rel="edit"]')["href"]
    assert "<lastmod>2024-01-01</lastmod>" in (page.parents[1] / "sitemap.xml").read_text(encoding="utf-8")
    assert edit == "https://forge.example/author/notes/edit/main/docs/Note%201.md"
