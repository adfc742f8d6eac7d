"""The YAML of a note's properties, untrusted. In: its bytes. Out: plain values with their nodes, or why there are none.

Values are texts, lists and maps of texts: nothing is built, nothing refers to anything, and nothing is nested deep.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

import yaml

_LIMIT: Final = 1 << 20
"""Bytes; a longer front matter is data, not properties."""
_DEEPEST: Final = 100
"""Lists and maps inside of each other."""
_PAIR: Final = re.compile(
    r"(?<!\\)(?P<before>(?:\\\\)*+)\\u(?P<high>d[89ab][0-9a-f]{2})\\u(?P<low>d[c-f][0-9a-f]{2})", re.IGNORECASE
)
"""An emoji as programs in JavaScript write it, and Obsidian reads it: `\\ud83d\\ude00`."""
_SHORTER: Final = 2
"""So many characters less has YAML's own `\\U0001f600`."""
_BLANK: Final = re.compile(r"[\x85\u2028\u2029]|^[ \t]+(?=\r?$)|(?<=-)\t", re.MULTILINE)
"""What is as good as blanks to YAML 1.2, and to 1.1, which our reader knows, the end of a line or wrong."""


class Loaded(NamedTuple):
    """Properties as YAML reads them."""

    values: dict[str, object]
    """By the name in lower case."""
    node: yaml.MappingNode | None
    """What they were made of, if there are any; its places count characters."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Properties that cannot be read."""

    offset: int
    """In bytes."""
    why: str
    """The end of a sentence about them."""


NOTHING: Final = Loaded({}, None)


def load(text: bytes) -> Loaded | Unreadable:
    """Read properties, whatever they hold."""
    if len(text) > _LIMIT:
        return Unreadable(0, f"is larger than {_LIMIT >> 20} MiB")
    found = _load(text)
    return found if isinstance(found, Loaded) else _read_again(text.decode()) or found


def _load(text: bytes) -> Loaded | Unreadable:
    try:
        for place, why in _dangers(text):
            return Unreadable(_offset(text, place), why)
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        return _broken(text, error)
    except (ValueError, RecursionError):
        return Unreadable(0, "holds a value that cannot be read")
    return _mapping(node, values)


def _read_again(text: str) -> Loaded | Unreadable | None:
    """Read properties with what Obsidian's reader knows and ours does not as ours has it; None if there is nothing."""
    ends = [pair.end() - _SHORTER * count for count, pair in enumerate(_PAIR.finditer(text), 1)]
    spelt = _BLANK.sub(lambda blank: " " * len(blank[0]), _PAIR.sub(_joined, text))
    if spelt == text:
        return None
    joined = spelt.encode()
    match _load(joined):
        case Unreadable(offset, why):
            place = _moved(len(joined[:offset].decode()), ends)
            return Unreadable(len(text[:place].encode()), why)
        case found:
            if found.node:
                _move(found.node, ends)
            return found


def _joined(pair: re.Match[str]) -> str:
    character = bytes.fromhex(pair["high"] + pair["low"]).decode("utf-16-be")
    return f"{pair['before']}\\U{ord(character):08x}"


def _move(node: yaml.Node, ends: Sequence[int]) -> None:
    """Let a node and those in it stand where they are written; `ends` are those of the pairs where it stands now."""
    node.start_mark, node.end_mark = _moved_mark(node.start_mark, ends), _moved_mark(node.end_mark, ends)
    for inner in _inner(node):
        _move(inner, ends)


def _moved_mark(mark: yaml.Mark, ends: Sequence[int]) -> yaml.Mark:
    return yaml.Mark(mark.name, _moved(mark.index, ends), mark.line, mark.column, None, 0)


def _moved(place: int, ends: Sequence[int]) -> int:
    return place + _SHORTER * bisect_right(ends, place)


def _inner(node: yaml.Node) -> Iterable[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return chain.from_iterable(node.value)
    return node.value if isinstance(node, yaml.SequenceNode) else ()


def _broken(text: bytes, error: yaml.YAMLError) -> Unreadable:
    place = getattr(getattr(error, "problem_mark", None), "index", 0)
    return Unreadable(
        _offset(text, place), f"is not valid YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
    )


def _mapping(node: object, values: object) -> Loaded | Unreadable:
    if values is None:
        return NOTHING
    if not (isinstance(node, yaml.MappingNode) and isinstance(values, dict)):  # a `!!set` is written as a map is
        return Unreadable(0, "is not a list of `name: value`")
    return Loaded({str(key).casefold(): value for key, value in values.items()}, node)


def repeated(loaded: Loaded, text: bytes) -> Iterator[tuple[str, int]]:
    """The names that stand more than once, each with the byte offset at which it stands again."""
    names: Counter[str] = Counter()
    for key, _ in loaded.node.value if loaded.node else ():
        if isinstance(key, yaml.ScalarNode):
            names[key.value] += 1
            if names[key.value] == 2:  # noqa: PLR2004 - twice
                yield key.value, _offset(text, key.start_mark.index)


class _PlainLoader(yaml.CSafeLoader):
    """Dates and numbers stay text, even where a tag says what they are: a title `2024-01-01` is a title.

    A template's `{{date}}` does too, which YAML has for a map whose name is a map.
    """

    def __init__(self, text: bytes) -> None:
        super().__init__(text)
        self._text = text.decode()

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:  # noqa: FBT001, FBT002 - as in PyYAML
        """Make a value."""
        return super().construct_object(self._as_text(node) if _is_gap(node) else node, deep)

    def _as_text(self, node: yaml.Node) -> yaml.Node:
        written = self._text[node.start_mark.index : node.end_mark.index]
        return yaml.ScalarNode("tag:yaml.org,2002:str", written, node.start_mark, node.end_mark)


def _is_gap(node: yaml.Node) -> bool:
    """Ask whether a value is what a template leaves open."""
    return isinstance(node, yaml.MappingNode) and any(isinstance(name, yaml.MappingNode) for name, _ in node.value)


_PlainLoader.yaml_constructors = yaml.CSafeLoader.yaml_constructors | {
    f"tag:yaml.org,2002:{tag}": yaml.CSafeLoader.construct_yaml_str
    for tag in ("bool", "int", "float", "binary", "timestamp")
}
_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _dangers(text: bytes) -> Iterator[tuple[int, str]]:
    """What could expand without end, or is nested so deep that no program may read it: place, in characters; reason."""
    if len(text) < _DEEPEST and b"&" not in text and b"*" not in text:
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        place = event.start_mark.index if event.start_mark else 0
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None):  # of what is named, and where it is named again
            yield place, "refers to itself (`&`, `*`)"
        if depth > _DEEPEST:
            yield place, f"is nested more than {_DEEPEST} deep"


def _offset(text: bytes, place: int) -> int:
    """The byte offset of a place that YAML counts in characters: its lines are no editor's, as more signs end one."""
    return len(text.decode()[:place].encode())
