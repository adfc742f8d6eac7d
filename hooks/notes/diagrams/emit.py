"""A graph becomes text. In: a reading and a title. Out: a Mermaid flowchart that Mermaid 10 and 11 accept.

Every label is quoted and escaped, so that nothing in a drawing can be markup or a directive; ids and links are ours.
"""

from collections.abc import Iterator
from typing import Final

from notes.diagrams.graph import Container, Edge, Graph, Heads, Id, Node
from notes.diagrams.outcome import Read

_ARROWS: Final = {Heads.TARGET: "-->", Heads.BOTH: "<-->", Heads.NONE: "---"}
_UNTITLED: Final = '" "'
"""An empty string is no title for Mermaid."""
_VERBS: Final = {Heads.TARGET: "leads to", Heads.BOTH: "leads to and from", Heads.NONE: "is linked with"}
_ESCAPES: Final = {
    ord(character): escape
    for character, escape in {
        '"': "#quot;",
        "<": "#lt;",
        ">": "#gt;",
        "&": "&amp;",
        "#": "#35;",
        "\\": "#92;",
        "`": "#96;",
        "$": "#36;",
        "%": "#37;",
    }.items()
}
_LOOK_ALIKES: Final = str.maketrans(
    {"<": "‹", ">": "›", '"': "'", "&": "+", "{": "(", "}": ")", ";": ",", "%": "％", "`": "'"}
)


def mermaid(reading: Read, title: str = "") -> str:
    """The source of a flowchart; `title` is its accessible name, the edges in words its description."""
    graph = reading.graph
    lines = [f"flowchart {graph.direction.value}"]
    if title:
        lines.append(f"    accTitle: {_plain(title)}")
    lines.append(f"    accDescr: {_plain(_described(graph))}")
    lines += (f"    %% {_plain(line)}" for remark in reading.remarks for line in remark.split("\n"))
    lines += _body(graph)
    return "\n".join(lines) + "\n"


def _described(graph: Graph) -> str:
    """The edges in words, then what lies within what."""
    names = {**{node.id: node.label for node in graph.nodes}, **{box.id: box.label for box in graph.containers}}
    sentences = [_sentence(names, edge) for edge in graph.edges]
    for box in graph.containers:
        inside = ", ".join(_name(names, child) for child in box.children)
        sentences.append(f"{_name(names, box.id)} holds {inside}.")
    return " ".join(sentences)


def _sentence(names: dict[Id, str], edge: Edge) -> str:
    label = f" ({' '.join(edge.label.split())})" if edge.label else ""
    return f"{_name(names, edge.source)} {_VERBS[edge.heads]} {_name(names, edge.target)}{label}."


def _name(names: dict[Id, str], of: Id) -> str:
    return " ".join(names[of].split()) or "a group"


def _plain(text: str) -> str:
    """Text for a statement that ends with its line, where nothing can be escaped and nothing may be markup."""
    return " ".join(text.split()).translate(_LOOK_ALIKES)


def _quoted(label: str) -> str:
    return '"' + "<br/>".join(" ".join(line.split()).translate(_ESCAPES) for line in label.split("\n")) + '"'


def _body(graph: Graph) -> Iterator[str]:
    nodes = {node.id: node for node in graph.nodes}
    boxes = {box.id: box for box in graph.containers}
    inner = {child for box in graph.containers for child in box.children}
    for of in (*boxes, *nodes):
        if of not in inner:
            yield from _item(graph, nodes, boxes, of, "    ")
    for edge in graph.edges:
        label = f"|{_quoted(edge.label)}|" if edge.label else ""
        yield f"    {edge.source} {_ARROWS[edge.heads]}{label} {edge.target}"


def _item(graph: Graph, nodes: dict[Id, Node], boxes: dict[Id, Container], of: Id, indent: str) -> Iterator[str]:
    if of in nodes:
        yield f"{indent}{of}[{_quoted(nodes[of].label)}]"
        return
    box = boxes[of]
    label = _quoted(box.label) if box.label.strip() else _UNTITLED
    yield f"{indent}subgraph {of} [{label}]"
    is_unlinked = _all_within(boxes, of).isdisjoint(end for edge in graph.edges for end in (edge.source, edge.target))
    if is_unlinked:
        yield f"{indent}    direction {box.direction.value}"
    for child in box.children:
        yield from _item(graph, nodes, boxes, child, f"{indent}    ")
    if is_unlinked and len(box.children) > 1:
        yield f"{indent}    {' ~~~ '.join(box.children)}"
    yield f"{indent}end"


def _all_within(boxes: dict[Id, Container], of: Id) -> set[Id]:
    """Everything in a container, at any depth."""
    children = boxes[of].children if of in boxes else ()
    return set(children).union(*(_all_within(boxes, child) for child in children))
