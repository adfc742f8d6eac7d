"""A site takes the place of the one before file by file, each whole, when all of it is made.

In: the folder of a site. Out: a folder in it to build into, then the site. A build that is stopped, or that finds no
room on the disk, leaves the site as it was; what it leaves behind, the next build takes away.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = ".building-"
"""Hidden: no server shows it, and MkDocs, which cleans a site's folder, leaves it."""


def begin(site: Path) -> Path:
    """Give the folder to build into, on the disk of the site; take away what stopped builds have left."""
    for left in site.glob(f"{_PREFIX}*"):
        if not _is_running(left.name.removeprefix(_PREFIX)):
            discard(left)
    return site / f"{_PREFIX}{os.getpid()}"


def _is_running(process: str) -> bool:
    """Another build may be at work on the same site."""
    if os.name != "posix" or not process.isdecimal() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def publish(built: Path, site: Path) -> None:
    """Put each file in its place in one step, then take away what the site no longer has."""
    kept = {file.relative_to(built) for file in _files(built)}
    for file in sorted(kept):
        target = site / file
        _make_room(target, site)
        (built / file).replace(target)
    for file in list(_files(site)):
        if file.relative_to(site) not in kept:
            file.unlink(missing_ok=True)
    discard(built)
    for folder, _, _ in os.walk(site, topdown=False):
        if not Path(folder).relative_to(site).as_posix().startswith("."):
            with suppress(OSError):  # it holds something
                Path(folder).rmdir()


def _make_room(target: Path, site: Path) -> None:
    """A page may come where a folder was, and a folder where a page was."""
    for above in reversed(target.relative_to(site).parents[:-1]):
        if (site / above).is_symlink() or (site / above).is_file():
            (site / above).unlink()
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def discard(built: Path) -> None:
    """Take away what was built."""
    shutil.rmtree(built, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    """All files; of those that are hidden at the top, such as `.git`, MkDocs knows nothing either."""
    for here, folders, files in os.walk(folder):
        if Path(here) == folder:
            folders[:] = [name for name in folders if not name.startswith(".")]
            files = [name for name in files if not name.startswith(".")]  # noqa: PLW2901
        yield from (Path(here, name) for name in files)
