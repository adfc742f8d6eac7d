"""Pagefind, the program that cuts. In: requests, as the libraries that come with it make them. Out: its answers."""

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from threading import Timer
from typing import IO, Any, Final

_SECONDS: Final = 600
_END: Final = b","
"""Of each request and answer, which are JSON in base64."""
_MOST_AT_ONCE: Final = 1 << 16
"""Bytes; an answer that holds files has many more."""


class CutError(Exception):
    """The program failed; what it said."""


def can_cut() -> bool:
    """Tell whether the program is there and runs: it is not published for every kind of machine."""
    try:
        subprocess.run([_program(), "--version"], check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - ours
    except (ImportError, OSError, subprocess.SubprocessError):
        return False
    return True


def ask(requests: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, Any]]:
    """Give the answer to each request; raises CutError."""
    try:
        yield from _answers(requests)
    except (ImportError, OSError) as error:
        raise CutError(str(error)) from error


def _program() -> str:
    from pagefind_bin import get_executable  # noqa: PLC0415 - see `can_cut`

    return str(get_executable())


def _answers(requests: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, Any]]:
    """Wait for each answer: the program ends with its input, whatever it has not answered by then."""
    pipe = subprocess.PIPE
    with subprocess.Popen([_program(), "--service"], bufsize=0, stdin=pipe, stdout=pipe, stderr=pipe) as process:  # noqa: S603 - ours
        assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018 - all are pipes
        limit = Timer(_SECONDS, process.kill)
        limit.start()
        try:
            for number, request in enumerate(requests):
                with suppress(BrokenPipeError):  # it has failed, and says why elsewhere
                    process.stdin.write(
                        b64encode(json.dumps({"message_id": number, "payload": request}).encode()) + _END
                    )
                yield _told(_read(process.stdout), process.stderr)
        finally:
            limit.cancel()


def _read(output: IO[bytes]) -> bytes:
    """Read up to the end of an answer, or of all."""
    answer = bytearray()
    while not answer.endswith(_END) and (part := output.read(_MOST_AT_ONCE)):
        answer += part
    return bytes(answer)


def _told(answer: bytes, errors: IO[bytes]) -> Mapping[str, Any]:
    if not answer:
        raise CutError(errors.read().decode(errors="replace").strip() or "it ended")
    told = json.loads(b64decode(answer))["payload"]
    if told["type"] == "Error":
        raise CutError(told["message"])
    return told  # type: ignore[no-any-return]
