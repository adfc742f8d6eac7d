"""What the notes cost a build, side by side with plain Material on the same notes in one run.

`python -m tests.bench_build [COUNT ...]` (default 1000 5000) prints, for each size of a made-up vault: CPU seconds of
the whole build, of stage 1, of cutting the search's index, and of plain Material; the shares, the cost of stage 1 for
each link; and between the sizes the exponent by which each grows (1 is linear). Programs that are started count too.
"""

import logging
import math
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.generated_vault import LINKS_A_NOTE, write
from tests.sites import copy_project

PLAIN = """\
site_name: Plain
theme:
  name: material
  font: false
  features: [navigation.prune, navigation.indexes]
plugins: [search]
markdown_extensions: [toc, tables, pymdownx.highlight, pymdownx.superfences]
docs_dir: {docs}
site_dir: {site}
"""
OURS = "INHERIT: mkdocs.yml\ndocs_dir: {docs}\nsite_dir: {site}\n"
STAGE_1 = ("sort_out", "read_site", "note_pages", "generated_pages")


class Cost(NamedTuple):
    """CPU seconds for one size."""

    notes: int
    whole: float
    stage_1: float
    pieces: float
    plain: float


def main(counts: list[int]) -> None:
    """Measure and print."""
    logging.disable(logging.WARNING)
    costs = [_measure(count) for count in counts]
    for cost in costs:
        link = cost.stage_1 / (cost.notes * LINKS_A_NOTE) * 1e6
        print(f"{cost.notes} notes: whole {cost.whole:.1f} s, plain Material {cost.plain:.1f} s")
        print(f"  whole / plain {cost.whole / cost.plain:.2f}")
        print(
            f"  stage 1 {cost.stage_1:.2f} s = {cost.stage_1 / cost.whole:.1%}, {link:.0f} µs for each link of a note"
        )
        print(f"  index of the search {cost.pieces:.2f} s = {cost.pieces / cost.whole:.1%}")
    for small, large in pairwise(costs):
        kinds = zip(Cost._fields[1:], small[1:], large[1:], strict=True)
        exponents = (f"{kind} {_exponent(small.notes, large.notes, *costs):.2f}" for kind, *costs in kinds)
        print(f"{small.notes} to {large.notes}, exponents: {', '.join(exponents)}")


def _measure(count: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        copy_project(place, {})
        write(place / "docs", count)
        stage_1: list[float] = []
        index: list[float] = []
        ours = _build(place, OURS, lambda config: _watch(config, stage_1, index))
        plain = _build(place, PLAIN, lambda _: None)
        return Cost(count, ours, sum(stage_1), sum(index), plain)


def _build(place: Path, template: str, prepare: Callable[[Any], None]) -> float:
    file = place / "measured.yml"
    file.write_text(template.format(docs=place / "docs", site=place / "site"), encoding="utf-8")
    config = load_config(str(file))
    prepare(config)
    start = _spent()
    build(config)
    return _spent() - start


def _spent() -> float:
    """CPU seconds of this program and of those that it has started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _watch(config: Any, stage_1: list[float], index: list[float]) -> None:  # noqa: ANN401 - a hook is a module
    """Count the time that the build spends in stage 1's functions, and in cutting the index."""
    hook = next(iter(config.hooks.values()))
    for name in STAGE_1:
        setattr(hook.notes, name, _timed(getattr(hook.notes, name), stage_1))
    hook.searching.cut = _timed(hook.searching.cut, index)


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        start = _spent()
        result = function(*arguments)
        spent.append(_spent() - start)
        return result

    return timed


def _exponent(small: int, large: int, cost_small: float, cost_large: float) -> float:
    return math.log(cost_large / cost_small) / math.log(large / small)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [1000, 5000])
