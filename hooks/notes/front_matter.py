"""A note's front matter (Obsidian's properties): text in, plain safe values out.

Untrusted: an expansion without end, a wrong type or a syntax error costs a problem, never the build.
Source of the rules: Obsidian's help, "Properties", "Aliases", "Tags", "CSS snippets".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

import yaml

from commonmark.tags import LONGEST_TAG
from notes.problems import Kind, Problem
from notes.properties_yaml import NOTHING, Loaded, Unreadable, load, repeated
from notes.source import Source
from notes.withheld import is_withheld, seems_withheld, starts_withheld

_BLOCK = re.compile(rb"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LOOKS_LIKE_PROPERTIES = re.compile(rb"---[ \t]*\r?\n[A-Za-z\x80-\xff][\w\x80-\xff -]*:(?=[ \t\r\n])")
_MARKDOWN_LINK: Final = (
    r"\[(?P<label>[^\[\]\n]+)\]\((?:<(?P<place>[^<>\n]+)>|(?P<target>(?:[^()<>\s]|\([^()\s]*\))+))\)"
)
_LINK = re.compile(rf"\s*(?P<link>\[\[[^\[\]\n]+\]\]|{_MARKDOWN_LINK})\s*")
_QUOTES: Final = ("'", '"')
_CLASS = re.compile(r"(?!md-)[A-Za-z_][\w-]{0,99}", re.ASCII)
"""A class that a note may give its page: those of the theme's own parts are none."""
_MOST_CLASSES = 20
_MOST_TOLD = 10
"""So many names that stand twice are told of one note."""

MOST_TAGS: Final = 2_000
"""Different tags of a note, with those above them; each has an entry on the page of the tags."""
_OF_THE_SITE: Final = frozenset({"title", "description", "aliases", "alias", "tags", "tag"})
"""Properties that have a meaning of their own."""


class LinkedProperty(NamedTuple):
    """A property that is a link, or one of its list: a text that is `[[…]]` or `[…](…)` as a whole."""

    name: str
    """Of the property."""
    start: int
    """Byte offset after the quotation mark before it."""
    end: int
    """Byte offset of the one behind it."""
    link: str
    """As it is without the marks of YAML."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the site uses of a note's properties; everything else is left to Obsidian."""

    title: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tags_start: int = 0
    """Byte offset of the property's line."""
    classes: tuple[str, ...] = ()
    """What its author's own style sheets know the page by."""
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
    loaded, problems = _load(source, match)
    values = loaded.values
    may_be_withheld = bool(problems) and not is_withheld(values) and seems_withheld(match["yaml"])
    tags = tuple(_tags(_names(values, "tags", "tag")))
    counted = first_tags(tags)
    front_matter = FrontMatter(
        title=_text(values.get("title")),
        description=_text(values.get("description")),
        aliases=_names(values, "aliases", "alias"),
        tags=counted,
        tags_start=_line_of(match, "tags?") if counted else 0,
        classes=tuple(_classes(_names(values, "cssclasses", "cssclass"))),
        linked=tuple(_linked(loaded.node, match["yaml"], match.start("yaml"))),
        is_published=not (is_withheld(values) or may_be_withheld),
        has_scene="excalidraw-plugin" in values,
        body=match.end(),
    )
    problems += _withheld(source) if may_be_withheld else ()
    too_many = _too_many(source, match) if len(counted) < len(tags) else ()
    return front_matter, (*problems, *_wrong_types(source, match, values), *too_many)


def properties_node(source: Source) -> yaml.MappingNode | None:
    """The properties at the start of a file as YAML has them; None if there are none that can be read."""
    match = _BLOCK.match(source.text)
    loaded = load(match["yaml"]) if match else NOTHING
    return loaded.node if isinstance(loaded, Loaded) else None


def markdown_parts(text: str) -> tuple[str, str] | None:
    """Target and label of a text that is `[label](target)` as a whole."""
    if not text.endswith(")") or not (link := _LINK.fullmatch(text)):
        return None
    return link["place"] or link["target"], link["label"].strip()


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


def _classes(names: Iterable[str]) -> Iterator[str]:
    written = (name for each in names for name in each.split())
    return islice((name for name in written if _CLASS.fullmatch(name)), _MOST_CLASSES)


def _load(source: Source, block: re.Match[bytes]) -> tuple[Loaded, tuple[Problem, ...]]:
    text, start = block["yaml"], block.start("yaml")
    match load(text):
        case Unreadable(offset, why):
            return NOTHING, (_broken(source, start + offset, f"the front matter {why}"),)
        case loaded:
            twice = islice(repeated(loaded, text), _MOST_TOLD)
            return loaded, tuple(_twice(source, start + offset, name) for name, offset in twice)


def _linked(node: yaml.MappingNode | None, text: bytes, start: int) -> Iterator[LinkedProperty]:
    """Rule of Obsidian's help, "Properties": a link stands in quotes, and nothing stands beside it."""
    if node is None or not (b"[[" in text or b"](" in text):
        return
    characters, at, offset = text.decode(), 0, start
    for name, value in node.value:
        for item in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            is_quoted = isinstance(item, yaml.ScalarNode) and item.style in _QUOTES
            found = _LINK.fullmatch(item.value) if is_quoted else None
            if not found:
                continue
            offset += len(characters[at : item.start_mark.index].encode())
            at = item.start_mark.index
            end = offset + len(characters[at : item.end_mark.index].encode())
            if isinstance(name, yaml.ScalarNode) and name.value.casefold() not in _OF_THE_SITE:
                yield LinkedProperty(name.value, offset + 1, end - 1, found["link"])


def _twice(source: Source, offset: int, name: str) -> Problem:
    way_out = "Delete the one that is not meant."
    return _broken(source, offset, f"`{name}` stands twice in the front matter; the last one counts", way_out)


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
