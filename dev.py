"""Set up the project and run it: `python3 dev.py serve | build | check | test`.

In: a clone of the project, and Python 3.11 or newer with nothing installed. Out: `.venv`, which holds exactly what
`requirements.txt` locks; then the program asked for runs, and its exit code is ours.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # who has an older Python reads this, no traceback
    sys.exit("dev.py needs Python 3.11 or newer, and this is {}.{}: run it with a newer one.".format(*sys.version_info))

import argparse
import contextlib
import hashlib
import importlib
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "made-from"
"""What `.venv` was made from. Written last: an environment without it is half made."""

COMMANDS = {
    "serve": ("mkdocs", "serve"),
    "build": ("mkdocs", "build", "--strict"),
    "check": ("notes", "check", "docs"),
    "test": ("pytest",),
}
"""Each command, as a module of `.venv` with its arguments."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
WINDOWS_BROWSERS = ("Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
"""Environment variables that name the folders of installed programs."""


def main() -> int:
    """Make the environment if need be, then run the command."""
    options = _parser().parse_args()
    os.chdir(ROOT)
    with contextlib.suppress(KeyboardInterrupt):
        make_environment()
        program = [str(PYTHON), "-m", *COMMANDS[options.command], *options.arguments]
        try:
            return become(program, variables(options.command))
        except OSError as error:
            sys.exit(f"{PYTHON} does not run: {error.strerror}. Delete .venv, and run this again.")
    return 130  # as a shell counts a program that Ctrl-C ended


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up the project and run it.")
    parser.add_argument(
        "command",
        choices=COMMANDS,
        help="serve: show the site while you write; build: make it in site/; "
        "check: tell what is wrong with the notes; test: run the tests",
    )
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the program that runs")
    return parser


def make_environment() -> None:
    """Make `.venv` from the lock, unless it was made whole from this lock by this version of Python."""
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp():
        return
    _require_ensurepip()
    _say("Making .venv from requirements.txt; this takes about a minute, once.")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    for step in ([sys.executable, "-m", "venv", "--clear", str(VENV)], [*pip, "-r", str(LOCK)]):
        if subprocess.call(step) != 0:  # noqa: S603  # our own words only
            sys.exit("dev.py could not make .venv, see above. Run this again; if that fails too, delete .venv first.")
    STAMP.write_text(stamp(), encoding="utf-8")


def stamp() -> str:
    """Tell what `.venv` is made from: the lock's bytes and the version of Python."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {platform.python_version()}\n"


def _require_ensurepip() -> None:
    """Debian packs the part of Python that puts pip into a new environment on its own."""
    package = "python{}.{}-venv".format(*sys.version_info)
    if find_spec("ensurepip") is None and apt_install(package):
        importlib.invalidate_caches()
    if find_spec("ensurepip") is None:
        sys.exit(f"This Python cannot make virtual environments: on Debian or Ubuntu, `apt install {package}` as root.")


def apt_install(*packages: str) -> bool:
    """Install Debian packages where that needs no password; tells whether they are there now."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    _say(f"Installing {' and '.join(packages)} from Debian.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (
        ["update", "-qq"],
        ["install", "-qq", "--option", "Dpkg::Use-Pty=0", "--yes", "--no-install-recommends", *packages],
    )
    return all(subprocess.call([apt, *step], env=quiet, stdout=sys.stderr) == 0 for step in steps)  # noqa: S603  # ours


def variables(command: str) -> dict[str, str]:
    """Give the environment variables for a command: the caller's, and our own."""
    path = os.pathsep.join((str(SCRIPTS), os.environ.get("PATH", os.defpath)))
    own = {"PATH": path, "NO_MKDOCS_2_WARNING": "1"}  # Material's notice is no warning of ours
    if command == "check":
        own["PYTHONPATH"] = str(ROOT / "hooks")
    if command == "test" and (browser := _browser()):
        own["CHROMIUM"] = browser
    return {**os.environ, **own}


def _browser() -> str | None:
    """Find a browser for the tests, or install one; without one the tests that need it skip, or fail with `CI`."""
    browser = find_browser()
    driver = find_library("atomic")  # what drives the browser needs it, and a bare Debian lacks it
    missing = [package for package, found in (("chromium", browser), ("libatomic1", driver)) if not found]
    if missing and apt_install(*missing):
        browser = find_browser()
    if browser is None:
        _say("NO BROWSER: nothing of what a reader sees is tested. Install Chromium or Chrome, or set CHROMIUM to one.")
    return browser


def find_browser() -> str | None:
    """Find Chromium or Chrome: the one that CHROMIUM names, else one on the path or at its usual place."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named) or sys.exit(f"CHROMIUM names no program: {named}")
    return next(filter(None, map(shutil.which, _candidates())), None)


def _candidates() -> Iterator[str]:
    yield from BROWSERS
    yield from MAC_BROWSERS
    for folder in filter(None, map(os.environ.get, WINDOWS_FOLDERS)):
        yield from (os.path.join(folder, program) for program in WINDOWS_BROWSERS)  # noqa: PTH118  # for `which`


def become(program: list[str], environment: dict[str, str]) -> int:
    """Run a program in our place, so that signals, Ctrl-C and the exit code are its own."""
    if os.name == "posix":
        os.execve(program[0], program, environment)  # noqa: S606  # our own words, and those of who called us
    # Windows cannot replace a process. Ctrl-C reaches both, and the program ends by itself.
    with subprocess.Popen(program, env=environment) as process:  # noqa: S603  # as above
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait()


def _say(message: str) -> None:
    sys.stderr.write(f"dev.py: {message}\n")


if __name__ == "__main__":
    sys.exit(main())
