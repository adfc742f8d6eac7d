"""What `mkdocs serve` lacks. In: its server. Out: the same, which watches what it should, or tells why it is none."""

import os
from stat import S_ISDIR

from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from host.log import log


def enter_no_links(server: LiveReloadServer) -> None:
    """Watch the same paths by another observer, which looks into no folder behind a symbolic link.

    What is in such a folder is not on the site, and MkDocs would never come to an end where it leads above itself. A
    folder that goes is looked for until it is back.
    """
    paths = tuple(server._watched_paths)  # noqa: SLF001 - the server does not tell them
    for path in paths:
        server.unwatch(path)
    server.observer = PollingObserverVFS(_stat, os.scandir, polling_interval=server.observer.timeout)  # type: ignore[assignment]  # of the same base
    for path in paths:
        server.watch(path)


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
            log.error("%s. What is served stays as it was until this is mended", error, exc_info=not is_told)

    server.builder = build_or_tell


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
