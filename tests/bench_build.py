"""What the notes cost a build, side by side with plain Material on the same notes in one run.

`python -m tests.bench_build [COUNT ...]` (default 1000 5000) prints, for each size of a made-up vault: CPU seconds of
the whole build, of stage 1, and of plain Material; the share of stage 1, its cost for each link; and between the
sizes the exponent by which each grows (1 is linear).
"""

import logging
import math
import sys
import tempfile
import time
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
    for small, large in pairwise(costs):
        whole, stage_1, plain = (_exponent(small.notes, large.notes, small[at], large[at]) for at in (1, 2, 3))
        print(f"{small.notes} to {large.notes}, exponents: whole {whole:.2f}, stage 1 {stage_1:.2f}, plain {plain:.2f}")


def _measure(count: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        copy_project(place, {})
        write(place / "docs", count)
        spent: list[float] = []
        ours = _build(place, OURS, lambda config: _watch(config, spent))
        plain = _build(place, PLAIN, lambda _: None)
        return Cost(count, ours, sum(spent), plain)


def _build(place: Path, template: str, prepare: Callable[[Any], None]) -> float:
    file = place / "measured.yml"
    file.write_text(template.format(docs=place / "docs", site=place / "site"), encoding="utf-8")
    config = load_config(str(file))
    prepare(config)
    start = time.process_time()
    build(config)
    return time.process_time() - start


def _watch(config: Any, spent: list[float]) -> None:  # noqa: ANN401 - a hook is a module
    """Count the time that the build spends in stage 1's functions."""
    stage_1 = next(iter(config.hooks.values())).notes
    for name in STAGE_1:
        setattr(stage_1, name, _timed(getattr(stage_1, name), spent))


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        start = time.process_time()
        result = function(*arguments)
        spent.append(time.process_time() - start)
        return result

    return timed


def _exponent(small: int, large: int, cost_small: float, cost_large: float) -> float:
    return math.log(cost_large / cost_small) / math.log(large / small)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [1000, 5000])
