"""The whole site, built by MkDocs from real folders."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from markdown_it import MarkdownIt
from tests.crawl import dead, one, soup, words
from tests.sites import ADDRESS, MKDOCS, PUBLISHED, ROOT, build, copy_project

FLAG = "I_DONT_LIKE_THIS_REWRITE"
NOTE = ROOT / "docs" / "The Ops.md"


def built(tmp_path: Path, notes: dict[str, str]) -> Path:
    return build(copy_project(tmp_path / "project", notes), tmp_path / "site")


def log_of_build(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*MKDOCS, "build", "--site-dir", str(project / "site"), *arguments]
    return subprocess.run(command, cwd=project, env=PUBLISHED, check=False, capture_output=True, text=True)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_note_has_its_page_with_title_and_headings_in_order(site: Path) -> None:
    page = site / "the-ops" / "index.html"
    article = one(page, "article")
    assert [heading.text for heading in article.find_all("h1")] == ["The Ops"]
    tokens = MarkdownIt("commonmark").parse(NOTE.read_text(encoding="utf-8"))
    written = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open"]
    expected = ["".join(part.content for part in token.children or []) for token in written]
    shown = [heading.text.removesuffix("¶").strip() for heading in article.find_all(["h2", "h3", "h4", "h5", "h6"])]
    assert shown == expected
    assert one(page, "title").text == "The Ops"


def test_a_page_has_the_classes_that_its_note_asks_for_but_none_of_the_themes_parts(tmp_path: Path) -> None:
    classes = """cssclasses: [wide cards, md-nav, '"><script>alert(1)</script>', 7up]\ncssclass: old"""
    site = built(tmp_path, {"A.md": f"---\n{classes}\n---\nText.\n", "B.md": "Text.\n"})
    first, second = (one(site / name / "index.html", "article")["class"] for name in ("a", "b"))
    assert first == ["md-content__inner", "md-typeset", "wide", "cards", "old"]
    assert second == ["md-content__inner", "md-typeset"]


def test_html_of_a_note_leaves_what_is_around_it_as_it_is(tmp_path: Path) -> None:
    html = "</div></div></article></main>\n\n<details>\n\n- <div>a\n\nThe <b>end.\n"
    notes = {"A.md": f"First.\n\n{html}", "B.md": "![[A]]\n\n</div>\n\nLast. [[A]]\n"}
    site = built(tmp_path, notes)
    for name, last in (("a", "The end."), ("b", "Last. A")):
        article = one(site / name / "index.html", "main article")
        assert last in article.text
        assert not article.find_all("footer")
        assert (site / name / "index.html").read_text(encoding="utf-8").count("</article>") == 1
    assert not one(site / "a" / "index.html", "aside.backlinks").find_parents("details")


def test_no_link_picture_or_anchor_is_dead(site: Path) -> None:
    assert dead(site, ADDRESS) == []


def test_a_dead_link_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="x/">x</a> <a href="#y">y</a>', encoding="utf-8")
    assert dead(tmp_path) == ["index.html: x/", "index.html: #y"]


def test_the_page_for_what_is_missing_leads_home(site: Path, tmp_path: Path) -> None:
    assert one(site / "404.html", "article a")["href"] == "/"
    deep = build(ROOT, tmp_path / "deep", address=f"{ADDRESS}notes/")
    assert one(deep / "404.html", "article a")["href"] == "/notes/"


def test_two_builds_are_equal(site: Path, tmp_path: Path) -> None:
    assert digests(build(ROOT, tmp_path / "again")) == digests(site)


def test_no_tool_touches_the_notes(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "pro ject", {})
    shutil.copytree(ROOT / "docs", project / "docs")
    before = digests(project / "docs")
    build(project, project / "site")
    environment = {**os.environ, "PYTHONPATH": str(project / "hooks")}
    for arguments in (["check", "docs"], ["export", "docs", "out"]):
        command = [MKDOCS[0], "-m", "notes", *arguments]
        subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True)
    assert digests(project / "docs") == before
    assert NOTE.name in before
    assert (project / "out" / NOTE.name).is_file()


def test_wanted_notes_are_marked_listed_and_become_links_when_written(tmp_path: Path) -> None:
    notes = {"A.md": "Please see [[GIT notes]] soon.\n"}
    project = copy_project(tmp_path / "project", notes)
    site = build(project, tmp_path / "before")
    link = one(site / "a" / "index.html", "article a.wanted")
    assert link["href"] == "../wanted/#wanted-git-notes"
    assert "not written yet" in link.text
    entry = one(site / "wanted" / "index.html", "#wanted-git-notes")
    assert "Please see GIT notes soon." in words(entry)
    (project / "docs" / "sub").mkdir()
    (project / "docs" / "sub" / "GIT notes.md").write_text("Text.\n", encoding="utf-8")
    after = build(project, tmp_path / "after")
    assert not one(after / "a" / "index.html", 'article a[href="../sub/git-notes/"]').get("class")
    assert not soup(after / "wanted" / "index.html").select("#wanted-git-notes")


def test_flags_are_a_worklist_and_their_tag_is_nowhere(site: Path) -> None:
    assert not [path for path in site.rglob("*") if path.is_file() and FLAG.encode() in path.read_bytes().upper()]
    note, review = site / "the-ops" / "index.html", site / "review" / "index.html"
    for flag_id, first, line in (
        ("why-we-need-devops-engineers-rewrite-1", "Pure DevOps means", 90),
        ("in-summary-rewrite-1", "DevOps isn’t just about", 121),
    ):
        assert first in words(one(note, f"#{flag_id}.flagged"))
        card = one(review, f"#flag-{flag_id}")
        assert first in words(card)
        assert f"line {line}" in words(card)
        one(card, f'a[href="../the-ops/#{flag_id}"]')
        one(card, f'a[href="https://forge.example/author/notes/edit/main/docs/The%20Ops.md#L{line}"]')
    one(note, "#in-summary-rewrite-1 + ol.flagged")
    empty = [item.text for item in soup(review).select("article li") if "actually?" in item.text]
    assert len(empty) == 2


def test_the_navigation_says_how_many_wait(site: Path) -> None:
    assert "2" in one(site / "index.html", 'nav a[href="review/"]').text


def test_home_is_made_from_the_notes(site: Path) -> None:
    home = one(site / "index.html", "article")
    assert "is a term that's emerged" in words(home)
    for page in ("the-ops/", "wanted/", "review/"):
        one(home, f'a[href="{page}"]')


def test_mkdocs_still_validates_links_and_anchors(tmp_path: Path) -> None:
    broken = "[file](nope.pdf) [page](nope.md) [heading](#nope)\n\n![picture](nope.png)\n"
    project = copy_project(tmp_path, {"A.md": broken})
    done = log_of_build(project, "--strict")
    assert done.returncode != 0
    assert "nope.pdf" in done.stderr
    assert "nope.md" in done.stderr
    assert "nope.png" in done.stderr
    assert "`nope`" in done.stderr


def test_without_a_repository_and_its_history_no_page_names_them(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"A.md": "[[wish]] #I_DONT_LIKE_THIS_REWRITE\n"})
    command = [*MKDOCS, "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=project, env={**PUBLISHED, "REPO_URL": ""}, check=True)
    assert dead(project / "site", ADDRESS) == []
    for page in (project / "site").rglob("*.html"):
        assert not soup(page).select("[rel=edit], .md-source, .md-source-file, .md-feedback")
    assert "lastmod" not in (project / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_another_vault_needs_no_page_and_no_navigation(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {})
    vault = tmp_path / "vault"
    (vault / "Großes Fach").mkdir(parents=True)
    (vault / "Großes Fach" / "日本 & more.md").write_text("# Titel\n\n[[Zweite#Über uns]]\n", encoding="utf-8")
    (vault / "Zweite.md").write_text("## Über uns\n\nText.\n", encoding="utf-8")
    config = f"INHERIT: mkdocs.yml\ndocs_dir: {vault}\nsite_dir: {tmp_path / 'other'}\n"
    (project / "other.yml").write_text(config, encoding="utf-8")
    command = [*MKDOCS, "build", "--strict", "--quiet", "--config-file", "other.yml"]
    subprocess.run(command, cwd=project, env=PUBLISHED, check=True)
    site = tmp_path / "other"
    assert dead(site, ADDRESS) == []
    one(site / "großes-fach" / "日本--more" / "index.html", 'article a[href="../../zweite/#%C3%BCber-uns"]')


BAD = {
    "utf-8.md:1:6": b"Text \xff here.\n",
    "nul.md:3:4": b"One\n\nTwo\0\n",
    "properties.md:3:1": b"---\ntitle: [\n---\nText.\n",
    "fence.md:3:1": b"Text.\n\n```\ncode\n",
    "mermaid.md:3:3": b"Text.\n\n> ```mermaid\n> flowchart LR\n>   a --> b[\n> ```\n",
}
"""Notes by the place that is told."""


def test_a_bad_note_costs_a_message_and_nothing_else(tmp_path: Path) -> None:
    project = copy_project(tmp_path, {"Good.md": "Fine.\n"})
    for place, data in BAD.items():
        (project / "docs" / place.partition(":")[0]).write_bytes(data)
    done = log_of_build(project)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Fine." in (project / "site" / "good" / "index.html").read_text(encoding="utf-8")
    for place in BAD:
        assert f"docs/{place}: " in done.stderr
        assert (project / "site" / place.partition(".")[0] / "index.html").is_file()


def test_settings_that_make_no_sense_cost_a_message_and_no_flag(tmp_path: Path) -> None:
    project = copy_project(tmp_path, {"Note.md": "Words. #UNCLEAR\n"})
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    line = text.splitlines().index("    tags:") + 2
    config.write_text(text.replace("    tags:\n", "    tags:\n      UNCLEAR: x\n"), encoding="utf-8")
    done = log_of_build(project)
    assert f"mkdocs.yml:{line}:7: the tag `UNCLEAR` has no label. Give it one: " in done.stderr
    assert "Traceback" not in done.stderr
    assert one(project / "site" / "note" / "index.html", "a.flag").text.endswith("UNCLEAR")


def test_settings_without_a_plugin_that_pages_need_say_so(tmp_path: Path) -> None:
    project = copy_project(tmp_path, {"Note.md": "Words.\n"})
    (project / "mine.yml").write_text("INHERIT: mkdocs.yml\nplugins: [search]\n", encoding="utf-8")
    command = [*MKDOCS, "build", "--config-file", "mine.yml"]
    run = subprocess.run(command, cwd=project, env=PUBLISHED, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "`plugins` must name mermaid2" in run.stderr
    assert "Traceback" not in run.stderr


def test_what_the_settings_keep_off_the_site_is_wanted_by_nobody(tmp_path: Path) -> None:
    notes = {"Note.md": "[[Diary]] ![[Diary]] ![[me.png]] [it](own/Diary.md) [[Day]]\n", "own/Diary.md": "Secret.\n"}
    project = copy_project(tmp_path, {**notes, "own/me.png": "Secret.", "drafts/Day.md": "Secret.\n"})
    with (project / "kept.yml").open("w", encoding="utf-8") as config:
        config.write("INHERIT: mkdocs.yml\nexclude_docs: own/\ndraft_docs: drafts/\n")
    done = log_of_build(project, "--strict", "--config-file", "kept.yml")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("is not published; only its name is shown") == 5
    shown = words(one(project / "site" / "note" / "index.html", "article > p"))
    assert shown.count(" (not published)") == 5
    assert "Diary" not in (project / "site" / "wanted" / "index.html").read_text(encoding="utf-8")
    assert b"Secret." not in b"".join(path.read_bytes() for path in (project / "site").rglob("*") if path.is_file())


def test_words_in_settings_are_no_html(tmp_path: Path) -> None:
    project = copy_project(tmp_path, {"Note.md": ""})
    name, description = 'Ours & <em>"theirs"</em>', 'What "ops" are: <all> & more'
    with (project / "words.yml").open("w", encoding="utf-8") as config:
        config.write(f"INHERIT: mkdocs.yml\nsite_name: '{name}'\nsite_description: '{description}'\n")
    done = log_of_build(project, "--strict", "--config-file", "words.yml")
    assert done.returncode == 0, done.stderr
    for page in ("note/index.html", "404.html"):
        shown = project / "site" / page
        assert one(shown, "meta[name=description]")["content"] == description
        assert one(shown, "meta[property='og:site_name']")["content"] == name
        assert one(shown, ".md-header__topic").get_text(strip=True) == name
        assert one(shown, "a.md-header__button")["aria-label"] == one(shown, "a.md-header__button")["title"] == name
        assert one(shown, "title").text.endswith(name)
    assert one(project / "site" / "index.html", "title").text == name


def test_a_page_says_what_is_shown_of_it_where_somebody_gives_its_address(tmp_path: Path) -> None:
    note = '---\ntitle: A & "B" <i>\n---\nThe first "sentence". More.\n'
    site = built(tmp_path, {"Note.md": note})
    told = {
        "note/index.html": ("article", 'A & "B" <i>', 'The first "sentence".', f"{ADDRESS}note/"),
        "index.html": ("website", "The Ops", "Notes on DevOps, DataOps and MLOps", ADDRESS),
    }
    for page, expected in told.items():
        names = ("type", "title", "description", "url")
        assert tuple(one(site / page, f"meta[property='og:{name}']")["content"] for name in names) == expected
    assert not soup(site / "404.html").select("meta[property='og:url']")


def test_a_symbolic_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"Good.md": "Fine.\n"})
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "Secret.md").write_text("the secret\n", encoding="utf-8")
    (project / "docs" / "file.md").symlink_to(secret / "Secret.md")
    (project / "docs" / "folder").symlink_to(secret)
    (project / "docs" / "loop").symlink_to(project / "docs")
    done = log_of_build(project)
    assert done.returncode == 0
    assert "docs/file.md:1:1: the symbolic link leads out" in done.stderr
    assert "docs/folder:1:1: the symbolic link leads out" in done.stderr
    published = [path for path in (project / "site").rglob("*") if path.is_file()]
    assert not [path for path in published if b"the secret" in path.read_bytes()]


def test_notes_that_would_share_an_address_each_keep_a_page(tmp_path: Path) -> None:
    notes = {"A b.md": "first\n", "a-b.md": "second\n", "sub/index.md": "third\n", "sub.md": "fourth\n"}
    project = copy_project(tmp_path, notes)
    done = log_of_build(project)
    pages = [path.read_text(encoding="utf-8") for path in (project / "site").rglob("index.html")]
    for word in ("first", "second", "third", "fourth"):
        assert [page for page in pages if f"<p>{word}</p>" in page], word
    assert done.stderr.count("has the address") == 2
