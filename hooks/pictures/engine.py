"""Mermaid without a browser, in a process of its own: the source on standard input, its SVG on standard output.

A diagram can keep Mermaid busy for ever, and only a process can be stopped.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from pictures.picture import Left, Wrong

_SECONDS: Final = 20
_WRONG: Final = 3
"""The exit code for a source that Mermaid refuses."""

_CONFIG: Final = {
    "securityLevel": "strict",
    "deterministicIds": True,
    # As SVG text, Mermaid shows labels with entities wrongly.
    "htmlLabels": True,
    "flowchart": {"htmlLabels": True, "useMaxWidth": False},
}


def run(source: str) -> str | Wrong | Left:
    """Return Mermaid's SVG of a source."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pictures.engine"],
            input=source.encode(),
            capture_output=True,
            cwd=Path(__file__).parent.parent,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Left(f"drawing it took longer than {_SECONDS} seconds")
    if done.returncode == _WRONG:
        return Wrong(done.stdout.decode())
    if done.returncode:
        return Left(f"drawing it failed: {_last_line(done.stderr)}")
    return done.stdout.decode()


def _last_line(output: bytes) -> str:
    return (output.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]


def _draw(source: str) -> tuple[int, str]:
    import mermaidx  # noqa: PLC0415 - the process that only starts this one needs none of it

    try:
        return 0, mermaidx.render(source, config=_CONFIG).svg()
    except RuntimeError as error:
        if "produced no output" in str(error):
            raise  # the source may be right; mermaidx stumbled
        return _WRONG, str(error).removeprefix("Mermaid rendering failed: ")


def _main() -> None:
    code, text = _draw(sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    os._exit(code)  # mermaidx is already preparing for a next diagram, and would finish that first


if __name__ == "__main__":
    _main()
