"""Mermaid, asked in a process that can be stopped: a diagram can keep it busy for ever. In: jobs. Out: answers."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Final

from pictures.picture import GivenUp, Job, Wrong

_SECONDS: Final = 20
"""For one job; the first one waits for Mermaid to start."""


def ask(jobs: Sequence[Job]) -> Iterator[str | Wrong | GivenUp]:
    """Give Mermaid's answer to each job, in order: its SVG, or any text for one that was only to be read.

    One process answers them all, and another one what is left when it had to be stopped.
    """
    answered = 0
    while answered < len(jobs):
        for answer in _answers(jobs[answered:]):
            answered += 1
            yield answer
        if answered < len(jobs):
            answered += 1
            yield GivenUp(f"Mermaid failed, or had not drawn it after {_SECONDS} seconds")


def _answers(jobs: Sequence[Job]) -> Iterator[str | Wrong]:
    """Give the answers up to the first job at which the process ends or must be stopped."""
    with subprocess.Popen(
        [sys.executable, "-m", "pictures.engine"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin and process.stdout  # noqa: S101, PT018 - both are pipes
        with suppress(BrokenPipeError), process.stdin as jobs_of_process:
            json.dump(jobs, jobs_of_process)
        for _ in jobs:
            limit = Timer(_SECONDS, process.kill)
            limit.start()
            line = process.stdout.readline()
            limit.cancel()
            if not line.endswith("\n"):
                return
            is_right, text = json.loads(line)
            yield text if is_right else Wrong(text)
