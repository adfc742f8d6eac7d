"""A site takes the place of the one before file by file, each whole, when all of it is made.

In: the folder of a site. Out: a folder in it to build into, then the site. A build that is stopped, or that finds no
room on the disk, leaves the site as it was; what it leaves behind, the next build takes away.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

_PREFIX: Final = ".building-"
"""Hidden: no server shows it, and MkDocs, which cleans a site's folder, leaves it."""

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def begin(site: Path) -> Path:
    """Make the folder to build into, on the disk of the site; take away what stopped builds have left.

    Raises OSError where there can be none, for example where a file has the name of the site's folder.
    """
    for left in site.glob(f"{_PREFIX}*"):
        if not _is_running(left.name.removeprefix(_PREFIX)):
            discard(left)
    staged = site / f"{_PREFIX}{os.getpid()}"
    staged.mkdir(parents=True, exist_ok=True)
    return staged


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
    """Put each file in its place in one step, then take away what the site no longer has.

    Raises PermissionError, before anything is changed, where a folder of the site is closed to this user.
    """
    _find_closed(built, site)
    for gone in list(_moved(built, site, is_top=True)):
        _remove(gone)
    discard(built)


def _find_closed(built: Path, site: Path) -> None:
    """Another user may have made a part of the site, such as root in a container; nothing of it could go, too."""
    new = (site / Path(folder).relative_to(built) for folder, _, _ in os.walk(built))
    there = filter(_is_folder, (site / name for name in _names(site, is_top=True)))
    old = (Path(folder) for top in there for folder, *held in os.walk(top) if any(held))
    for place in chain(new, old):
        if _is_folder(place) and not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def _moved(built: Path, site: Path, *, is_top: bool = False) -> Iterator[Path]:
    """Move all of a folder into another; give what only the other has. A folder that is new goes as a whole."""
    site.mkdir(parents=True, exist_ok=True)
    made, there = (_names(folder, is_top=is_top) for folder in (built, site))
    for name in sorted(made):
        source, target = built / name, site / name
        if _is_folder(source) is not _is_folder(target):
            _remove(target)  # a page comes where a folder was, or a folder where a page was
        try:
            source.replace(target)
        except OSError:
            if not _is_folder(target):
                raise
            yield from _moved(source, target)
    yield from (site / name for name in sorted(there - made))


def _names(folder: Path, *, is_top: bool) -> set[str]:
    """What a folder holds; of what is hidden at the top, such as `.git`, MkDocs knows nothing either."""
    return {path.name for path in folder.iterdir() if not (is_top and path.name.startswith("."))}


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove(path: Path) -> None:
    if _is_folder(path):
        discard(path)
    else:
        path.unlink(missing_ok=True)


def finds_no_room(error: Exception) -> bool:
    """Ask whether a build ended since the disk is full, or this user may write no more on it."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def discard(built: Path) -> None:
    """Take a folder away."""
    shutil.rmtree(built, ignore_errors=True)
