"""What the diagram reader costs. In: nothing, or a folder of drawings. Out: times, on standard output.

    python -m tests.bench_diagrams [FOLDER]

Each family of drawings that are dear to read, at n, 2n and 4n cells (the cost is linear where the time per cell stays),
and at 5,000 × 3,000 cells, where the limit ends the reading. Then the folder's drawings, if there is one.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent / "hooks"))
from notes import diagrams

_BOX: Final = ("+--------+    ", "| word   |--->", "+--------+    ", "    |         ", "    v         ")
_SIZES: Final = ((50, 12), (50, 24), (50, 48))
_HUGE: Final = (3000, 5000)
_WORDS: Final = "some words"
"""A flood without any word would be declined at a glance."""
_TRIES: Final = 5


def hard_drawings(columns: int, rows: int) -> Iterator[tuple[str, str]]:
    """Drawings by name: each is a flood of one thing."""
    choice = random.Random(0)  # noqa: S311 - not for secrets
    for name, alphabet in {
        "plus signs": "+",
        "dashes": "-",
        "bars": "|",
        "dots": ".",
        "joints": "┼",
        "slants": "/",
        "dashes and gaps": "- ",
        "dots and gaps": "· ",
    }.items():
        yield name, "\n".join([*((alphabet * columns)[:columns] for _ in range(rows)), _WORDS])
    for name, alphabet in {"noise": "+-|<>^v/\\.' ab", "lines": "─│┌┐└┘├┤┬┴┼▶▼ ", "grid": "+-+- | |"}.items():
        yield name, "\n".join([*("".join(choice.choices(alphabet, k=columns)) for _ in range(rows)), _WORDS])
    yield "boxes", "\n".join((_BOX[row % len(_BOX)] * (columns // len(_BOX[0]) + 1))[:columns] for row in range(rows))
    yield "a chain of boxes", chain_of_boxes(rows)
    yield "nested", "\n".join([*(_ring(columns, rows, row) for row in range(rows)), _WORDS])


def chain_of_boxes(rows: int) -> str:
    """A drawing without any flaw."""
    return "\n".join([_BOX[row % len(_BOX)][:10] for row in range(rows // len(_BOX) * len(_BOX))] + list(_BOX[:3]))


def _ring(columns: int, rows: int, row: int) -> str:
    depth = min(row, rows - 1 - row, columns // 2)
    sides = "| " * (depth // 2)
    middle = max(columns - 2 * len(sides) - 2, 0)
    return f"{sides}+{'-' * middle}+{sides[::-1]}" if depth % 2 == 0 else f"{sides}|{' ' * middle}|{sides[::-1]}"


def seconds(drawing: str, tries: int = 1) -> float:
    """How long a reading takes, of the processor's time: the least of some tries."""
    times: list[float] = []
    for _ in range(tries):
        start = time.process_time()
        diagrams.read(drawing)
        times.append(time.process_time() - start)
    return min(times)


def _main(folder: Path | None) -> None:
    families = {columns * rows: dict(hard_drawings(columns, rows)) for columns, rows in (*_SIZES, _HUGE)}
    _say(f"{'ms at cells':18}" + "".join(f"{cells:12,}" for cells in families) + "   per cell, last to first")
    worst = 0.0
    for name in next(iter(families.values())):
        times = {cells: seconds(drawings[name], _TRIES) for cells, drawings in families.items()}
        n, *_, most = (cells for cells in times if cells < _HUGE[0] * _HUGE[1])
        ratio = times[most] / most / (times[n] / n)
        worst = max(worst, *times.values())
        _say(f"{name:18}" + "".join(f"{1000 * taken:12.1f}" for taken in times.values()) + f"{ratio:12.1f}")
    _say(f"worst: {1000 * worst:.1f} ms")
    if folder:
        real = sorted(seconds(path.read_text("utf-8")) for path in folder.rglob("*.txt"))
        _say(f"{len(real)} drawings: median {1000 * statistics.median(real):.1f} ms, worst {1000 * real[-1]:.1f} ms")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    _main(Path(sys.argv[1]) if sys.argv[1:] else None)
