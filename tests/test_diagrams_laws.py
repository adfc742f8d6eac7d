"""Laws of the diagram reader: what may happen to any drawing without changing its graph, and what never happens."""

import random
import re
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bench_diagrams import hard_drawings
from tests.case_files import case_files
from tests.measure_diagrams import Redrawing, in_ascii, in_unicode, is_same, slipped, with_emoji

from notes import diagrams
from notes.diagrams.graph import Direction, Edge, Graph, Heads, Id, Node

_DRAWING: Final = re.compile(r"^```\n((?:.*\n)*?)```\n\n```mermaid$", re.MULTILINE)
_READ: Final = {
    case.stem: found[1] for case in case_files("diagrams") if (found := _DRAWING.search(case.read_text("utf-8")))
}
_MIRROR: Final = str.maketrans("<>[](){}/\\▶◀◄►┌┐└┘├┤╭╮╰╯╔╗╚╝┏┓┗┛→←`'", "><][)(}{\\/◀▶►◄┐┌┘└┤├╮╭╯╰╗╔╝╚┓┏┛┗←→''")
_ONE_SIDED: Final = {
    "slipped_border",
    "text_wider_than_its_box",
    "names_in_brackets",
    "answers_between_steps",
}
"""Right borders are forgiven, left ones are not; words between names are labels only of arrows to the right, and a
`yes` is no answer when it is mirrored."""
_MIRRORED: Final = {name: drawing for name, drawing in _READ.items() if name not in _ONE_SIDED and drawing.isascii()}
_BOXED: Final = {name: drawing for name, drawing in _READ.items() if not name.startswith("chain")}
_HARD: Final = dict(hard_drawings(100, 60))
_ALPHABET: Final = "+-|<>^v/\\.' ab\n─│┌┐└┘├┤┬┴┼▶▼→↓🚀é\u0301\t:=*"

drawings = pytest.mark.parametrize("drawing", _READ.values(), ids=list(_READ))


def _graph(drawing: str) -> Graph:
    reading = diagrams.read(drawing)
    assert isinstance(reading, diagrams.Read)
    return reading.graph


@drawings
def test_white_space_around_a_drawing_changes_nothing(drawing: str) -> None:
    moved = "\n\n" + "".join(f"     {line}   \n" for line in drawing.splitlines()) + "\n \n"
    assert _graph(moved) == _graph(drawing)


@drawings
@pytest.mark.parametrize("redraw", [in_ascii, in_unicode], ids=["in ASCII", "in Unicode"])
def test_a_redrawn_drawing_has_the_same_graph(drawing: str, redraw: Redrawing) -> None:
    redrawn = redraw(drawing, random.Random(0))  # noqa: S311 - not for secrets
    assert redrawn is None or is_same(_graph(redrawn), _graph(drawing))


@pytest.mark.parametrize("drawing", _BOXED.values(), ids=list(_BOXED))
@pytest.mark.parametrize("redraw", [slipped, with_emoji], ids=["slipped", "with an emoji"])
def test_a_border_that_slips_never_makes_another_graph(drawing: str, redraw: Redrawing) -> None:
    for seed in range(6):
        redrawn = redraw(drawing, random.Random(seed))  # noqa: S311 - not for secrets
        reading = diagrams.read(redrawn) if redrawn else None
        if isinstance(reading, diagrams.Read):
            assert is_same(reading.graph, _graph(drawing)), redrawn


@pytest.mark.parametrize("drawing", _MIRRORED.values(), ids=list(_MIRRORED))
def test_a_mirrored_drawing_has_a_mirrored_graph(drawing: str) -> None:
    lines = drawing.splitlines()
    width = max(map(len, lines))
    mirrored = "\n".join(line.ljust(width)[::-1].translate(_MIRROR).rstrip() for line in lines)
    assert _edges(_graph(mirrored), backwards=True) == _edges(_graph(drawing), backwards=False)


def _edges(graph: Graph, *, backwards: bool) -> list[tuple[str, str, str]]:
    letters = {node.id: re.sub(r"\W", "", node.label) for node in graph.nodes}
    letters |= {box.id: re.sub(r"\W", "", box.label) for box in graph.containers}
    lines = {of: sorted(text[::-1] if backwards else text) for of, text in letters.items()}
    names = {of: "".join(text) for of, text in lines.items()}
    ends = [(names[edge.source], names[edge.target], edge.heads) for edge in graph.edges]
    return sorted((*(sorted((a, b)) if heads is not Heads.TARGET else (a, b)), heads.value) for a, b, heads in ends)


@drawings
def test_a_drawing_cut_off_is_declined_or_read_truthfully(drawing: str) -> None:
    whole = _graph(drawing)
    names = {node.id: node.label for node in whole.nodes} | {box.id: box.label for box in whole.containers}
    true = {(names[edge.source], names[edge.target]) for edge in whole.edges}
    lines = drawing.splitlines()
    for rows in range(len(lines)):
        reading = diagrams.read("\n".join(lines[:rows]))
        if isinstance(reading, diagrams.Read):
            kept = {node.id: node.label for node in reading.graph.nodes} | {
                box.id: box.label for box in reading.graph.containers
            }
            assert {(kept[edge.source], kept[edge.target]) for edge in reading.graph.edges} <= true


@drawings
def test_a_drawing_cut_at_the_side_never_fails(drawing: str) -> None:
    for width in range(1, 60):
        diagrams.read("\n".join(line[:width] for line in drawing.splitlines()))


@given(st.text(_ALPHABET, max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_text_fails(text: str) -> None:
    reading = diagrams.read(text)
    assert diagrams.explain(text)
    if isinstance(reading, diagrams.Read):
        assert diagrams.mermaid(reading)
    else:
        assert reading.line >= 1
        assert reading.column >= 1


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_label_is_markup(label: str, title: str) -> None:
    nodes = Node(Id("n1"), label), Node(Id("n2"), "b")
    graph = Graph(nodes, (), (Edge(Id("n1"), Id("n2"), Heads.TARGET, label),), Direction.DOWN)
    for line in diagrams.mermaid(diagrams.Read(graph, (label,)), title).splitlines()[1:]:
        if not line.lstrip().startswith(("accTitle:", "accDescr:", "%% ", "%%")):
            assert re.fullmatch(
                r'    n1(?: --> n2| -->\|"[^"<>`$%\\]*"\| n2|\["[^"<>`$%\\]*"\])|    n2\["b"\]',
                line.replace("<br/>", ""),
            )


@pytest.mark.parametrize("info", ["text", "ascii", "python", "ASCII art"])
def test_a_language_keeps_a_drawing(info: str) -> None:
    reading = diagrams.read(_READ["one_arrow_down"], info)
    assert isinstance(reading, diagrams.Declined)
    assert not reading.is_diagram


@pytest.mark.parametrize("times", [80, 100_000], ids=["too many corners", "too many marks"])
def test_what_is_too_large_is_declined_and_told(times: int) -> None:
    reading = diagrams.read("+---+    +---+\n| a |--->| b |\n+---+    +---+\n\n" * times)
    assert isinstance(reading, diagrams.Declined)
    assert reading.kind is diagrams.Kind.TOO_LARGE
    assert reading.is_diagram


@pytest.mark.parametrize("row", ["+-|\n", "12:04 a -> b\n", "| a | b |\n+---+---+\n"], ids=["marks", "log", "table"])
def test_what_is_too_large_and_not_drawn_is_not_told(row: str) -> None:
    reading = diagrams.read(row * 100_000)
    assert isinstance(reading, diagrams.Declined)
    assert not reading.is_diagram


@pytest.mark.parametrize("drawing", _HARD.values(), ids=list(_HARD))
def test_a_flood_of_marks_ends_in_an_answer(drawing: str) -> None:
    assert isinstance(diagrams.read(drawing), diagrams.Read | diagrams.Declined)
