"""A folder of broken notes: built, checked and exported to the end; each fault is told, and every note is there."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from tests.crawl import dead, soup
from tests.sites import ADDRESS, MKDOCS, PUBLISHED, ROOT, WITHOUT_PRIVILEGES, copy_project

from host import folder

SECRET: Final = b"what nobody may see"
EXCLUDED: Final = b"what MkDocs is told to leave out"

BROKEN: Final[dict[str, bytes]] = {
    "latin 1.md": "# Café\n\nBody.\n".encode("latin-1"),
    "utf 16 le.md": b"\xff\xfe" + "# One\n\nBody.\n".encode("utf-16-le"),
    "utf 16 be.md": b"\xfe\xff" + "# Two\n\nBody.\n".encode("utf-16-be"),
    "utf 16 cut off.md": b"\xff\xfe" + "Body.".encode("utf-16-le") + b"x",
    "utf 16 unmarked.md": "Body.\n".encode("utf-16-le"),
    "nul.md": b"a\0b\n\nBody.\n",
    "all bytes.md": bytes(range(256)) + b"\n\nBody.\n",
    "surrogates.md": b"\xed\xa0\x80\n\nBody.\n",
    "open fence.md": b"Body.\n\n```python\nx = 1\n",
    "open properties.md": b"---\ntitle: x\n\nBody.\n",
    "twice.md": b"---\ntitle: a\ntitle: b\n---\nBody.\n",
    "tab.md": b"---\na:\tb\n\tc: d\n---\nBody.\n",
    "list.md": b"---\n- a\n- b\n---\nBody.\n",
    "words.md": b"---\nonly words\n---\nBody.\n",
    "tag.md": b'---\na: !!python/object/apply:os.system ["touch pwned"]\n---\nBody.\n',
    "key.md": b"---\n? [a, b]\n: c\n---\nBody.\n",
    "merge.md": b"---\n<<: 5\n---\nBody.\n",
    "alias.md": b"---\na: *x\n---\nBody.\n",
    "laughs.md": b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nBody.\n",
    "directive.md": b"---\n%YAML 9.9\n---\nBody.\n",
    "control.md": b'---\na: "\x01"\n---\nBody.\n',
    "escape.md": b'---\ntitle: "\\ud800"\n---\nBody.\n',
    "deep.md": b"---\na: " + b"[" * 50_000 + b"\n---\nBody.\n",
    "deep maps.md": b"---\na: " + b"{a: " * 50_000 + b"\n---\nBody.\n",
    "types.md": b"---\ntitle: [a]\ntags: {a: b}\naliases: [[a]]\n---\nBody.\n",
    "two\nlines.md": b"Body. [[nowhere#x]] ![[nowhere.png]]\n",
    "A twin.md": b"Body.\n",
    "a twin.md": b"Body.\n",
    "\u00e4.md": b"Body.\n",
    "a\u0308.md": b"Body.\n",
    "\udcff.md": b"Body.\n",
}
"""Notes with one fault each; each has a page with `Body.` on it."""

SOUND: Final[dict[str, bytes]] = {
    "good.md": b"# Good\n\nBody.\n\nSee [[empty]].\n",
    "empty.md": b"",
    "blank.md": b"\n \n",
    "mark only.md": b"\xef\xbb\xbf",
    "properties only.md": b"---\ntitle: x\n---",
    "dashes.md": b"---\n---\n---\n",
    "old mac.md": b"# A\r\rBody.\r",
    "separators.md": "# A\u2028b\u2029c\u0085d #I_DONT_LIKE_THIS_REWRITE\n\nBody.\n".encode(),
    "huge.md": b"---\ntitle: " + b"9" * 5000 + b"\ndate: 99999-99-99\na: 0x" + b"f" * 9999 + b"\n---\nBody.\n",
    "wrong.md": b"---\nhide: 5\nsearch: 5\nicon: ../../etc/passwd\ntemplate: nope.html\nstatus: [1]\n---\nBody.\n",
    "values.md": b"---\na: !!timestamp x\nb: !!float x\nc: !!int x\nd: !!bool x\ntitle: yes\ntags: ~\n---\nBody.\n",
    "long " + "\u0130" * 120 + ".md": b"Body.\n",
    "d" * 251 + "/" + "d" * 252 + ".md": b"Body.\n",
    "D" * 251 + "/" + "d" * 252 + ".md": b"Body.\n",
    "/".join("e" * 300) + "/far down.md": b"Body. #" + b"t" * 1000 + b"\n",
    "a folder.md/in it.md": b"Body.\n",
    "x" * 250 + ".png": b"",
    "X" * 250 + ".png": b"",
    ".hidden/secret.md": SECRET,
    ".secret.md": SECRET,
}

LINKS: Final = {
    "passwd.md": "/etc/passwd",
    "system": "/etc",
    "root": "/",
    "outside.png": "../outside.png",
    "dangling.md": "nowhere.md",
    "ring 1.md": "ring 2.md",
    "ring 2.md": "ring 1.md",
    "self": ".",
    "above": "..",
    "hidden.md": ".hidden/secret.md",
    "hidden": ".hidden",
    "again": "a folder.md",
    "a note.txt": "withheld.md",
    "excluded.png": "private/picture.png",
    "ring/one": "../ring/two",
    "ring/two": "../ring/one",
}
"""Symbolic links: none is followed, each is told."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = copy_project(tmp_path_factory.mktemp("broken"), {})
    docs = place / "docs"
    for path, data in (BROKEN | SOUND).items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(data)
    (place / "outside.png").write_bytes(SECRET)
    (docs / "private").mkdir()
    (docs / "private" / "picture.png").write_bytes(EXCLUDED)
    (docs / "withheld.md").write_bytes(b"---\npublish: false\n---\n" + SECRET)
    config = (place / "mkdocs.yml").read_text(encoding="utf-8")
    (place / "mkdocs.yml").write_text(config.replace("exclude_docs: |\n", "exclude_docs: |\n  private/\n"))
    for path, target in LINKS.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).symlink_to(target)
    os.mkfifo(docs / "pipe.md")
    os.mkfifo(docs / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(docs / "socket.md"))
    return place


@pytest.fixture(scope="module")
def log(project: Path) -> str:
    done = subprocess.run([*MKDOCS, "build"], cwd=project, env=PUBLISHED, check=False, capture_output=True, timeout=120)
    told = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, told
    return told


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace").replace("\n", " ")


def test_no_note_costs_the_build(log: str) -> None:
    assert "Traceback" not in log
    assert "does not contain an anchor" not in log


@pytest.mark.parametrize("path", [*BROKEN, *LINKS, "pipe.md", "pipe", "socket.md"])
def test_each_fault_is_told_with_its_file(log: str, path: str) -> None:
    if path in ("A twin.md", "\u00e4.md", "a\u0308.md"):
        path = {"A twin.md": "a twin.md"}.get(path, "\u00e4.md")  # one of two twins is told
    assert f"docs/{_shown(path)}:" in log


def test_each_note_has_its_page(project: Path, log: str) -> None:
    assert log
    shown = [page for page in (project / "site").rglob("index.html") if "Body." in page.read_text(encoding="utf-8")]
    own = {project / "site" / folder for folder in ("", "review", "wanted", "guide/writing-notes")}
    pages = {page.parent for page in shown} - own
    bare = {"utf 16 unmarked.md", *(path for path, data in SOUND.items() if b"Body." not in data)}
    assert len(pages) == len({*BROKEN, *SOUND} - bare)


def test_a_file_whose_name_is_no_text_is_edited_by_its_bytes(project: Path, log: str) -> None:
    assert log
    pages = (project / "site").rglob("index.html")
    edited = [link["href"] for page in pages for link in soup(page).select("[rel=edit]")]
    assert edited.count("https://forge.example/author/notes/edit/main/docs/%FF.md") == 1


def test_nothing_hidden_or_from_elsewhere_is_published(project: Path, log: str) -> None:
    assert log
    published = [path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()]
    assert not [text for text in published if SECRET in text or b"root:x:0" in text or text == EXCLUDED]


def test_no_link_of_the_site_is_dead(project: Path, log: str) -> None:
    assert log
    assert dead(project / "site", ADDRESS) == []


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_check_ends_and_tells_the_same(project: Path, log: str, form: str) -> None:
    command = [sys.executable, "-m", "notes", "check", "docs", "--format", form]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    done = subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (1, b"")
    if form == "json":
        records = [json.loads(line) for line in done.stdout.splitlines()]
        assert all(f"{record['file']}:{record['line']}:".replace("\n", " ") in log for record in records)


def test_export_ends(project: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "notes", "export", "docs", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    done = subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET in path.read_bytes()]


def test_files_that_go_while_a_site_is_built_cost_no_build(tmp_path: Path) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(tmp_path / "docs"), "site_dir": str(tmp_path / "site")})
    config.validate()
    for name in ("gone.png", "gone/a.png", "gone/a.md", "folder.png", "kept.png"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).touch()
    folder.find_files_ourselves()
    files = mkdocs_build.get_files(config)  # type: ignore[attr-defined]  # the name MkDocs calls it by
    shutil.rmtree(tmp_path / "docs" / "gone")
    for name in ("gone.png", "folder.png"):
        (tmp_path / "docs" / name).unlink()
    (tmp_path / "docs" / "gone").touch()
    (tmp_path / "docs" / "folder.png").mkdir()
    assert folder.read_texts(files) == {}
    files.copy_static_files()
    assert {path.name for path in (tmp_path / "site").rglob("*") if path.is_file()} == {"kept.png"}


@pytest.mark.parametrize("mode", [0o000, 0o111, 0o444])
def test_a_folder_that_may_not_be_read_or_entered_is_told(tmp_path: Path, mode: int) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.md").touch()
    closed.chmod(mode)
    command = [*WITHOUT_PRIVILEGES, sys.executable, "-m", "notes", "check", str(tmp_path), "--format", "json"]
    done = subprocess.run(command, env=PUBLISHED | {"PYTHONPATH": "hooks"}, cwd=ROOT, check=False, capture_output=True)
    closed.chmod(0o755)
    assert json.loads(done.stdout)["message"] == "this is a folder that may not be read; it is not published"
