"""How well the diagram reader does. In: a corpus folder and its scorer. Out: a table of measures, on standard output.

    python -m tests.measure_diagrams CORPUS --scorer SCORE.PY

The corpus, and the scorer that knows its graphs, are no part of the project. The redrawings are here, and the laws use
them too.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

sys.path.insert(0, str(Path(__file__).parent.parent / "hooks"))
import dev
import mermaidx
from tests import easy_graphs
from tests.browser import chromium, mermaid_10

from notes import diagrams
from notes.diagrams.bare import bare
from notes.diagrams.boxes import find_boxes
from notes.diagrams.explain import Mark, mark_cells
from notes.diagrams.glyphs import ALL_FOUR, E, N, S, Sides, W, stubs
from notes.diagrams.graph import Graph
from notes.diagrams.grid import Grid, lay_out

Redrawing: TypeAlias = Callable[[str, random.Random], str | None]

_TO_ASCII: Final = str.maketrans(
    {
        **dict.fromkeys("─━═╌┄┈", "-"),
        **dict.fromkeys("│┃║┆┊", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛", "+"),
        **dict.fromkeys("▶►▷", ">"),
        **dict.fromkeys("◀◄◁", "<"),
        **dict.fromkeys("▼▽", "v"),
        **dict.fromkeys("▲△", "^"),
    }
)
_HEADS: Final = str.maketrans("><vV^", "▶◀▼▼▲")
_JOINTS: Final = {
    E | S: "┌", W | S: "┐", E | N: "└", W | N: "┘", E | N | S: "├", W | N | S: "┤", E | W | S: "┬", E | W | N: "┴",
    ALL_FOUR: "┼", E | W: "─", N | S: "│", E: "─", W: "─", N: "│", S: "│",
}  # fmt: skip
_Marks: TypeAlias = tuple[tuple[Mark, ...], ...]
_TRIES: Final = 4
_SEEDS: Final = range(300)


def slipped(drawing: str, choice: random.Random) -> str | None:
    """A right border moved by a cell or two: what follows in its row goes along."""
    grid = lay_out(drawing)
    sides = [(row, box.right_at(row)) for box in find_boxes(grid) for row in range(box.top + 1, box.bottom)]
    if not sides:
        return None
    row, column = choice.choice(sides)
    cells, by = grid.rows[row], choice.choice((1, 2))
    if choice.random() < 0.5 and not cells[column - by - 1 : column].strip():
        cells = cells[: column - by] + cells[column:]
    else:
        cells = cells[:column] + " " * by + cells[column:]
    return _text(replace(grid, rows=(*grid.rows[:row], cells, *grid.rows[row + 1 :])))


def in_ascii(drawing: str, _: random.Random) -> str | None:
    """Every Unicode line as its ASCII twin."""
    redrawn = drawing.translate(_TO_ASCII)
    return redrawn if redrawn != drawing else None


def in_unicode(drawing: str, _: random.Random) -> str | None:
    """Every ASCII line as a Unicode one, joined as its neighbours are."""
    if not drawing.isascii():
        return None
    grid = lay_out(drawing)
    marks, corners = mark_cells(bare(grid)), _corners(grid)
    rows = (
        "".join(_unicode(grid, marks, corners, row, column) for column in range(grid.width))
        for row in range(grid.height)
    )
    return "\n".join(row.rstrip() for row in rows)


def _corners(grid: Grid) -> dict[tuple[int, int], Sides]:
    corners: dict[tuple[int, int], Sides] = {}
    for box in find_boxes(grid):
        ends = (
            (box.top, box.left, E | S),
            (box.top, box.right, W | S),
            (box.bottom, box.left, E | N),
            (box.bottom, box.rights[-1], W | N),
        )
        for row, column, sides in ends:
            corners[row, column] = Sides(corners.get((row, column), 0) | sides)
    return corners


def _unicode(grid: Grid, marks: _Marks, corners: Mapping[tuple[int, int], Sides], row: int, column: int) -> str:
    character = grid.at(row, column)
    match marks[row][column]:
        case Mark.HEAD:
            return character.translate(_HEADS)
        case Mark.BORDER | Mark.WIRE if character not in "/\\.:":
            return _JOINTS.get(_joined(grid, marks, corners, row, column), character)
        case _:
            return character


def _joined(grid: Grid, marks: _Marks, corners: Mapping[tuple[int, int], Sides], row: int, column: int) -> Sides:
    sides = int(corners.get((row, column), 0))
    for side, back, there, along in (
        (N, S, row - 1, column),
        (S, N, row + 1, column),
        (E, W, row, column + 1),
        (W, E, row, column - 1),
    ):
        inside = 0 <= there < grid.height and 0 <= along < grid.width
        if inside and marks[there][along] in {Mark.BORDER, Mark.WIRE, Mark.HEAD} and stubs(grid.at(row, column)) & side:
            sides |= side if stubs(grid.at(there, along)) & back else 0
    return Sides(sides)


def with_emoji(drawing: str, choice: random.Random) -> str | None:
    """An emoji, two cells wide, in the place of a letter of a label."""
    grid = lay_out(drawing)
    marks = mark_cells(grid)
    letters = [
        (row, column)
        for row, words in enumerate(grid.rows)
        for column, character in enumerate(words)
        if character.isalpha() and character.isascii() and marks[row][column] is Mark.LABEL
    ]
    if not letters:
        return None
    row, column = choice.choice(letters)
    cells = f"{grid.rows[row][:column]}🚀{grid.rows[row][column + 1 :]}"
    return _text(replace(grid, rows=(*grid.rows[:row], cells, *grid.rows[row + 1 :])))


def _text(grid: Grid) -> str:
    return "\n".join(grid.text(row, 0, grid.width + 4).rstrip() for row in range(grid.height))


def is_same(graph: Graph, other: Graph) -> bool:
    """Whether two graphs are one, but for what was changed within a label."""
    return len(graph.nodes) == len(other.nodes) and _pattern(graph) == _pattern(other)


def _pattern(graph: Graph) -> object:
    edges = sorted((edge.source, edge.target, edge.heads.value) for edge in graph.edges)
    return edges, sorted((box.id, box.children) for box in graph.containers)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the diagram reader on a corpus.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--split", default="dev", help="the part of the corpus that the scorer looks at")
    parser.add_argument("--per-file", action="store_true")
    options = parser.parse_args()
    drawings = {
        path.relative_to(options.corpus): path.read_text("utf-8") for path in sorted(options.corpus.rglob("*.txt"))
    }
    with tempfile.TemporaryDirectory() as folder:
        seconds = _predict(drawings, Path(folder))
        flowcharts = {str(path): path.read_text("utf-8") for path in sorted(Path(folder).rglob("*.mmd"))}
        command = [sys.executable, str(options.scorer), folder, "--split", options.split]
        command += ["--per-file"] if options.per_file else []
        subprocess.run(command, check=True, env={**os.environ, "CORPUS": str(options.corpus)})
    for name, redraw in {
        "slipped": slipped,
        "in ASCII": in_ascii,
        "in Unicode": in_unicode,
        "with an emoji": with_emoji,
    }.items():
        kept, all_of_them = _kept(drawings, redraw, per_file=options.per_file)
        _say(f"same graph {name}: {kept} of {all_of_them} = {kept / max(all_of_them, 1):.3f}")
    _say(f"time: median {1000 * statistics.median(seconds):.1f} ms, worst {1000 * max(seconds):.1f} ms")
    _say_round_trip()
    _say_accepted(flowcharts)


def _say_round_trip() -> None:
    perl = easy_graphs.program()
    pairs = [pair for style in easy_graphs.STYLES for pair in easy_graphs.drawn(perl, style, _SEEDS)] if perl else []
    same = sum(easy_graphs.is_read_back(*pair) for pair in pairs)
    share = f"{same} of {len(pairs)} = {same / len(pairs):.3f}" if pairs else "not measured, no libgraph-easy-perl"
    _say(f"random graphs of Graph::Easy read back: {share}")


def _say_accepted(flowcharts: Mapping[str, str]) -> None:
    """What Mermaid itself says of every output: 11 as a program, 10 in a browser."""
    drawn = sum("Syntax error" not in mermaidx.render(flowchart).svg() for flowchart in flowcharts.values())
    _say(f"accepted by Mermaid 11: {drawn} of {len(flowcharts)}")
    program = dev.find_browser()
    if program is None or not mermaid_10.SCRIPT.is_file():
        _say("accepted by Mermaid 10: not measured, no browser or no npm ci --prefix tests/browser")
        return
    with (
        chromium.serving() as server,
        chromium.launched(program, server) as browser,
        chromium.window(browser) as window,
    ):
        refused = mermaid_10.refused(window, flowcharts)
    _say(f"accepted by Mermaid 10: {len(flowcharts) - len(refused)} of {len(flowcharts)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _outcome(reading: diagrams.Read | diagrams.Declined) -> str:
    return "another graph" if isinstance(reading, diagrams.Read) else reading.reason


def _predict(drawings: Mapping[Path, str], folder: Path) -> list[float]:
    seconds: list[float] = []
    for path, drawing in drawings.items():
        start = time.process_time()
        reading = diagrams.read(drawing)
        seconds.append(time.process_time() - start)
        if isinstance(reading, diagrams.Read):
            target = folder / path.relative_to("corpus" if path.parts[0] == "corpus" else ".").with_suffix(".mmd")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(diagrams.mermaid(reading), "utf-8")
    return seconds


def _kept(drawings: Mapping[Path, str], redraw: Redrawing, *, per_file: bool) -> tuple[int, int]:
    kept = all_of_them = 0
    for path, drawing in drawings.items():
        reading = diagrams.read(drawing)
        if not isinstance(reading, diagrams.Read):
            continue
        for seed in range(_TRIES):
            redrawn = redraw(drawing, random.Random(f"{path.name} {seed}"))  # noqa: S311 - not for secrets
            if redrawn is not None:
                again = diagrams.read(redrawn)
                same = isinstance(again, diagrams.Read) and is_same(again.graph, reading.graph)
                kept, all_of_them = kept + same, all_of_them + 1
                if per_file and not same:
                    _say(f"{path} {seed}: {_outcome(again)}\n{redrawn}")
    return kept, all_of_them


if __name__ == "__main__":
    main()
