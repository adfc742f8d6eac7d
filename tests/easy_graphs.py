"""Random graphs, and the program that draws them: Debian's `libgraph-easy-perl`.

In: seeds. Out: graphs with their drawings, and whether a drawing is read back as its graph. One Perl process draws
many, as starting it costs more than drawing.
"""

import random
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from notes import diagrams
from notes.diagrams.graph import Graph

STYLES: Final = ("as_ascii", "as_boxart")
"""What the program calls the characters that it draws with."""
_SCRIPT: Final = r"""
use utf8; use Graph::Easy; binmode STDIN, ':utf8'; binmode STDOUT, ':utf8'; local $/ = "\0"; my $as = shift;
while (my $text = <STDIN>) { chomp $text; print Graph::Easy->new($text)->$as(), "\0"; }
"""
_WORDS: Final = ("Parser", "Index", "Reader", "Store", "Cache", "Queue", "Web", "Mail", "Gate", "Disk", "Lock", "Clock")
_LABELS: Final = ("", "", "", "", "sends", "asks", "yes", "no")
_ARROWS: Final = {"->": 12, "<->": 1}

_Edges = tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Easy:
    """A graph in names: edges as source, arrow, target, label."""

    nodes: tuple[str, ...]
    edges: _Edges

    @property
    def source(self) -> str:
        """In the language of Graph::Easy."""
        nodes = (f"[ {name} ]" for name in self.nodes)
        edges = (
            f"[ {source} ] {_with_label(arrow, label)} [ {target} ]" for source, arrow, target, label in self.edges
        )
        return "\n".join((*nodes, *edges))

    def is_drawn_in(self, drawing: str) -> bool:
        """Whether the program found room for every label; it leaves some out."""
        words = [label for *_, label in self.edges if label]
        return all(drawing.count(word) == words.count(word) for word in _LABELS if word)


def _with_label(arrow: str, label: str) -> str:
    return {"->": f"-- {label} -->", "<->": f"<-- {label} -->"}[arrow] if label else arrow


def _random_graph(choice: random.Random) -> Easy:
    """A connected graph of three to eight nodes, some of its edges labelled."""
    nodes = tuple(choice.sample(_WORDS, choice.randint(3, 8)))
    pairs = [(choice.choice(nodes[:at]), name) for at, name in enumerate(nodes) if at]
    pairs += [
        (nodes[a], nodes[b]) for a, b in (choice.sample(range(len(nodes)), 2) for _ in range(choice.randint(0, 3)))
    ]
    single = {frozenset(pair): pair for pair in pairs}.values()
    arrows = choice.choices(list(_ARROWS), list(_ARROWS.values()), k=len(single))
    edges = ((a, arrow, b, choice.choice(_LABELS)) for (a, b), arrow in zip(single, arrows, strict=True))
    return Easy(nodes, tuple(edges))


def program() -> str | None:
    """Perl, if it has the program that draws."""
    perl = shutil.which("perl")
    has_it = (
        perl and not subprocess.run([perl, "-MGraph::Easy", "-e", "1"], capture_output=True, check=False).returncode
    )
    return perl if has_it else None


def drawn(perl: str, style: str, seeds: Iterable[int]) -> list[tuple[Easy, str]]:
    """Graphs with their drawings, but for those whose labels found no room."""
    graphs = [_random_graph(random.Random(seed)) for seed in seeds]  # noqa: S311 - not for secrets
    text = "\0".join(graph.source for graph in graphs)
    run = subprocess.run([perl, "-e", _SCRIPT, style], input=text, capture_output=True, check=True, encoding="utf-8")
    return [pair for pair in zip(graphs, run.stdout.split("\0"), strict=False) if pair[0].is_drawn_in(pair[1])]


def is_read_back(graph: Easy, drawing: str) -> bool:
    """Whether all of a graph is read in its drawing."""
    reading = diagrams.read(drawing)
    return isinstance(reading, diagrams.Read) and _named(reading.graph) == (sorted(graph.nodes), _sorted(graph.edges))


def _named(graph: Graph) -> tuple[list[str], _Edges]:
    names = {node.id: node.label for node in graph.nodes}
    edges = (
        (names[edge.source], edge.heads.value, names[edge.target], edge.label.replace("\n", " "))
        for edge in graph.edges
    )
    return sorted(names.values()), _sorted(tuple(edges))


def _sorted(edges: _Edges) -> _Edges:
    """In one order, and each edge with two heads in one direction."""
    return tuple(
        sorted((min(a, b), way, max(a, b), label) if way == "<->" else (a, way, b, label) for a, way, b, label in edges)
    )
