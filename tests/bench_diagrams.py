"""What the diagram reader costs. In: nothing, or a folder of drawings. Out: times, on standard output.

    python -m tests.bench_diagrams [FOLDER]

First drawings made of what is dear to read, up to the limit and far beyond; then the folder's, if there is one.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "hooks"))
from notes import diagrams

_BOX = ("+--------+    ", "| word   |--->", "+--------+    ", "    |         ", "    v         ")


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
    }.items():
        yield name, "\n".join(alphabet * columns for _ in range(rows))
    for name, alphabet in {"noise": "+-|<>^v/\\.' ab", "lines": "─│┌┐└┘├┤┬┴┼▶▼ ", "grid": "+-+- | |"}.items():
        yield name, "\n".join("".join(choice.choices(alphabet, k=columns)) for _ in range(rows))
    yield "boxes", "\n".join((_BOX[row % len(_BOX)] * (columns // len(_BOX[0]) + 1))[:columns] for row in range(rows))
    yield "nested", "\n".join(_ring(columns, rows, row) for row in range(rows))


def _ring(columns: int, rows: int, row: int) -> str:
    depth = min(row, rows - 1 - row, columns // 2)
    sides = "| " * (depth // 2)
    middle = max(columns - 2 * len(sides) - 2, 0)
    return f"{sides}+{'-' * middle}+{sides[::-1]}" if depth % 2 == 0 else f"{sides}|{' ' * middle}|{sides[::-1]}"


def seconds(drawing: str) -> float:
    """How long one reading takes, of the processor's time."""
    start = time.process_time()
    diagrams.read(drawing)
    return time.process_time() - start


def _main(folder: Path | None) -> None:
    for columns, rows in ((50, 30), (100, 60), (200, 120), (200, 300), (3000, 5000)):
        times = {name: seconds(drawing) for name, drawing in hard_drawings(columns, rows)}
        slowest = max(times, key=lambda name: times[name])
        worst, each = 1e3 * times[slowest], 1e6 * times[slowest] / (rows * columns)
        sys.stdout.write(f"{rows:5} × {columns:4}: {worst:8.1f} ms, {each:6.2f} µs a cell ({slowest})\n")
    if folder:
        real = sorted(seconds(path.read_text("utf-8")) for path in folder.rglob("*.txt"))
        sys.stdout.write(
            f"{len(real)} drawings: median {1000 * statistics.median(real):.1f} ms, worst {1000 * real[-1]:.1f} ms\n"
        )


if __name__ == "__main__":
    _main(Path(sys.argv[1]) if sys.argv[1:] else None)
