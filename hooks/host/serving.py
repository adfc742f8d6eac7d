"""What `mkdocs serve` lacks. In: its server. Out: the same, which watches what it should, or tells why it is none."""

import os
import signal
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from stat import S_ISDIR
from typing import Any
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIEnvironment

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter
from watchdog.utils.dirsnapshot import DirectorySnapshot

import notes
from host.log import log
from host.memory import is_serving
from publishing import staging

_State = Mapping[str, DirectorySnapshot]
"""What is watched, by path."""


def leave_nothing_behind(site: Path) -> None:
    """Take away what is served when somebody closes the terminal or stops a container: MkDocs does so at Ctrl-C alone.

    What is to be ignored, as below `nohup`, stays so.
    """

    def end(number: int, _: object) -> None:
        staging.discard(site)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    for name in ("SIGTERM", "SIGHUP") if is_serving() else ():
        number = getattr(signal, name, None)  # Windows has one of them
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def watch_commits(config: MkDocsConfig) -> None:
    """Build anew at a commit too, by which days and names change: git writes the files before it makes the commit."""
    if is_serving() and (reflog := notes.find_reflog(Path(config.docs_dir))):
        config.watch.append(str(reflog))


def state_before(config: MkDocsConfig) -> _State:
    """Give what is watched as it was before the first build, which MkDocs only watches after it."""
    paths = (config.docs_dir, config.config_file_path or "", *config.watch)
    return _state(tuple(map(os.path.abspath, paths))) if is_serving() else {}


@cache  # each build asks, and the first one's is meant
def _state(paths: tuple[str, ...]) -> _State:
    found: dict[str, DirectorySnapshot] = {}
    for path in paths:
        with suppress(OSError):  # what is away is looked for by the observer
            found[path] = DirectorySnapshot(path, stat=_stat)
    return found


def enter_no_links(server: LiveReloadServer, before: _State) -> None:
    """Watch the same paths by another observer, which looks into no folder behind a symbolic link.

    What is in such a folder is not on the site, and MkDocs would never come to an end where it leads above itself. A
    folder that goes is looked for until it is back. What was edited since `before` is news to it.
    """
    paths = tuple(server._watched_paths)  # noqa: SLF001 - the server does not tell them
    for path in paths:
        server.unwatch(path)
    server.observer = BaseObserver(_Emitter, timeout=server.observer.timeout, before=before)  # type: ignore[assignment]  # what it has is based on
    for path in paths:
        server.watch(path)


class _Emitter(PollingEmitter):
    """What tells the observer of edits."""

    def __init__(self, *arguments: Any, before: _State, **named: Any) -> None:  # noqa: ANN401 - watchdog's own
        super().__init__(*arguments, stat=_stat, **named)
        self._before = before

    def on_thread_start(self) -> None:
        """Begin with what was there before the first build."""
        path = self.watch.path
        self._snapshot = self._before[path] if path in self._before else self._take_snapshot()


def _stat(path: str) -> os.stat_result:
    """Of a link to a folder what it is itself, of one to a file what it leads to."""
    try:
        found = os.stat(path)  # noqa: PTH116 - the observer has the path as text
    except (FileNotFoundError, NotADirectoryError) as gone:
        # By these the observer ends when the folder itself is away for a moment, as it is while git changes branches.
        raise OSError(str(gone)) from gone
    return os.lstat(path) if S_ISDIR(found.st_mode) else found


def serve_what_was_built(server: LiveReloadServer) -> None:
    """Where a build fails, go on with the pages of the last one: MkDocs would answer nobody until one succeeds."""
    build = server.builder

    def build_or_tell() -> None:
        try:
            build()
        except Exception as error:  # noqa: BLE001 - whatever it is, its author mends it while they look at the others
            is_told = isinstance(error, MkDocsException)
            what = str(error).removesuffix(".")
            log.error("%s. What is served stays as it was until this is mended", what, exc_info=not is_told)

    server.builder = build_or_tell


def serve_below(server: LiveReloadServer) -> None:
    """Serve in the folder that `site_url` names: MkDocs decodes what browsers ask for, but not this."""
    server.mount_path = unquote(server.mount_path)


def find_no_odd_addresses(server: LiveReloadServer) -> None:
    """Let there be no page at an address that no path can be, such as one with a NUL: MkDocs would fail at it."""
    find = server._serve_request  # noqa: SLF001 - what is around it answers whatever fails by a 500

    def find_or_not(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        try:
            return find(environ, start_response)
        except ValueError:
            return None

    server._serve_request = find_or_not  # type: ignore[method-assign]  # noqa: SLF001


def let_browsers_go(server: LiveReloadServer) -> None:
    """Say nothing of a browser that breaks off what it was asking: it is no fault of anybody's."""
    tell = server.handle_error

    def tell_or_not(request: Any, address: Any) -> None:  # noqa: ANN401 - as in the standard library
        if not isinstance(sys.exception(), ConnectionError):
            tell(request, address)

    server.handle_error = tell_or_not  # type: ignore[assignment, method-assign]  # its names are not asked for


def tell_of_address(server: LiveReloadServer) -> None:
    """Let the server raise PluginError where it gets no address, most often because another one has it."""
    bind = server.server_bind

    def bind_or_tell() -> None:
        try:
            bind()
        except OSError as error:
            message = (
                f"Nothing can be served at {server.url}: {error.strerror}. "
                "End what runs there, or serve elsewhere: --dev-addr 127.0.0.1:8001"
            )
            raise PluginError(message) from error

    server.server_bind = bind_or_tell  # type: ignore[method-assign]
