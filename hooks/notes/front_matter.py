"""A note's front matter (Obsidian's properties): text in, plain safe values out.

Untrusted: an expansion without end, a wrong type or a syntax error costs a problem, never the build.
Source of the rules: Obsidian's help, "Properties", "Aliases", "Tags".
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

import yaml

from commonmark.tags import LONGEST_TAG
from notes.problems import Kind, Problem
from notes.source import Source
from notes.withheld import is_withheld, seems_withheld, starts_withheld

_BLOCK = re.compile(rb"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LOOKS_LIKE_PROPERTIES = re.compile(rb"---[ \t]*\r?\n[A-Za-z][\w -]*:")
_LIMIT = 1 << 20
"""Bytes; a longer front matter is data, not properties."""
_LINK = re.compile(r"\s*\[\[[^\[\]\n]+\]\]\s*")
_LINK_IN_YAML = re.compile(rb"[\"']\s*(?P<link>\[\[[^\[\]\n\\]+\]\])")
_DEEPEST = 100
"""Lists and maps inside of each other."""
_MOST_TOLD = 10
"""So many names that stand twice are told of one note."""


MOST_TAGS: Final = 2_000
"""Different tags of a note, with those above them; each has an entry on the page of the tags."""
_OF_THE_SITE: Final = frozenset({"title", "description", "aliases", "alias", "tags", "tag"})
"""Properties that have a meaning of their own."""


class LinkedProperty(NamedTuple):
    """A property that is a link, or one of its list: a text that is `[[…]]` as a whole."""

    name: str
    """Of the property."""
    start: int
    """Byte offset of `[[`."""
    end: int
    """Byte offset after `]]`."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the site uses of a note's properties; everything else is left to Obsidian."""

    title: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    linked: tuple[LinkedProperty, ...] = ()
    """In order."""
    is_published: bool = True
    """See `withheld`."""
    has_scene: bool = False
    """It has the property that Excalidraw's plugin gives its drawings."""
    body: int = 0
    """Byte offset of the note's text after the front matter."""


def read_front_matter(source: Source) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Read the properties at the start of a file."""
    match = _BLOCK.match(source.text)
    if match is None:
        if starts_withheld(source.text):
            return FrontMatter(is_published=False), _withheld(source)
        return FrontMatter(), tuple(_unclosed(source))
    loaded, problems = _load(source, match["yaml"], match.start("yaml"))
    values = loaded.values
    may_be_withheld = bool(problems) and not is_withheld(values) and seems_withheld(match["yaml"])
    tags = tuple(_tags(_names(values, "tags", "tag")))
    counted = first_tags(tags)
    front_matter = FrontMatter(
        title=_text(values.get("title")),
        description=_text(values.get("description")),
        aliases=_names(values, "aliases", "alias"),
        tags=counted,
        linked=tuple(_linked(loaded.node, match["yaml"], match.start("yaml"))),
        is_published=not (is_withheld(values) or may_be_withheld),
        has_scene="excalidraw-plugin" in values,
        body=match.end(),
    )
    problems += _withheld(source) if may_be_withheld else ()
    too_many = _too_many(source, match) if len(counted) < len(tags) else ()
    return front_matter, (*problems, *_wrong_types(source, match, values), *too_many)


def levels(name: str) -> Iterator[str]:
    """A tag's name after those above it: `a`, `a/b`."""
    parts = name.strip("/").split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def first_tags(names: Sequence[str]) -> tuple[str, ...]:
    """As many of some tags as a note may have."""
    if sum(name.count("/") + 1 for name in names) <= MOST_TAGS:
        return tuple(names)  # nearly every note's, which need not be taken apart
    counted: set[str] = set()
    kept = []
    for name in names[:MOST_TAGS]:
        counted.update(levels(name))
        if len(counted) > MOST_TAGS:
            break
        kept.append(name)
    return tuple(kept)


def _tags(names: Iterable[str]) -> Iterator[str]:
    """Single names; one of digits alone, or one that nobody writes, is no tag, as in the text."""
    tags = (tag.removeprefix("#") for name in names for tag in name.split())
    return (tag for tag in tags if not tag.isdecimal() and len(tag) <= LONGEST_TAG)


class _Loaded(NamedTuple):
    """A front matter as YAML reads it."""

    values: dict[str, object]
    """By the name in lower case."""
    node: yaml.MappingNode | None


_NOTHING: Final = _Loaded({}, None)


def _load(source: Source, text: bytes, start: int) -> tuple[_Loaded, tuple[Problem, ...]]:
    if len(text) > _LIMIT:
        return _NOTHING, (_broken(source, start, f"the front matter is larger than {_LIMIT >> 20} MiB"),)
    try:
        for place, reason in _dangers(text):
            return _NOTHING, (_broken(source, start + _offset(text, place), f"the front matter {reason}"),)
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        values: Any = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        place = getattr(getattr(error, "problem_mark", None), "index", 0)
        told = f"the front matter is no YAML: {_reason(error)}"
        return _NOTHING, (_broken(source, start + _offset(text, place), told),)
    except (ValueError, RecursionError):
        return _NOTHING, (_broken(source, start, "the front matter holds a value that cannot be read"),)
    if not (isinstance(node, yaml.MappingNode) and isinstance(values, dict)):  # a `!!set` is written as a map is
        wrong = _broken(source, start, "the front matter is not a list of `name: value`")
        return _NOTHING, () if values is None else (wrong,)
    twice = islice(_repeated(node), _MOST_TOLD)
    problems = tuple(_twice(source, start + _offset(text, place), name) for name, place in twice)
    return _Loaded({str(key).casefold(): value for key, value in values.items()}, node), problems


def _linked(node: yaml.MappingNode | None, text: bytes, start: int) -> Iterator[LinkedProperty]:
    """Rule of Obsidian's help, "Properties": a link stands in quotes, and nothing stands beside it."""
    if node is None or b"[[" not in text:
        return
    characters, at, offset = text.decode(), 0, start
    for name, value in node.value:
        for item in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            if not (isinstance(item, yaml.ScalarNode) and _LINK.fullmatch(item.value)):
                continue
            offset += len(characters[at : item.start_mark.index].encode())
            at = item.start_mark.index
            link = _LINK_IN_YAML.match(text, offset - start)
            if link and isinstance(name, yaml.ScalarNode) and name.value.casefold() not in _OF_THE_SITE:
                yield LinkedProperty(name.value, start + link.start("link"), start + link.end("link"))


def _repeated(node: yaml.MappingNode) -> Iterator[tuple[str, int]]:
    """The names that stand more than once, each with the place, in characters, where it stands again."""
    names: Counter[str] = Counter()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            names[key.value] += 1
            if names[key.value] == 2:  # noqa: PLR2004 - twice
                yield key.value, key.start_mark.index


def _twice(source: Source, offset: int, name: str) -> Problem:
    way_out = "Delete the one that is not meant."
    return _broken(source, offset, f"`{name}` stands twice in the front matter; the last one counts", way_out)


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


def _names(values: dict[str, object], *keys: str) -> tuple[str, ...]:
    found: list[str] = []
    for key in keys:
        value = values.get(key)
        listed: Iterable[object] = value if isinstance(value, list) else _split(value)
        found += [name for item in listed if (name := _text(item))]
    return tuple(dict.fromkeys(found))


def _split(value: object) -> Iterable[object]:
    return value.split(",") if isinstance(value, str) else (value,)


def _text(value: object) -> str:
    """A scalar as one line of text; what is no scalar counts as not given."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _wrong_types(source: Source, block: re.Match[bytes], values: dict[str, object]) -> Iterable[Problem]:
    for key in ("title", "description"):
        if isinstance(values.get(key), (list, dict)):
            yield _of_wrong_type(source, block, key, "a text")
    for key in ("aliases", "alias", "tags", "tag"):
        value = values.get(key)
        listed = value if isinstance(value, list) else [value]
        if any(isinstance(item, (list, dict)) for item in listed):
            yield _of_wrong_type(source, block, key, "a list of texts")


def _too_many(source: Source, block: re.Match[bytes]) -> Iterable[Problem]:
    message = f"more than {MOST_TAGS:,} tags in the front matter; only the first ones count"
    yield _broken(source, _line_of(block, "tags?"), message, "Delete some.")


def _of_wrong_type(source: Source, block: re.Match[bytes], key: str, form: str) -> Problem:
    way_out = "Correct it, or delete it; the note is shown without it."
    return _broken(source, _line_of(block, key), f"`{key}` in the front matter is not {form}", way_out)


def _line_of(block: re.Match[bytes], key: str) -> int:
    """Byte offset of a property's line, by a pattern of its name; the first line's where it shares one with others."""
    line = re.search(rb"(?mi)^[\"']?%b[\"']?[ \t]*:" % key.encode(), block["yaml"])
    return block.start("yaml") + (line.start() if line else 0)


def _withheld(source: Source) -> tuple[Problem, ...]:
    message = "the front matter is not right, but seems to say that this note is not published; it is left out"
    return (_broken(source, 0, message, "Correct it: `publish: true` publishes the note."),)


def _unclosed(source: Source) -> Iterable[Problem]:
    if _LOOKS_LIKE_PROPERTIES.match(source.text):
        yield _broken(source, 0, "the front matter is not closed; it is shown as text", "Close it with a line `---`.")


def _broken(source: Source, offset: int, message: str, way_out: str = "") -> Problem:
    help_text = way_out or "Correct it, or delete it; the note is shown without its properties."
    return source.problem(Kind.FRONT_MATTER, offset, message, help_text)


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "it cannot be read")


def _offset(text: bytes, place: int) -> int:
    """The byte offset of a place that YAML counts in characters: its lines are no editor's, as more signs end one."""
    return len(text.decode()[:place].encode())
