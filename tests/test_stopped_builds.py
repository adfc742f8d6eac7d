"""A build that is stopped leaves whole pages, and the next one is as if it had not been; the same notes, same bytes."""

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from tests.generated_vault import vault
from tests.repositories import new_repository
from tests.sites import MKDOCS, PUBLISHED, WITHOUT_PRIVILEGES, copy_project

from publishing import staging

COUNT: Final = 30
DRAWN: Final = """# Drawn

```
+---+   +---+
| a |-->| b |
+---+   +---+
```

#tag #I_DONT_LIKE_THIS_REWRITE
"""
QUIET_BUILD: Final = (*MKDOCS, "build", "--quiet")


def made(site: Path) -> dict[str, bytes]:
    """What is on a site, by path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def run(
    project: Path,
    limit: Callable[[], None] | None = None,
    environment: Mapping[str, str] = PUBLISHED,
    by: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Build a project."""
    return subprocess.run(
        [*by, *QUIET_BUILD],
        cwd=project,
        env=environment,
        preexec_fn=limit,
        check=False,
        capture_output=True,
        text=True,
        timeout=200,
    )


def build(project: Path, environment: Mapping[str, str] = PUBLISHED) -> int:
    """Build a project; gives the exit code."""
    return run(project, environment=environment).returncode


def rewrite(docs: Path) -> None:
    """Change every note, take some away, add one."""
    for number, note in enumerate(sorted(docs.rglob("*.md"))):
        if number % 10 == 0:
            note.unlink()
        else:
            note.write_text(note.read_text(encoding="utf-8") + "\nAn added paragraph.\n", encoding="utf-8")
    (docs / "New.md").write_text("# New\n", encoding="utf-8")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the site of its notes as they were, and beside it one with their site as they are."""
    folder = tmp_path_factory.mktemp("clean")
    project = copy_project(folder / "project", vault(COUNT) | {"Drawn.md": DRAWN})
    assert build(project) == 0
    shutil.copytree(project, folder / "clean", symlinks=True)
    shutil.rmtree(folder / "clean" / "site")
    for name in ("project", "clean"):
        rewrite(folder / name / "docs")
    assert build(folder / "clean") == 0
    (project / "site" / ".git").mkdir()
    (project / "site" / ".git" / "HEAD").write_bytes(b"kept")
    return folder


@pytest.fixture
def project(clean: Path, tmp_path: Path) -> Path:
    """A project whose site is that of its notes before they were changed."""
    shutil.copytree(clean / "project", tmp_path / "project", symlinks=True)
    return tmp_path / "project"


@pytest.fixture
def expected(clean: Path) -> Mapping[str, bytes]:
    """What the next whole build must give."""
    return {**made(clean / "clean" / "site"), ".git/HEAD": b"kept"}


def _wait_for(site: Path, pattern: str) -> None:
    """Wait until a path is there. The build is not asked whether it has ended: if it had, none could be killed."""
    while not _is_there(site, pattern):
        time.sleep(0.001)


def _is_there(site: Path, pattern: str) -> bool:
    try:
        return any(site.glob(pattern))
    except FileNotFoundError:  # a build takes away what a stopped one has left, while it is looked through
        return False


def test_a_killed_build_leaves_whole_pages_and_no_trace(project: Path, expected: Mapping[str, bytes]) -> None:
    before = made(project / "site")
    for moment in (".building-*/sitemap.xml", ".building-*/*/index.html", "new/index.html"):
        with subprocess.Popen(QUIET_BUILD, cwd=project, env=PUBLISHED, start_new_session=True) as running:
            _wait_for(project / "site", moment)
            os.killpg(running.pid, signal.SIGKILL)
        for path, data in made(project / "site").items():
            assert path.startswith(".building-") or data in (before.get(path), expected.get(path)), path
    assert build(project) == 0
    assert made(project / "site") == expected


def _little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def test_a_build_without_room_leaves_the_site_as_it_was(project: Path, expected: Mapping[str, bytes]) -> None:
    before = made(project / "site")
    stopped = run(project, _little_room)
    assert stopped.returncode == 1
    assert "There is no room for the site: " in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert made(project / "site") == before
    assert build(project) == 0
    assert made(project / "site") == expected


@pytest.mark.parametrize("name", ["wanted", "gone"])
def test_a_build_that_may_not_write_a_folder_leaves_the_site_as_it_was(
    project: Path, expected: Mapping[str, bytes], name: str
) -> None:
    closed = project / "site" / name
    closed.mkdir(exist_ok=True)
    (closed / "index.html").write_text("a page")
    closed.chmod(0o555)
    before = made(project / "site")
    stopped = run(project, by=WITHOUT_PRIVILEGES)
    assert stopped.returncode == 1
    assert f"No site can be made at {closed}: Permission denied. " in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert made(project / "site") == before
    closed.chmod(0o755)
    assert build(project) == 0
    assert made(project / "site") == expected


def test_a_build_takes_away_what_stopped_ones_left_and_no_other(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    for process in (os.getppid(), ended.pid, os.getpid(), "no number"):
        (tmp_path / f".building-{process}" / "part").mkdir(parents=True)
    assert staging.begin(tmp_path) == tmp_path / f".building-{os.getpid()}"
    left = {folder.name: [path.name for path in folder.iterdir()] for folder in tmp_path.iterdir()}
    assert left == {f".building-{os.getppid()}": ["part"], f".building-{os.getpid()}": []}


def test_a_page_comes_where_a_folder_was_and_a_folder_where_a_page_was(tmp_path: Path) -> None:
    site, built = tmp_path, tmp_path / ".building-1"
    for file in (site / "a" / "old", site / "b", built / "a", built / "b" / "new"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.name)
    staging.publish(built, site)
    assert {str(path.relative_to(site)) for path in site.rglob("*")} == {"a", "b", "b/new"}


def test_two_builds_at_once_end_equal(project: Path, expected: Mapping[str, bytes]) -> None:
    running = [subprocess.Popen(QUIET_BUILD, cwd=project, env=PUBLISHED) for _ in range(2)]
    assert [one.wait(200) for one in running] == [0, 0]
    assert made(project / "site") == expected


ELSEWHERE: Final = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
HERE: Final = {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}


def test_the_same_commit_is_the_same_site_anywhere(tmp_path: Path) -> None:
    first = copy_project(tmp_path / "one", {})
    repository = new_repository(first)
    for path, text in (vault(COUNT) | {"Drawn.md": DRAWN}).items():
        repository.write(path, text)
    repository.git("add", "docs")
    repository.commit("2024-02-29", "Änne")
    second = copy_project(tmp_path / "quite another place" / "with a longer name", {})
    (second / ".cache").unlink()  # each picture is drawn anew
    repository.git("clone", "--quiet", str(first), str(tmp_path / "clone"))
    (tmp_path / "clone" / ".git").rename(second / ".git")
    notes = sorted((tmp_path / "clone" / "docs").rglob("*.md"), reverse=True)
    for number, note in enumerate(notes):
        target = second / note.relative_to(tmp_path / "clone")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(note.read_bytes())
        os.utime(target, (number * 86_400, number * 86_400))
    assert build(first, environment=PUBLISHED | HERE) == 0
    assert build(second, environment=PUBLISHED | ELSEWHERE) == 0
    one, other = made(first / "site"), made(second / "site")
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


@pytest.mark.parametrize("other", [Path.touch, os.mkfifo, lambda site: site.symlink_to("nowhere")])
def test_what_stands_where_the_site_should_is_told_and_stays(tmp_path: Path, other: Callable[[Path], object]) -> None:
    project = copy_project(tmp_path / "project", {"Note.md": "Words.\n"})
    site = tmp_path / "there"
    other(site)
    command = [*MKDOCS, "build", "--site-dir", str(site)]
    run = subprocess.run(command, cwd=project, env=PUBLISHED, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert f"No site can be made at {site}: " in run.stderr
    assert "Traceback" not in run.stderr
    assert site.is_symlink() or site.exists()
