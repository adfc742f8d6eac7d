"""What the notes cost a build, side by side with plain Material on the same notes in one run.

`python -m tests.bench_build [COUNT ...]` (default 1000 5000) prints for each size of a made-up vault (see
`generated_vault`), in CPU seconds (user and system) of this process and of those that it starts:

- the whole build, and that of plain Material with a pruned navigation;
- stage 1: all that `hooks/notes` does in the build, from bytes to the pages' Markdown (STAGE_1), and its share;
- resolving and writing the links: what each link leads to and the Markdown that says so (LINKS), for each link;
- cutting the index of the search into pieces (SEARCH), and its share;

and between the sizes the exponent by which each grows (1 is linear).
"""

import logging
import math
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.generated_vault import write
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
STAGE_1 = (
    *("notes.legible", "notes.sort_out", "notes.paths_in", "notes.read_history", "notes.read_site"),
    *("notes.generated_pages", "notes.generated_files", "notes.note_pages", "notes.mermaid_problems", "notes.ranges"),
)
LINKS = ("notes.site.outgoing", "notes.pages.link_edits")
SEARCH = ("searching.cut",)


class Cost(NamedTuple):
    """CPU seconds for one size."""

    notes: int
    links: int
    whole: float
    stage_1: float
    of_links: float
    search: float
    plain: float


def main(counts: list[int]) -> None:
    """Measure and print."""
    logging.disable(logging.WARNING)
    costs = [_measure(count) for count in counts]
    for cost in costs:
        print(f"{cost.notes} notes with {cost.links} links")
        print(f"  whole build      {cost.whole:7.2f} s")
        print(f"  plain Material   {cost.plain:7.2f} s, whole / plain {cost.whole / cost.plain:.2f}")
        print(f"  stage 1          {cost.stage_1:7.2f} s, share of the whole {cost.stage_1 / cost.whole:.1%}")
        print(f"  links            {cost.of_links:7.2f} s, {cost.of_links / cost.links * 1e6:.1f} µs a link")
        print(f"  search           {cost.search:7.2f} s, share of the whole {cost.search / cost.whole:.1%}")
    for small, large in pairwise(costs):
        print(f"exponents from {small.notes} to {large.notes} notes")
        for name in ("whole", "plain", "stage_1"):
            exponent = _exponent(small.notes, large.notes, getattr(small, name), getattr(large, name))
            print(f"  {name:16} {exponent:7.2f}")


def _measure(count: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        copy_project(place, {})
        write(place / "docs", count)
        watch = _Watch()
        ours = _build(place, OURS, watch.start)
        plain = _build(place, PLAIN, lambda: None)
        return Cost(count, watch.links, ours, watch.spent[STAGE_1], watch.spent[LINKS], watch.spent[SEARCH], plain)


def _build(place: Path, template: str, prepare: Callable[[], None]) -> float:
    file = place / "measured.yml"
    file.write_text(template.format(docs=place / "docs", site=place / "site"), encoding="utf-8")
    config = load_config(str(file))
    prepare()
    start = _spent()
    build(config)
    return _spent() - start


def _spent() -> float:
    """CPU seconds of this process, and of those that it has started and that have ended."""
    times = os.times()  # in hundredths: too coarse for what takes some milliseconds at a time
    return time.process_time() + times.children_user + times.children_system


class _Watch:
    """Counts the time that the build spends in some functions of the hooks."""

    def __init__(self) -> None:
        self.spent: Counter[tuple[str, ...]] = Counter()
        self.links = 0

    def start(self) -> None:
        """Put a clock around each; the hooks are loaded by now."""
        for group in (STAGE_1, LINKS, SEARCH):
            for name in group:
                module, _, function = name.rpartition(".")
                clocked = self._clocked(getattr(sys.modules[module], function), group)
                setattr(sys.modules[module], function, clocked)

    def _clocked(self, function: Callable[..., Any], group: tuple[str, ...]) -> Callable[..., Any]:
        def clocked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes
            start = _spent()
            result = function(*arguments, **named)
            self.spent[group] += _spent() - start  # type: ignore[assignment]  # a counter of seconds
            self.links += len(result) if function.__name__ == "outgoing" else 0
            return result

        return clocked


def _exponent(small: int, large: int, cost_small: float, cost_large: float) -> float:
    return math.log(cost_large / cost_small) / math.log(large / small)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [1000, 5000])
