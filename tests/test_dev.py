"""`dev.py`, run for real: in a small project of its own with one small package, and in a fresh clone of this one."""

import ast
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dev
import pytest
from tests import clones
from tests.serving import free_place, wait_for
from tests.sites import ROOT

WHEEL = "told-1-py3-none-any.whl"
TELLING = """\
import os, sys
print(sys.argv[1:], os.getcwd(), os.environ.get("CHROMIUM"), os.environ["NO_MKDOCS_2_WARNING"])
sys.exit(7)
"""
"""What the small project has in place of pytest."""
BROWSERLESS = {"CHROMIUM": "", "PATH": ""}
PRETEND = "import sys, runpy; {}; sys.argv[1:] = ['test']; runpy.run_path('dev.py', run_name='__main__')"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a small project, not set up yet."""
    return _small_project(tmp_path)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project with its environment, which was left half made before."""
    project = _small_project(tmp_path_factory.mktemp("ready"))
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").write_text("half a program")
    first = _run(project, "dev.py", "test", "-k", "one or two", CHROMIUM=sys.executable)
    assert "Making .venv" in first.stderr
    assert (first.stdout, first.returncode) == (f"['-k', 'one or two'] {project} {sys.executable} 1\n", 7)
    return project


def _small_project(folder: Path) -> Path:
    """Make a project of `dev.py` and a lock with one package, which tells how it is called and exits with 7."""
    project = folder / "a small project"
    project.mkdir()
    (project / "dev.py").write_bytes((ROOT / "dev.py").read_bytes())
    with zipfile.ZipFile(project / WHEEL, "w") as wheel:
        wheel.writestr("pytest.py", TELLING)
        wheel.writestr("told-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: told\nVersion: 1\n")
        wheel.writestr("told-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("told-1.dist-info/RECORD", "")
    _lock(project, hashlib.sha256((project / WHEEL).read_bytes()).hexdigest())
    return project


def _lock(project: Path, digest: str) -> None:
    wheel = (project / WHEEL).as_uri()
    (project / "requirements.txt").write_text(f"told @ {wheel} --hash=sha256:{digest}\n")


def _run(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_environment_is_made_once_for_a_lock(ready: Path) -> None:
    again = _run(ready.parent, str(ready / "dev.py"), "test", CHROMIUM=sys.executable)
    assert (again.stdout, again.stderr, again.returncode) == (f"[] {ready} {sys.executable} 1\n", "", 7)


def test_another_lock_makes_it_anew_and_a_package_that_is_not_the_locked_one_is_refused(
    ready: Path, tmp_path: Path
) -> None:
    project = shutil.copytree(ready, tmp_path / "copy", symlinks=True)
    _lock(project, "0" * 64)
    refused = _run(project, "dev.py", "test")
    assert "Making .venv" in refused.stderr
    assert "could not make .venv" in refused.stderr
    assert (refused.stdout, refused.returncode) == ("", 1)
    assert not (project / ".venv" / "made-from").exists()


def test_without_a_browser_the_tests_run_and_say_so(ready: Path) -> None:
    alone = _run(ready, "dev.py", "test", **BROWSERLESS)
    assert "NO BROWSER" in alone.stderr
    assert alone.stdout == f"[] {ready}  1\n"


def test_a_browser_that_is_none_is_refused(ready: Path) -> None:
    refused = _run(ready, "dev.py", "test", CHROMIUM="/no/such browser")
    assert (refused.stdout, refused.stderr, refused.returncode) == (
        "",
        "CHROMIUM names no program: /no/such browser\n",
        1,
    )


def test_an_older_python_is_told_apart(small: Path) -> None:
    refused = _run(small, "-c", PRETEND.format("sys.version_info = (3, 10, 4)"))
    assert "needs Python 3.11 or newer, and this is 3.10" in refused.stderr
    assert refused.returncode == 1


def test_an_older_python_can_read_that_sentence() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_python_that_cannot_make_environments_is_told_what_to_install(small: Path) -> None:
    refused = _run(small, "-c", PRETEND.format("sys.modules['ensurepip'] = None"), **BROWSERLESS)
    assert re.search(r"`apt install python3\.\d+-venv`", refused.stderr)
    assert refused.returncode == 1
    assert not (small / ".venv").exists()


def test_an_environment_that_does_not_run_or_cannot_be_made_is_to_be_deleted(small: Path) -> None:
    (small / ".venv").touch()
    unmade = _run(small, "dev.py", "test")
    (small / ".venv").unlink()
    (small / ".venv" / "bin").mkdir(parents=True)
    (small / ".venv" / "bin" / "python").write_text("half a program")
    _run(small, "-c", "import dev; dev.STAMP.write_text(dev.stamp())")
    broken = _run(small, "dev.py", "test", CHROMIUM=sys.executable)
    for done in (unmade, broken):
        assert done.returncode == 1
        assert "elete .venv" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [(), ("publish",), ("--serve",)])
def test_what_is_no_command_is_misuse(small: Path, arguments: tuple[str, ...]) -> None:
    refused = _run(small, "dev.py", *arguments)
    assert "{serve,build,check,test}" in refused.stderr
    assert refused.returncode == 2
    assert not (small / ".venv").exists()


def test_the_browser_named_goes_before_the_one_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, named = tmp_path / "google-chrome", tmp_path / "mine"
    for program in (found, named):
        program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert dev.find_browser() == str(found)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert dev.find_browser() == str(named)


def test_the_notes_are_checked(tmp_path: Path) -> None:
    clone = clones.fresh_clone(tmp_path)
    assert _run(clone, "dev.py", "check", "--format", "json", "--no-such").returncode == 2
    (clone / "docs" / "Bad.md").write_text("# Bad\n\n```\nno end\n")
    told = _run(clone, "dev.py", "check")
    assert "docs/Bad.md:3:1: unclosed-fence" in told.stdout
    assert told.returncode == 1


def test_no_command_changes_the_notes(tmp_path: Path) -> None:
    clone = clones.fresh_clone(tmp_path)
    assert _run(clone, "dev.py", "build").returncode == 0
    assert "problem" in _run(clone, "dev.py", "check").stdout
    with _served(clone):
        pass
    assert clones.git(clone, "status", "--porcelain") == ""


def test_a_page_is_served_that_reloads_and_ends_without_a_word(tmp_path: Path) -> None:
    with _served(clones.fresh_clone(tmp_path)) as server:
        server.send_signal(signal.SIGINT)
        _, words = server.communicate(timeout=30)
    assert "Traceback" not in words
    assert server.returncode == 0


@contextmanager
def _served(clone: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `dev.py serve` until the home page answers, and listens for changes."""
    place = free_place()
    with subprocess.Popen(
        [sys.executable, "dev.py", "serve", "--dev-addr", place],
        cwd=clone,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - this process has no threads
    ) as server:
        try:
            wait_for(f"http://{place}/", b"livereload(")
            yield server
        finally:
            server.terminate()


def _hear_interrupts() -> None:
    """What a shell runs in the background is deaf to them, and so is all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
