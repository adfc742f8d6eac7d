"""`mkdocs serve`, as an author has it open. In: a project. Out: the address at which its site is served."""

import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from typing import Final

from tests.sites import MKDOCS, PUBLISHED

SECONDS: Final = 60
"""That a busy machine may take until a page is as it should be."""


@contextmanager
def served(project: Path, log: Path, *options: str) -> Iterator[str]:
    """Serve a project; its first build is still under way."""
    place = free_place()
    command = [*MKDOCS, "serve", "--dev-addr", place, *options]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=project, env=PUBLISHED, stdout=output, stderr=output) as server,
    ):
        try:
            yield f"http://{place}/"
        finally:
            server.terminate()


def free_place() -> str:
    """Give a host with a port at which nobody serves yet."""
    with create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


def get(address: str) -> bytes:
    """Give a page as it is served; raises OSError, of which HTTPError is one, where there is none."""
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - our own server
        return bytes(answer.read())


def wait_for(address: str, words: bytes) -> None:
    """Wait until a page with these words is served."""
    deadline = time.monotonic() + SECONDS
    while not _is_there(address, words):
        assert time.monotonic() < deadline, f"{words!r} is not on {address}"
        time.sleep(0.1)


def _is_there(address: str, words: bytes) -> bool:
    try:
        return words in get(address)
    except OSError:
        return False
