"""`mkdocs serve` while notes come, go, move and are renamed: each page is what a build from nothing makes."""

import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from signal import SIGTERM
from socket import SO_LINGER, SOL_SOCKET, create_connection, create_server
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from tests.repositories import new_repository
from tests.serving import SECONDS, free_place, get, served, wait_for
from tests.sites import MKDOCS, PUBLISHED, build, copy_project

from host.serving import serve_what_was_built

NOTES = {
    "Links.md": "[[Asked]] [[Other]] [[Moves]] ![[Moves]]\n",
    "Embeds.md": "![[Links]]\n",
    "Other.md": "Words. [[Moves]]\n",
    "Moves.md": "Moving words. [[Other]]\n",
    "Alone.md": "Nothing leads here.\n",
    "part/Beside.md": "[[Asked]]\n",
    "Formula.md": "$\\mine$\n",
}


def _write(name: str, text: str) -> Callable[[Path], object]:
    def write(docs: Path) -> None:
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")

    return write


# What the author does, one after the other, and the pages whose words change by it.
STEPS: tuple[tuple[Callable[[Path], object], frozenset[str]], ...] = (
    (_write("Asked.md", "Written now.\n"), frozenset({"links", "embeds", "part/beside", "asked"})),
    (
        lambda docs: (docs / "Moves.md").rename(docs / "part" / "Moves.md"),
        frozenset({"links", "embeds", "other", "moves", "part/moves"}),
    ),
    (
        lambda docs: (docs / "Other.md").rename(docs / "Renamed.md"),
        frozenset({"links", "embeds", "other", "renamed", "part/moves"}),
    ),
    (lambda docs: (docs / "Asked.md").unlink(), frozenset({"links", "embeds", "part/beside", "asked"})),
    (_write("preamble.sty", "\\newcommand{\\mine}{m}\n"), frozenset({"formula"})),
)


def _article(html: str) -> str:
    article = BeautifulSoup(html, "html.parser").select_one("article")
    assert article is not None
    for edit in article.select('[href*="/edit/"]'):
        edit.decompose()
    return article.decode()


def _built(project: Path, site: Path) -> dict[str, str]:
    """The words of each note's page in a build from nothing."""
    pages = sorted(build(project, site).glob("**/index.html"))
    named = {page.parent.relative_to(site).as_posix(): page.read_text(encoding="utf-8") for page in pages}
    own = (".", "wanted", "review", "tags", "guide")
    return {name: _article(html) for name, html in named.items() if not name.startswith(own)}


def _shown(address: str, name: str) -> str | None:
    try:
        return _article(get(f"{address}{name}/").decode())
    except OSError:
        return None


def test_what_is_served_is_what_a_build_from_nothing_makes(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", NOTES)
    before = _built(project, tmp_path / "site")
    with served(project, tmp_path / "log") as address:
        for number, (act, changed) in enumerate(STEPS):
            _wait(address, before)
            act(project / "docs")
            after = _built(project, tmp_path / f"site-{number}")
            assert {name for name in before | after if before.get(name) != after.get(name)} == changed
            _wait(address, after, gone=set(before) - set(after))
            before = after


def _wait(address: str, pages: dict[str, str], gone: frozenset[str] | set[str] = frozenset()) -> None:
    """Until all pages are served so; a page that never is fails with what differs."""
    deadline = time.monotonic() + SECONDS
    wanted = {**pages, **dict.fromkeys(gone)}
    while (shown := {name: _shown(address, name) for name in wanted}) != wanted and time.monotonic() < deadline:
        time.sleep(0.5)
    assert shown == wanted


def test_what_is_edited_during_the_first_build_is_served(tmp_path: Path) -> None:
    project, log = copy_project(tmp_path / "project", {"note.md": "Words. [[#Nowhere]]\n"}), tmp_path / "log"
    with served(project, log) as address:
        deadline = time.monotonic() + SECONDS
        while b"Nowhere" not in log.read_bytes() and time.monotonic() < deadline:
            time.sleep(0.01)
        (project / "docs" / "note.md").write_text("Other words.\n", encoding="utf-8")  # it was read by now
        wait_for(f"{address}note/", b"Other words.")


def test_other_notes_are_served_anew_when_the_projects_settings_change(tmp_path: Path) -> None:
    """Their own file only names what it inherits from."""
    project = copy_project(tmp_path / "project", {})
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "note.md").write_text("Words. #I_DONT_LIKE_THIS_REWRITE\n", encoding="utf-8")
    (project / "mine.yml").write_text("INHERIT: mkdocs.yml\ndocs_dir: ../vault\n", encoding="utf-8")
    settings = project / "mkdocs.yml"
    with served(project, tmp_path / "log", "--config-file", "mine.yml") as address:
        wait_for(f"{address}note/", b"rewrite</a>")
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("label: rewrite", "label: better words"), encoding="utf-8")
        wait_for(f"{address}note/", b"better words</a>")


def test_pages_are_served_while_the_settings_are_broken_and_anew_when_they_are_mended(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"note.md": "Words.\n"})
    settings, log = project / "mkdocs.yml", tmp_path / "log"
    text = settings.read_text(encoding="utf-8")
    with served(project, log) as address:
        wait_for(f"{address}note/", b"Words.")
        settings.write_text(f"{text}\nbroken: [\n", encoding="utf-8")
        deadline = time.monotonic() + SECONDS
        while b"What is served stays as it was" not in log.read_bytes() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert b"Words." in get(f"{address}note/")
        settings.write_text(text.replace("site_name: The Ops", "site_name: Mended"), encoding="utf-8")
        wait_for(f"{address}note/", b"Mended")
    told = log.read_text(encoding="utf-8")
    assert "expected the node content" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("message", ["No site. Make room.", "No site. Make room"])
def test_why_a_build_failed_is_told_in_sentences(message: str, caplog: pytest.LogCaptureFixture) -> None:
    def build() -> None:
        raise PluginError(message)

    server = LiveReloadServer(build, "127.0.0.1", 0, "nowhere")
    serve_what_was_built(server)
    server.builder()
    server.server_close()
    assert caplog.messages == ["No site. Make room. What is served stays as it was until this is mended"]


def test_notes_are_served_anew_when_their_folder_was_away(tmp_path: Path) -> None:
    """As it is for a moment when git changes to a branch without notes and back."""
    project = copy_project(tmp_path / "project", {"note.md": "Words.\n"})
    docs, log = project / "docs", tmp_path / "log"
    with served(project, log) as address:
        wait_for(f"{address}note/", b"Words.")
        docs.rename(tmp_path / "away")
        deadline = time.monotonic() + SECONDS
        while b"Cannot take a snapshot" not in log.read_bytes() and time.monotonic() < deadline:
            time.sleep(0.1)
        (tmp_path / "away").rename(docs)
        (docs / "note.md").write_text("Other words.\n", encoding="utf-8")
        wait_for(f"{address}note/", b"Other words.")


def test_a_commit_is_served_though_it_changes_no_note(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {})
    repository = new_repository(project)
    repository.put("2024-02-28", note="Words.\n")
    repository.write("note.md", "Words. #I_DONT_LIKE_THIS_REWRITE\n")
    with served(project, tmp_path / "log") as address:
        wait_for(f"{address}review/", b"not committed yet")
        repository.commit("2024-02-29")
        wait_for(f"{address}review/", b"2024-02-29")


def test_drafts_are_served_as_the_pages_that_they_will_be(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"Home.md": "[[Plan]]\n", "drafts/Plan.md": "Back to [[Home]].\n"})
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("draft_docs: drafts/\n")
    with served(project, tmp_path / "log.txt") as address:
        wait_for(f"{address}home/", b'href="../drafts/plan/"')
        wait_for(f"{address}drafts/plan/", b'href="../../home/"')
    assert not (build(project, tmp_path / "site") / "drafts").exists()


def test_an_address_that_another_program_has_is_told_with_a_way_out(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"Note.md": "Words.\n"})
    with create_server(("127.0.0.1", 0)) as other:
        place = f"127.0.0.1:{other.getsockname()[1]}"
        command = [*MKDOCS, "serve", "--dev-addr", place]
        run = subprocess.run(command, cwd=project, env=PUBLISHED, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert f"http://{place}/: Address already in use. End what runs there, or serve elsewhere" in run.stderr
    assert "Traceback" not in run.stderr


def test_nothing_stays_behind_of_what_was_served(tmp_path: Path) -> None:
    """Not even of what is stopped while it is built."""
    project, log, left = (
        copy_project(tmp_path / "project", {"Note.md": "Words.\n"}),
        tmp_path / "log",
        tmp_path / "left",
    )
    left.mkdir()
    command, environment = [*MKDOCS, "serve", "--dev-addr", free_place()], {**PUBLISHED, "TMPDIR": str(left)}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=project, env=environment, stdout=output, stderr=output) as server,
    ):
        while not list(left.glob("*/.building-*")) and server.poll() is None:
            time.sleep(0.01)
        server.terminate()
    assert server.returncode == -SIGTERM
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert not list(left.iterdir())


def test_a_site_is_served_in_a_folder_whose_name_has_a_blank(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"Note.md": "Words.\n"})
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('!ENV [SITE_URL, ""]', "https://notes.example/a%20folder/"), encoding="utf-8")
    with served(project, tmp_path / "log.txt") as address:
        wait_for(f"{address}a%20folder/note/", b"Words.")
        assert b"Words." in get(f"{address}a%20folder/note")  # by what leads on


def test_nothing_is_told_of_a_browser_that_breaks_off(tmp_path: Path) -> None:
    project, log = copy_project(tmp_path / "project", {"Note.md": "Words.\n"}), tmp_path / "log.txt"
    at_once = struct.pack("ii", 1, 0)
    with served(project, log) as address:
        wait_for(f"{address}note/", b"Words.")
        for asked in (b"", b"GET /no", b"GET /note/ HTTP/1.1\r\nHost"):
            with create_connection((urlsplit(address).hostname, urlsplit(address).port)) as browser:
                browser.sendall(asked)
                browser.setsockopt(SOL_SOCKET, SO_LINGER, at_once)
        (project / "docs" / "Note.md").write_text("Other words.\n", encoding="utf-8")
        wait_for(f"{address}note/", b"Other words.")
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_there_is_no_page_at_an_address_that_no_path_can_be(tmp_path: Path) -> None:
    project, log = copy_project(tmp_path / "project", {"Note.md": "Words.\n"}), tmp_path / "log.txt"
    with served(project, log) as address:
        wait_for(f"{address}note/", b"Words.")
        for odd in ("%00", "note/%00", f"livereload/{'9' * 5000}/1"):
            with pytest.raises(HTTPError, match="404"):
                get(address + odd)
    assert "Traceback" not in log.read_text(encoding="utf-8")
