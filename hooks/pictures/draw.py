"""The picture of a Mermaid source, drawn once. In: jobs and a folder that keeps pictures. Out: pictures.

A picture depends on its source, on Mermaid and on this package alone: their digest is its name in the folder.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pictures.mermaid import ask
from pictures.picture import Drawn, Fault, GivenUp, Job, Left, Picture, Wrong
from pictures.tidy import tidy

_KINDS: Final[Mapping[str, type[Picture]]] = {kind.__name__: kind for kind in (Drawn, Left, Wrong)}
_FEWEST: Final = 4
"""So many jobs are worth a process more: what it takes to start is what it takes to draw some."""

KEPT: Final = Path(".cache", "diagrams")
"""The folder that keeps pictures between builds, beside the settings."""

_given_up: Final[dict[Job, GivenUp]] = {}
"""What this build could not draw: to try again for the page would take as long again."""


def draw(job: Job, folder: Path) -> Picture:
    """Return the picture, from the folder if it was drawn before."""
    return draw_all([job], folder)[job]


def draw_all(jobs: Iterable[Job], folder: Path) -> dict[Job, Picture]:
    """Return the picture of each job; what is new is drawn by as many processes side by side as there are cores."""
    pictures = {job: _given_up.get(job) or _read(folder / _name(job)) for job in jobs}
    new = [job for job, picture in pictures.items() if picture is None]
    count = min(os.cpu_count() or 1, -(-len(new) // _FEWEST))
    parts = [new[first::count] for first in range(count)]
    with ThreadPoolExecutor(max(1, count)) as pool:
        for part in pool.map(lambda part: _drawn(part, folder), parts):
            pictures |= part
    return {job: picture for job, picture in pictures.items() if picture}


def faults(jobs: Iterable[Job], folder: Path) -> dict[str, Fault]:
    """Draw all for a build; return what is to be told, by source."""
    _given_up.clear()
    pictures = draw_all(jobs, folder)
    return {job.source: picture for job, picture in pictures.items() if isinstance(picture, Fault)}


def _drawn(jobs: Sequence[Job], folder: Path) -> dict[Job, Picture]:
    return {job: _settled(job, answer, folder) for job, answer in zip(jobs, ask(jobs), strict=True)}


def _settled(job: Job, answer: str | Wrong | GivenUp, folder: Path) -> Picture:
    if isinstance(answer, GivenUp):
        _given_up[job] = answer  # not in the folder: the machine may do better next time
        return answer
    return _keep(answer if isinstance(answer, Wrong) else _picture(job, answer), folder / _name(job))


def _picture(job: Job, svg: str) -> Picture:
    return tidy(svg, job.source) if job.draws else Left("the build only reads it")


def _name(job: Job) -> str:
    told = f"{_makers()}\n{job.draws}\n{job.source}"
    return f"{sha256(told.encode()).hexdigest()[:32]}.json"


@cache
def _makers() -> str:
    """What else decides how a picture looks."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return f"{version('mermaidx')} {sha256(code).hexdigest()}"


def _read(kept: Path) -> Picture | None:
    """Read a kept picture; one that is not as it was written is drawn anew."""
    try:
        digest, _, text = kept.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest != _digest(text):
        return None
    kind, fields = json.loads(text)
    return _KINDS[kind](**fields)


def _digest(text: bytes) -> bytes:
    return sha256(text).hexdigest().encode()


def _keep(picture: Picture, kept: Path) -> Picture:
    """Write in one step, since another build may read; a folder that cannot be written costs time only."""
    fields = {name: getattr(picture, name) for name in picture.__slots__}
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps([type(picture).__name__, fields]).encode()
        with TemporaryDirectory(dir=kept.parent) as folder:  # goes with what is in it where the disk is full
            part = Path(folder, kept.name)
            part.write_bytes(_digest(text) + b"\n" + text)
            part.replace(kept)
    return picture
