"""The picture of a Mermaid source, drawn once. In: a source and a folder that keeps pictures. Out: a picture.

A picture depends on its source, on Mermaid and on this package alone: their digest is its name in the folder.
"""

import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from pictures.engine import run
from pictures.picture import Drawn, Left, Picture, Undrawn, Wrong
from pictures.tidy import tidy

_KINDS: Final[Mapping[str, type[Picture]]] = {kind.__name__: kind for kind in (Drawn, Wrong, Left)}


_left: Final[dict[str, Left]] = {}
"""What this build could not draw: to try again for the page would take as long again."""


def draw(source: str, folder: Path) -> Picture:
    """Return the picture, from the folder if it was drawn before."""
    source = source.rstrip()
    kept = folder / f"{_digest(source)}.json"
    return _left.get(source) or _read(kept) or _drawn(source, kept)


def draw_all(sources: Iterable[str], folder: Path) -> dict[str, Picture]:
    """Return the picture of each source; what is new is drawn side by side, each in a process of its own."""
    _left.clear()
    wanted = tuple(dict.fromkeys(sources))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(wanted, pool.map(partial(draw, folder=folder), wanted), strict=True))


def undrawn(sources: Iterable[str], folder: Path) -> dict[str, Undrawn]:
    """Draw all sources; return those of which there is no picture, with the reason."""
    return {source: it for source, it in draw_all(sources, folder).items() if not isinstance(it, Drawn)}


def _drawn(source: str, kept: Path) -> Picture:
    svg = run(source)
    if isinstance(svg, Left):
        _left[source] = svg  # not in the folder: the machine may do better next time
        return svg
    return _keep(svg if isinstance(svg, Wrong) else tidy(svg, source), kept)


def _digest(source: str) -> str:
    return sha256(f"{_makers()}\n{source}".encode()).hexdigest()[:32]


@cache
def _makers() -> str:
    """What else decides how a picture looks."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return f"{version('mermaidx')} {sha256(code).hexdigest()}"


def _read(kept: Path) -> Picture | None:
    """Read a kept picture; one that cannot be read is drawn anew."""
    try:
        kind, fields = json.loads(kept.read_text(encoding="utf-8"))
        return _KINDS[kind](**fields)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(picture: Picture, kept: Path) -> Picture:
    """Write in one step, since another build may read; a folder that cannot be written costs time only."""
    fields = {name: getattr(picture, name) for name in picture.__slots__}
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=kept.parent, delete=False) as part:
            part.write(json.dumps([type(picture).__name__, fields]))
        Path(part.name).replace(kept)
    return picture
