"""The policy as text: whose scripts it names, and the script that it lets in afterwards."""

import re
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from tests.sites import build, copy_project

from commonmark.marks import BACKLINKS
from host.markup import valid
from publishing.contained import contained
from publishing.inert import inert
from publishing.policy import permit_last, permitting, policy

PAGE = '<head><meta content="{}"></head><body><script>one()</script>\n<p>x</p>{}</body>'
ADDED = "<script>two()</script>"
FILES = frozenset({"a.pdf", "a.pdf?b", "b/A.PDF#b"})


def hashes(text: str) -> list[str]:
    return re.findall(r"'sha256-[^']+'", text)


def test_only_inline_scripts_are_named_once_each() -> None:
    scripts = "<script>a()</script><script src='b.js'></script><script>a()</script>"
    assert len(hashes(policy(scripts, has_pieces=False))) == 1
    assert not hashes(policy("<p>a()</p>", has_pieces=False))
    assert "script-src 'self';" in policy("", has_pieces=False)


def test_each_script_of_the_theme_is_named_whatever_its_features_are(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"index.md": "Words."})
    for name, place, added in (
        ("mkdocs.yml", "features:\n", "    - content.tabs.link\n    - announce.dismiss\n"),
        ("mkdocs.yml", "\nextra:\n", "  consent: {title: Cookies, description: Some.}\n  version: {provider: mike}\n"),
        ("overrides/main.html", "%}\n", "{% block announce %}New{% endblock %}{% block outdated %}Old{% endblock %}"),
    ):
        file = project / name
        before, found, after = file.read_text(encoding="utf-8").partition(place)
        file.write_text(before + found + added + after, encoding="utf-8")
    page = (build(project, tmp_path / "site") / "index.html").read_text(encoding="utf-8")
    scripts = hashes(policy(page, has_pieces=False))
    assert len(scripts) > len(("tabs", "announce", "outdated", "consent"))
    assert set(scripts) <= set(hashes(page))


def test_nothing_but_the_site_itself_is_allowed_and_only_styles_within_a_page() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("", has_pieces=False).split("; "))
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"  # like the base, not a matter of the default
    sources = {part for allowed in rules.values() for part in allowed.split()}
    assert sources == {"'none'", "'self'", "data:", "'unsafe-inline'"}
    assert [name for name, allowed in rules.items() if "unsafe" in allowed] == ["style-src"]


def test_a_script_at_the_very_end_is_let_in() -> None:
    page = PAGE.format(policy("", has_pieces=False), ADDED)
    assert hashes(permit_last(page)) == hashes(policy(ADDED, has_pieces=False))
    assert permit_last(page).endswith(f"{ADDED}</body>")


def test_no_other_page_is_changed() -> None:
    for page in (PAGE.format(policy("", has_pieces=False), ""), PAGE.format("none", ADDED), "", "</script></body>"):
        assert permit_last(page) == page


def test_what_is_served_keeps_its_status_and_any_bytes() -> None:
    body = b"\xff" + PAGE.format(policy("", has_pieces=False), ADDED).encode()

    def app(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("404 Not Found", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body[:40], body[40:]]

    started: list[object] = []
    served = b"".join(permitting(app)({}, lambda *given: started.append(given)))  # type: ignore[arg-type]
    assert served.startswith(b"\xff")
    assert hashes(served.decode("latin-1")) == hashes(policy(ADDED, has_pieces=False))
    assert started == [("404 Not Found", [("Content-Type", "text/html")])]


def test_assembly_runs_only_where_the_search_needs_it() -> None:
    assert "'wasm-unsafe-eval'" in policy("", has_pieces=True)
    assert "eval" not in policy("", has_pieces=False)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<script src="evil.js"></script>', '<script type="text/plain"></script>'),
        ("<SCRIPT type=module>a</SCRIPT>", '<SCRIPT type="text/plain">a</SCRIPT>'),
        ("<script>a</script>", '<script type="text/plain">a</script>'),
        ("<svg><script href='a.js' /></svg>", '<svg><script type="text/plain"/></svg>'),
        ('a <meta http-equiv="refresh" content="0;url=//a.b>c"> b', "a <span></span> b"),
        ("<link rel=preconnect href=//a.b><base/><p>b</p>", "<span></span><span></span><p>b</p>"),
        ('<meta content="0', '&lt;meta content="0'),
        ("<metal> <scripts> &lt;script>", "<metal> <scripts> &lt;script>"),
        ("<scr<meta>ipt src=a.js>", "<scr<span></span>ipt src=a.js>"),
        ("<script<meta>src=a.js>", "<script<span></span>src=a.js>"),
        ("""<script a=b"><script src=a.js>">""", """&lt;script a=b"><script type="text/plain">">"""),
        ("""<script a=b'><script src=a.js>'>""", """&lt;script a=b'><script type="text/plain">'>"""),
    ],
)
def test_what_would_act_on_the_page_is_gone(html: str, shown: str) -> None:
    assert inert(html, FILES.__contains__) == shown


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="a.pdf" width=300></iframe>',
        "<embed src=b/A.PDF#b>",
        '<object data="a.pdf?b" type="application/pdf"><a href="a.pdf">a</a></object>',
        "<iframe name=a></iframe>",
        "<iframes src=a.html>",
    ],
)
def test_a_frame_of_a_document_stays(html: str) -> None:
    assert inert(html, FILES.__contains__) == html


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<iframe src="a.html" title="A chart">No frames?</iframe>', '<a href="a.html">A chart</a>'),
        ('<iframe src="a&amp;b.html" />', '<a href="a&amp;b.html">a&amp;b.html</a>'),
        ("<embed src='a.svg'>", '<a href="a.svg">a.svg</a>'),
        ('<object data="a"><p>b</p></object>', '<a href="a">a</a><p>b</p></object>'),
        ("<IFRAME SRC=a.html>", '<a href="a.html">a.html</a>'),
        ("<iframe SrcDoc=a></iframe>", "<span></span>"),
        ("<iframe src=a.html?.pdf>", '<a href="a.html?.pdf">a.html?.pdf</a>'),
        ("<iframe src='a.html&#35;.pdf'>", '<a href="a.html#.pdf">a.html#.pdf</a>'),
        ("<object data=a.pdf data=a.html>", '<a href="a.pdf">a.pdf</a>'),
        ('<iframe srcdoc="&lt;script src=a.js>"></iframe>', "<span></span>"),
        ('<iframe src="javascript:a()"></iframe>', "<span>javascript:a()</span>"),
        ('<iframe title=A src="java&Tab;script:a()"></iframe>', "<span>A</span>"),
        ("<iframe src=folder.pdf>", '<a href="folder.pdf">folder.pdf</a>'),
        ("<iframe/src=a.html>", "&lt;iframe/src=a.html>"),
        ("<iframe src= title=a>", "&lt;iframe src= title=a>"),
        ("""<iframe b="c src='" src=a.html d=".pdf'">""", '<a href="a.html">a.html</a>'),
        ("""<iframe b=c\vd=" src=a.html e=" f="">""", """&lt;iframe b=c\vd=" src=a.html e=" f="">"""),
    ],
)
def test_a_frame_of_anything_else_is_a_link(html: str, shown: str) -> None:
    assert inert(html, FILES.__contains__) == shown


def test_nothing_is_taken_out_of_the_midst_of_a_tag() -> None:
    html = '<scr for="__toc"ipt src=a.js><label class="md-nav__title" for="__toc">'
    assert valid(html) == '<scr for="__toc"ipt src=a.js><label class="md-nav__title">'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>a</p></div></ARTICLE ><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a <b>b</p><p>c</p>", "<p>a <b>b</p><p>c</p></b>"),
        ("<ul><li><div>a</li></ul></div>b", "<ul><li><div>a</li></ul>b"),
        ("<div><i><div>a</div></div></div>", "<div><i><div>a</div></div></i>"),
        (f"<details><p>a</p>{BACKLINKS}</aside>", f"<details><p>a</p></details>{BACKLINKS}</aside>"),
        ("<script>'</div>'</div>", "<script>'</div>'</div></script>"),
    ],
)
def test_html_of_a_note_ends_what_it_begins_and_nothing_else(html: str, shown: str) -> None:
    assert contained(html) == shown


@pytest.mark.parametrize(
    "html",
    [
        "<b><i>a</b></i><br><img src='a.png' />",
        '<svg><path d="M0"/><g></g></svg><script>"</div>"</script><!-- </p> --><textarea></p></textarea>',
        '<a href="</div>">a</a> &lt;/div> </>',
        "<p>a<p>b",
    ],
)
def test_html_that_is_whole_stays(html: str) -> None:
    assert contained(html) == html
