"""A real browser that can reach nothing but this machine, and a server for what it shows."""

import gzip
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.sites import ADDRESS

Reader: TypeAlias = Callable[..., BrowserContext]
Notes: TypeAlias = Mapping[str, str]
SiteOf: TypeAlias = Callable[[Notes], Path]
Shown: TypeAlias = Callable[[Notes], str]

PATIENCE: Final = 30_000
"""Milliseconds that a busy machine may take for what a reader gets at once."""
_A_PAGE: Final = 3 * PATIENCE
"""Milliseconds that it may take for a whole page."""

POLICY: Final = "Content Security Policy"
"""What the browser's console says of whatever a page's policy forbids."""

_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Material draws in closed shadow roots, where no test can look.
_OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function () { return attach.call(this, { mode: "open" }); };
"""

_PACKED = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml"})


class Server(ThreadingHTTPServer):
    """Serves one folder after the other, so that the browser can be started with its port."""

    folder: Path
    sent: Counter[str]
    """Bytes by path, compressed, since the test set it anew; browsers tell nothing of what a worker loads."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sent = Counter()


class _Handler(SimpleHTTPRequestHandler):
    server: Server

    def translate_path(self, path: str) -> str:
        self.directory = str(self.server.folder)
        return super().translate_path(path)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send text packed, as those who publish sites do."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if self.path.partition("?")[0].endswith("/") else file
        if not file.is_file() or file.suffix not in _PACKED:
            return super().send_head()
        content = gzip.compress(file.read_bytes(), mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def copyfile(self, source: Any, outputfile: Any) -> None:  # noqa: ANN401 - as the base class has them
        """Send a body, and count it."""
        body = source.read()
        self.server.sent[self.path.partition("?")[0]] += len(body)
        outputfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent; a test that fails says what it asked for."""


@contextmanager
def launched(program: str, server: Server) -> Iterator[Browser]:
    """Start the browser; the address of the tests' sites leads to the server, every other one nowhere."""
    published = urlsplit(ADDRESS).hostname
    hosts = f"MAP {published}:80 127.0.0.1:{server.server_port} , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=[*_SWITCHES, f"--host-resolver-rules={hosts}"]
        )
        yield chromium
        chromium.close()


@contextmanager
def window(browser: Browser, **settings: object) -> Iterator[BrowserContext]:
    """Open a window with settings of its own, in which a test can see diagrams."""
    with browser.new_context(**settings) as context:  # type: ignore[arg-type]  # handed on as they are
        context.set_default_navigation_timeout(_A_PAGE)
        context.add_init_script(_OPEN_SHADOWS)
        yield context


@contextmanager
def serving() -> Iterator[Server]:
    """Start a server; what it serves is said later."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
