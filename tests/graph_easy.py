"""Graphs drawn by another program. In: random graphs. Out: their drawings by Debian's `libgraph-easy-perl`.

One Perl process draws many, as starting it costs more than drawing.
"""

import random
import shutil
import subprocess
from dataclasses import dataclass
from itertools import islice
from typing import Final

_SCRIPT: Final = r"""
use utf8; use Graph::Easy; binmode STDIN, ':utf8'; binmode STDOUT, ':utf8'; local $/ = "\0"; my $as = shift;
while (my $text = <STDIN>) { chomp $text; my $g = Graph::Easy->new($text); $g->timeout(20); print $g->$as(), "\0"; }
"""
_WORDS: Final = ("Parser", "Index", "Reader", "Store", "Cache", "Queue", "Web", "Mail", "Gate", "Disk", "Lock", "Clock")
_LABELS: Final = ("", "", "", "", "sends", "asks", "yes", "no")
_ARROWS: Final = {"->": 12, "<->": 1}


@dataclass(frozen=True, slots=True)
class Easy:
    """A graph in names: edges as source, arrow, target, label."""

    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str, str, str], ...]

    @property
    def source(self) -> str:
        """In the language of Graph::Easy."""
        nodes = (f"[ {name} ]" for name in self.nodes)
        edges = (f"[ {source} ] {_with_label(arrow, label)} [ {target} ]" for source, arrow, target, label in self.edges)
        return "\n".join((*nodes, *edges))


def _with_label(arrow: str, label: str) -> str:
    if not label:
        return arrow
    return {"->": f"-- {label} -->", "<->": f"<-- {label} -->"}[arrow]


def is_there() -> bool:
    """Whether the program can be run."""
    perl = shutil.which("perl")
    return bool(perl) and subprocess.run([perl, "-MGraph::Easy", "-e", "1"], capture_output=True, check=False).returncode == 0


def random_graph(choice: random.Random) -> Easy:
    """A connected graph of three to eight nodes, some of its edges labelled."""
    nodes = tuple(choice.sample(_WORDS, choice.randint(3, 8)))
    pairs = {(choice.choice(nodes[:at]), name) for at, name in enumerate(nodes) if at}
    pairs |= {tuple(choice.sample(nodes, 2)) for _ in range(choice.randint(0, 3))}
    single = sorted({frozenset(pair): pair for pair in sorted(pairs)}.values())
    arrows = choice.choices(list(_ARROWS), list(_ARROWS.values()), k=len(single))
    return Easy(nodes, tuple((a, arrow, b, choice.choice(_LABELS)) for (a, b), arrow in zip(single, arrows, strict=True)))


def drawn(graphs: list[Easy], style: str) -> list[str]:
    """Each graph as a drawing; `style` is `as_ascii` or `as_boxart`."""
    text = "\0".join(graph.source for graph in graphs)
    run = subprocess.run(["perl", "-e", _SCRIPT, style], input=text, capture_output=True, text=True, check=True, encoding="utf-8")
    return list(islice(run.stdout.split("\0"), len(graphs)))
