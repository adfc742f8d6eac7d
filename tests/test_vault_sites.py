"""Other vaults than ours, built as their owners would: every note has its page, and nothing on the site is dead."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.case_files import case_files
from tests.crawl import dead, one, soup, words
from tests.notes_cases import read_case
from tests.sites import ADDRESS, MKDOCS, PUBLISHED, copy_project

ODD_NAMES = (
    *("A & B", "1 + 1", "100%", "50%25", "it's", "a, b", "a.b.c", "wow!", "me@home", "Über", "日本", "Обзор", "हिंदी"),
    *("C#", "x=y", "a~b", "$5", "(p)", "{b}", "c;d", "😀", "-dash", "_line", "two  blanks", "q" * 80, "index of"),
    "CON",
)
FORMS = ("[[NAME]]", "[[NAME#Part NAME]]", "[[NAME#^an-id]]")


def vault_site(tmp_path: Path, files: Mapping[str, str], *arguments: str, settings: str = "") -> tuple[Path, str]:
    """The site of a folder beside the project, through a config that inherits ours, and the log of its build."""
    project = copy_project(tmp_path / "project", {})
    for path, text in files.items():
        file = tmp_path / "vault" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.fsencode(text))
    config = f"INHERIT: mkdocs.yml\ndocs_dir: {tmp_path / 'vault'}\nsite_dir: {tmp_path / 'site'}\n"
    (project / "other.yml").write_text(config + settings, encoding="utf-8")
    command = [*MKDOCS, "build", "--config-file", "other.yml", *arguments]
    done = subprocess.run(command, cwd=project, env=PUBLISHED, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return tmp_path / "site", done.stderr


def pages_with(site: Path, text: str) -> list[Path]:
    return [
        page for page in site.rglob("*.html") if any(text in words(block) for block in soup(page).select("article p"))
    ]


def test_all_cases_together_are_a_site_without_a_dead_link(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for feature in ("links", "embeds", "backlinks", "tags", "review"):
        for case_file in case_files(feature):
            case = read_case(case_file)
            texts = {path: data.decode() for path, data in case.notes.items()} | dict.fromkeys(case.assets, "")
            files |= {f"{feature}/{case_file.stem}/{path}": text for path, text in texts.items()}
    site, log = vault_site(tmp_path, files)
    assert "Traceback" not in log
    assert dead(site, ADDRESS) == []


def test_notes_of_any_name_link_to_each_other_from_any_folder(tmp_path: Path) -> None:
    folders = ("", "part one/", "日本 & more/100%/", "a/b/c/d/e/f/g/")
    files: dict[str, str] = {}
    for number, name in enumerate(ODD_NAMES):
        here = folders[number % len(folders)]
        links = "\n".join(f"- {FORMS[(number + at) % 3].replace('NAME', other)}" for at, other in enumerate(ODD_NAMES))
        text = f"## Part {name}\n\n{links}\n\n![[{name}.png|100]]\n\nText. ^an-id\n"
        files |= {f"{here}{name}.md": text, f"attachments/{name}.png": ""}
    site, log = vault_site(tmp_path, files, "--strict")
    assert "WARNING" not in log
    assert dead(site, ADDRESS) == []
    pages = [page for page in site.rglob("index.html") if soup(page).select_one("#an-id")]
    assert len(pages) == len(ODD_NAMES)
    for page in pages:
        assert len(soup(page).select("article li a:not(.wanted)")) == len(ODD_NAMES)
        assert len(soup(page).select("article img[width='100']")) == 1
    assert not [path for path in site.rglob("*") if " " in path.name]


TWINS = (
    "a/README.md",
    "a/index.md",
    "a.md",
    "b c.md",
    "b-c.md",
    "B c.md",
    "d.md",
    "d.markdown",
    "\u00c4.md",
    "A\u0308.md",
)


def test_notes_that_would_share_an_address_each_have_a_page(tmp_path: Path) -> None:
    site, log = vault_site(tmp_path, {path: f"twin {number}.\n" for number, path in enumerate(TWINS)})
    for number, path in enumerate(TWINS):
        assert len(pages_with(site, f"twin {number}.")) >= 1, path
    assert log.count("has the address") == 6
    assert dead(site, ADDRESS) == []


def test_a_file_is_a_note_whatever_the_case_of_its_ending(tmp_path: Path) -> None:
    files = {
        "UPPER.MD": "# Above\n\n[[Lower]]\n",
        "Lower.md": "[[upper#Above]] [x](UPPER.MD)\n",
        "a/README.Md": "[[UPPER]]\n",
    }
    site, log = vault_site(tmp_path, files, "--strict")
    assert "WARNING" not in log
    assert not dead(site)
    for page, links in {"lower": ["../upper/#above", "../upper/"], "upper": ["../lower/"], "a": ["../upper/"]}.items():
        article = one(soup(site / page / "index.html"), "article")
        assert [link["href"] for link in article.select("p > a:not([class])")][: len(links)] == links


def test_folders_of_obsidian_are_left_out_and_templates_are_notes(tmp_path: Path) -> None:
    hidden = {".obsidian/app.json": "secret", ".trash/Old.md": "secret", ".obsidian/plugins/x/README.md": "secret"}
    notes = {"templates/Daily.md": "A template.\n", "Note.md": "[[Daily]] ![[x.canvas]]\n", "x.canvas": json.dumps({})}
    site, _ = vault_site(tmp_path, hidden | notes, "--strict")
    assert not [path for path in site.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]
    one(site / "note" / "index.html", 'article a[href="../templates/daily/"]')
    assert dead(site, ADDRESS) == []


def test_a_canvas_is_a_page(tmp_path: Path) -> None:
    cards = [
        {"id": "a", "type": "text", "text": "# Plan\n\n[[Note]] and a [[wish]]"},
        {"id": "b", "type": "text", "text": "Words that wait. #I_DONT_LIKE_THIS_REWRITE (why)", "x": 300},
    ]
    board = json.dumps({"nodes": cards, "edges": [{"fromNode": "a", "toNode": "b"}]}, indent=2)
    files = {
        "Board.canvas": board,
        "Board.md": "The note.\n",
        "Board.canvas.md": "Another note.\n",
        "Folder/index.canvas": board,
        "Note.md": "[[Board.canvas]], [[Board]]\n\n![[index.canvas]]\n",
    }
    site, log = vault_site(tmp_path, files, "--strict")
    assert "WARNING" not in log
    assert dead(site, ADDRESS) == []
    assert not [path for path in site.rglob("*.canvas") if path.is_file()]
    links = one(site / "note" / "index.html", "article").select("p > a")
    assert [link["href"] for link in links][:2] == ["../board.canvas/", "../board/"]
    article = one(site / "board.canvas" / "index.html", "article")
    assert words(one(article, "h1")) == "Board"
    assert words(one(article, ".canvas h2")).startswith("Plan")
    assert one(article, ".backlinks a")["href"] == "../note/"
    assert "Board.canvas, line 8" in words(one(site / "review" / "index.html", "article"))
    assert one(site / "index.html", "article a[href='board.canvas/']")


def test_what_is_not_published_is_nowhere(tmp_path: Path) -> None:
    notes: dict[str, str] = {}
    for number, flag in enumerate(("publish: false", "draft: true", "publish: false\nbroken: [")):
        notes[f"Note {number}.md"] = f"[[Private {number}]] ![[Private {number}]]\n"
        notes[f"Private {number}.md"] = f"---\n{flag}\n---\nThe secret text. #secret-tag\n"
    site, _ = vault_site(tmp_path, notes)
    assert not [path for path in site.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]
    for number in range(3):
        assert "not published" in words(one(site / f"note-{number}" / "index.html", "article"))
    assert dead(site, ADDRESS) == []


def test_what_the_settings_keep_back_is_of_the_author_alone(tmp_path: Path) -> None:
    files = {
        "index.md": "![[p.png]] and [[Sub/Note]]. #I_DONT_LIKE_THIS_REWRITE",
        "assets/p.png": "",
        "Sub/Note.md": "x",
    }
    patterns = "exclude_docs: |\n  assets/\n  *.json\n  *.xml\ndraft_docs: |\n  Sub/\n  *.js\n"
    site, _ = vault_site(tmp_path, files, settings=patterns)
    assert not list(site.rglob("p.png"))
    assert not (site / "sub").exists()
    assert {"review.json", "review.xml"} <= {path.name for path in (site / "review").iterdir()}
    assert dead(site, ADDRESS) == []


def test_pages_may_be_files_of_their_names(tmp_path: Path) -> None:
    notes = {
        "A b.md": "[[index]] [[c]] [[c/d#Part]] [[wish]]\n",
        "c/README.md": "[[A b]] #tag\n",
        "c/d.md": "## Part\n\nx\n",
    }
    site, _ = vault_site(tmp_path, notes, "--strict", "--no-directory-urls")
    assert dead(site, ADDRESS) == []
    assert all((site / f"{name}.html").is_file() for name in ("index", "a-b", "c", "c/d", "review", "wanted"))


def test_a_note_of_its_folders_name_is_the_folders_page(tmp_path: Path) -> None:
    notes = {
        "Guide/Guide.md": "folder note.\n",
        "Guide/Part.md": "[[Guide]]\n",
        "tools/tools.md": "own page.\n",
        "tools/index.md": "index.\n",
    }
    site, _ = vault_site(tmp_path, notes, "--strict")
    assert "folder note." in words(one(site / "guide" / "index.html", "article"))
    one(site / "guide" / "part" / "index.html", 'article a[href="../"]')
    one(site / "guide" / "part" / "index.html", '.md-nav__container a[href="../"]')
    assert "index." in words(one(site / "tools" / "index.html", "article"))
    assert "own page." in words(one(site / "tools" / "tools" / "index.html", "article"))
    assert dead(site, ADDRESS) == []


def test_notes_named_like_pages_of_the_site_are_notes_like_others(tmp_path: Path) -> None:
    names = (
        "wanted",
        "review",
        "tags",
        "404",
        "guide/writing notes",
        "tags/a",
        "review/review",
        "search/a",
        "assets/a",
    )
    notes = {
        f"{name}.md": f"{name} itself #a #b [[nowhere]] ![[nothing]] #I_DONT_LIKE_THIS_REWRITE\n" for name in names
    }
    files = {"base.html": "mine\n", "mine.css": "/* mine */\n"}  # the theme has a template of the one name
    in_the_way = dict.fromkeys(("Search", "pagefind", "sitemap.xml/a.png", "404.html/a.png"), "")
    site, log = vault_site(tmp_path, notes | files | in_the_way)
    assert all(len(pages_with(site, f"{name} itself")) >= 1 for name in names)
    assert {name: (site / name).read_text(encoding="utf-8") for name in files} == files
    assert dead(site, ADDRESS) == []
    assert "not found among documentation files" not in log


HTML = """\
<p align="center"><img src="a b.png" width="9"> <a href='Other.md#part'>one</a></p>

In a line: <img srcset="../top.png 1x, a%20b.png 2x"> <a href="/sub/Other.md">two</a> <a href="../x.md">nowhere</a>
<a href="https://example.org/a.md">three</a> and text: src="a b.png" `<img src="a b.png">` [four](Other.md)
<a href="web/">five</a>

![six](twin.png)

<img src="/top.png" alt="seven">
"""


def test_addresses_in_html_lead_to_the_files_that_they_name(tmp_path: Path) -> None:
    files = {"sub/Note.md": HTML, "sub/Other.md": "# Other\n\n## Part\n\nx\n", "sub/a b.png": "x", "top.png": "x"}
    files |= {"sub/web/index.html": "<title>x</title>", "sub/twin.png": "x", "twin.png": "another"}
    site, log = vault_site(tmp_path, files)
    assert dead(site, ADDRESS) == ["sub/note/index.html: ../x.md"]
    assert "sub/Note.md:3:87: the HTML leads to `../x.md`" in log
    article = one(site / "sub" / "note" / "index.html", "article")
    assert [link.get("href") for link in article.select("p a")] == [
        "../other/#part",
        "../other/",
        "../x.md",
        "https://example.org/a.md",
        "../other/",
        "../web/",
    ]
    assert one(article, "img[alt=six]")["src"] == "../twin.png"
    assert one(article, "img[alt=seven]")["src"] == "../../top.png"
    assert one(article, "img[srcset]")["srcset"] == "../../top.png 1x, ../a-b.png 2x"
    assert 'text: src="a b.png"' in words(article)
    assert one(article, "code").text == '<img src="a b.png">'


TITLED = {
    "html-further-down": ("Words.\n\n<h1>Big</h1>\n", ["NAME", "Big"]),
    "html-at-the-start": ("<h1>Big</h1>\n\nWords.\n", ["Big"]),
    "html-in-html-at-the-start": ('<div align="center">\n<h1>Big</h1>\n</div>\n', ["Big"]),
    "a-title-in-markdown": ("# Title\n\n<h1>Big</h1>\n", ["Title", "Big"]),
    "code": ("`<h1>`\n", ["NAME"]),
    "a-heading-that-says-it-again": ("# NAME\n\nWords.\n\n# More\n", ["NAME"]),
    "further-down-it-is-a-section": ("Words.\n\n# NAME\n\n# More\n", ["NAME"]),
}
"""What a note holds, and the headings of the first level that its page shows; both with the note's name."""


def test_a_page_shows_its_title_once_whatever_its_html_holds(tmp_path: Path) -> None:
    site, _ = vault_site(tmp_path, {f"{name}.md": text.replace("NAME", name) for name, (text, _) in TITLED.items()})
    shown = {
        name: [heading.text.removesuffix("¶") for heading in soup(site / name / "index.html").select("article h1")]
        for name in TITLED
    }
    assert shown == {name: [title.replace("NAME", name) for title in titles] for name, (_, titles) in TITLED.items()}


def test_a_page_that_the_search_would_not_get_through_is_told_and_not_found(tmp_path: Path) -> None:
    long = "<b>Words</b> " * 1_000
    notes = {"Deep.md": long + "<div>" * 250, "Quoted.md": long + '<div title="</div>"><!-- </div> -->' * 250}
    picture = "<svg>" + '<path d="M0 0" />' * 250 + "</svg>\n"
    found = {"Note.md": "Words.\n", "Apart.md": long + "<!-- <div> -->" * 250, "Picture.md": long + picture}
    site, log = vault_site(tmp_path, {**notes, **found})
    for name in notes:
        assert f"vault/{name}:1:1: elements of HTML are nested more than 200 deep" in log
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert {entry["location"].partition("/")[0] for entry in index["docs"]} == {"apart", "note", "picture", "wanted"}


def test_a_flood_of_problems_is_told_in_few_lines_and_an_address_in_html_may_have_a_query(tmp_path: Path) -> None:
    text = "[[Other#Nope]] " * 150 + '\n\n<a href="Other.md?a=b#part">x</a> <img src=a.png?x>\n'
    site, log = vault_site(tmp_path, {"Note.md": text, "Other.md": "## Part\n\nText.\n", "a.png": ""})
    assert log.count("has no heading `Nope`") == 100
    assert "vault/Note.md: 50 more of the kind `no-heading`" in log
    assert "the HTML leads to" not in log
    one(site / "note" / "index.html", 'article a[href="../other/?a=b#part"]')
    one(site / "note" / "index.html", 'article img[src="../a.png?x"]')


def test_a_note_that_the_settings_keep_out_of_the_navigation_is_a_page_as_any_other(tmp_path: Path) -> None:
    files = {"Home.md": "It leads to [[Apart]].\n", "aside/Apart.md": "Back to [[Home]].\n"}
    site, log = vault_site(tmp_path, files, "--strict", settings="not_in_nav: aside/\n")
    assert "WARNING" not in log
    page = soup(site / "aside" / "apart" / "index.html")
    assert one(page, "article p a")["href"] == "../../home/"
    assert words(one(page, ".backlinks blockquote")) == "It leads to Apart."
    assert not [link for link in page.select("nav a") if "Apart" in link.text]
    assert dead(site, ADDRESS) == []


def test_notes_are_listed_as_in_obsidian(tmp_path: Path) -> None:
    names = ("Week 2.md", "apple.md", "Week 10.md", "Zoo/README.md", "Zoo/b.md", "Zoo/A.md", "area/x.md")
    site, _ = vault_site(tmp_path, {name: f"# {name}\n\nText.\n" for name in names})
    listed = [words(link) for link in soup(site / "zoo" / "index.html").select("nav.md-nav--primary a.md-nav__link")]
    known = ("apple.md", "Week 2.md", "Week 10.md", "Area", "Zoo", "Zoo/A.md", "Zoo/b.md")
    assert [name for name in listed if name in known] == list(known)
    home = [words(link) for link in soup(site / "index.html").select("article li > a")]
    assert home == [*("apple.md", "area/x.md", "Week 2.md", "Week 10.md"), *("Zoo/A.md", "Zoo/b.md", "Zoo/README.md")]
