"""Values of a base: what properties and formulas are, and how two compare. In: values. Out: texts, truths, orders.

Source of the rules: Obsidian's help, "Bases syntax" (types). Where a value is of no use for what is asked, the answer
is None, as for a property that a note does not have.
"""

import html
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import NoneType
from typing import Any, Final, TypeGuard

from notes.bases.dates import EPOCH, Date, Duration, about, between, read_date, read_duration
from notes.names import key, without_ending
from notes.order import SortKey, by_name

LONGEST: Final = 10_000
"""Characters of a text, and values in a list, beyond which a formula is not followed."""
_TELLING: Final = 200
"""Characters of a text by which it is sorted."""
_EPOCH: Final = Date(EPOCH, has_time=False)


class TooMuchError(Exception):
    """A base asks for more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link among the properties, or one that a formula makes."""

    target: str
    """As written, with its `#…`."""
    label: str
    """Empty if the target is shown."""
    path: str
    """The file that it leads to; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag."""

    name: str
    """Without `#`."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown as a picture."""

    of: "Value"


@dataclass(frozen=True, slots=True)
class Html:
    """What is shown as HTML, as far as that is harmless."""

    source: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression."""

    expression: re.Pattern[str]
    is_global: bool
    repeats: int
    """So many of its signs repeat …"""
    choices: int
    """… and at so many places two ways lead on."""

    def cost(self, text: str) -> int:
        """How many signs are compared at most, to find nothing in a text."""
        return int((len(text) + 1) ** (self.repeats + 1)) << self.choices


@dataclass(frozen=True, eq=False)
class File:
    """A file of the folder, as a base sees it; the same one is always the same object."""

    path: str
    properties: Mapping[str, "Value"] = field(default_factory=dict)
    """By the name in lower case; of notes alone."""
    tags: tuple[Tag, ...] = ()
    links: tuple[Link, ...] = ()
    """Those of embeds too."""
    embeds: tuple[Link, ...] = ()
    created: Date | None = None
    changed: Date | None = None
    size: int | None = None
    """In bytes."""

    @cached_property
    def name(self) -> str:
        """As Obsidian lists it: a note without its ending."""
        return without_ending(self.path.rpartition("/")[2])

    @cached_property
    def tag_keys(self) -> frozenset[str]:
        """Its tags, and those above them."""
        return frozenset(level for tag in self.tags for level in _levels(key(tag.name)))

    @cached_property
    def linked(self) -> frozenset[str]:
        """The paths that it links to, and the names of what is not there."""
        return frozenset(map(place, self.links))


Value = (
    None | bool | int | float | str | Date | Duration | Link | Tag | Picture | Html | Pattern | File
    | tuple["Value", ...] | Mapping[str, "Value"]
)  # fmt: skip


def _levels(name: str) -> Iterator[str]:
    return (name[:end] for end in (*(at for at, sign in enumerate(name) if sign == "/"), len(name)))


def is_number(value: Value) -> TypeGuard[float]:
    """Whether it is a number, which truths are to Python too."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def listed(values: Sequence[Value]) -> tuple[Value, ...]:
    """A list, if it does not hold too much. Raises TooMuchError."""
    if count(values) > LONGEST:
        raise TooMuchError
    return tuple(values)


def count(value: object) -> int:
    """How many values are in one, those in lists and maps too; above the limit, some of them."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, (tuple, list)) else ()
    found = 1 + len(inner)
    for part in inner:
        if found > LONGEST:
            break
        if not isinstance(part, (str, int, float)) and isinstance(part, (tuple, list, Mapping)):
            found += count(part) - 1
    return found


def joined(texts: Iterable[str], separator: str = "") -> str:
    """Texts one after the other, as far as a text may reach."""
    found: list[str] = []
    length = 0
    for text in texts:
        found.append(text)
        length += len(text)
        if length >= LONGEST:
            break
        length += len(separator)
    return separator.join(found)[:LONGEST]


_HTML_TAG: Final = re.compile(r"<[^<>]*>")


def text_of(value: Value) -> str:
    """The text that a value is in a formula."""
    return _TEXTS[type(value)](value) if type(value) in _TEXTS else joined(_texts_of_map(value), ", ")


def _texts_of_map(value: Value) -> Iterator[str]:
    for name, part in value.items() if isinstance(value, Mapping) else ():
        yield f"{name}: {text_of(part)}"


_TEXTS: Final[Mapping[type, Callable[[Any], str]]] = {
    NoneType: lambda _: "",
    bool: lambda value: str(value).lower(),
    int: str,
    float: lambda value: number_text(value),  # noqa: PLW0108 - it is written below
    str: lambda value: value,
    Date: Date.text,
    Duration: lambda value: about(value.total),
    Link: lambda value: value.label or value.target,
    Tag: lambda value: f"#{value.name}",
    Picture: lambda value: text_of(value.of),
    Html: lambda value: html.unescape(_HTML_TAG.sub("", value.source)),
    Pattern: lambda value: f"/{value.expression.pattern}/",
    File: lambda value: value.path,
    tuple: lambda value: joined(map(text_of, value), ", "),
}


def written(value: Value) -> str:
    """The text that `toString()` makes of a value: links in brackets, and the time of a day after a `T`."""
    match value:
        case Link(target, label):
            return f"[[{target}|{label}]]" if label else f"[[{target}]]"
        case Date():
            return value.text().replace(" ", "T")
        case tuple():
            return joined(map(written, value), ", ")
        case _:
            return text_of(value)


def number_text(number: float) -> str:
    """A number as JavaScript writes it."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)  # noqa: PLR2004


def finite(number: float) -> float | None:
    """A number that is one, and not beyond all others."""
    try:
        return number if math.isfinite(number) else None
    except OverflowError:  # a whole number of more than 308 digits
        return None


def number_of(value: Value) -> float | None:
    """The number that a value can be read as."""
    match value:
        case bool() | int() | float():
            return value + 0
        case Duration():
            return value.total
        case Date():
            return between(value, _EPOCH).total
        case str():
            try:
                return finite(float(value)) if value.strip() and "_" not in value else None
            except ValueError:
                return None
        case _:
            return None


def is_true(value: Value) -> bool:
    """Whether a condition holds."""
    match value:
        case None | False | "" | 0:
            return False
        case tuple():
            return len(value) > 0
        case _:
            return True


def is_empty(value: Value) -> bool:
    """Whether there is nothing in it."""
    match value:
        case None | "":
            return True
        case tuple() | Mapping():
            return not value
        case _:
            return False


_PLAIN: Final = frozenset({str, int, float, bool})


def equal(one: Value, other: Value) -> bool:
    """Whether two values are the same; one that is not there is as empty as an empty text."""
    if type(one) is type(other) and type(one) in _PLAIN:
        return one == other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    for first, second in ((one, other), (other, one)):
        types, is_same = _SAME.get(type(first), _NOTHING_ELSE)
        if type(second) in types:
            return is_same(first, second)
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _is_same_place(one: File | Link, other: File | Link | str) -> bool:
    return _is_named(one, other) if isinstance(other, str) else place(one) == place(other)


def _is_same_tag(one: Tag, other: Tag | str) -> bool:
    return key(one.name) == key(text_of(other).removeprefix("#"))


def _is_same_date(one: Date, other: Date | str) -> bool:
    date = read_date(other) if isinstance(other, str) else other
    return date is not None and one.at == date.at


def _is_same_number(one: Duration | float, other: Duration | float | str) -> bool:
    return number_of(one) == number_of(other)


_Same = tuple[frozenset[type], Callable[[Any, Any], bool]]
_NUMBERS: Final = frozenset({int, float, Duration, str})
_SAME: Final[Mapping[type, _Same]] = {
    NoneType: (frozenset({NoneType, str}), lambda _, other: not other),
    **dict.fromkeys((File, Link), (frozenset({File, Link, str}), _is_same_place)),
    Tag: (frozenset({Tag, str}), _is_same_tag),
    Date: (frozenset({Date, str}), _is_same_date),
    **dict.fromkeys((int, float, Duration), (_NUMBERS, _is_same_number)),
}
"""Which values may stand for one of a type, and when they do."""
_NOTHING_ELSE: Final[_Same] = (frozenset(), lambda *_: False)

_WIKI: Final = re.compile(r"\s*\[\[(?P<target>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]\s*")


def place(value: File | Link) -> str:
    """The file that is meant, by its path; what is not there, by its name."""
    return value.path or key(value.target if isinstance(value, Link) else "")


def _is_named(value: File | Link, text: str) -> bool:
    """Whether a text says which file is meant, as its author wrote it or by its path."""
    wiki = wiki_parts(text)
    names = (value.path, without_ending(value.path), value.target if isinstance(value, Link) else "")
    return key(wiki[0] if wiki else text) in {key(name) for name in names if name}


def wiki_parts(text: str) -> tuple[str, str] | None:
    """Target and label of a text that is `[[target|label]]` as a whole."""
    if not text.endswith("]]") or not (wiki := _WIKI.fullmatch(text)):
        return None
    return wiki["target"].strip(), text.strip()[2:-2].partition("|")[2].strip()


def is_less(one: Value, other: Value) -> bool | None:
    """Whether a value is less than another; None where they cannot be compared."""
    match one, other:
        case Date(), Date():
            return one.at < other.at
        case (Date(), str()) | (str(), Date()):
            first, second = (read_date(side) if isinstance(side, str) else side for side in (one, other))
            return first.at < second.at if first and second else None  # type: ignore[union-attr]
        case (Duration(), str()) | (str(), Duration()):
            one, other = (read_duration(side) if isinstance(side, str) else side for side in (one, other))
        case str(), str():
            return _in_order(one) < _in_order(other)
    first_number, second_number = number_of(one), number_of(other)
    if first_number is None or second_number is None:
        return None
    return first_number < second_number


OrderKey = tuple[int, float, tuple[SortKey, ...]]


def order_key(value: Value) -> OrderKey:
    """What to sort a value by, that is not empty: truths, numbers, dates, texts."""
    match value:
        case bool():
            return (0, float(value), ())
        case int() | float():
            return (1, value, ())
        case Duration():
            return (1, value.total, ())
        case Date():
            return (2, between(value, _EPOCH).total, ())
        case File():
            return (3, 0, _in_order(value.name))
        case _:
            return (3, 0, _in_order(text_of(value)))


def _in_order(text: str) -> tuple[SortKey, ...]:
    return by_name(text[:_TELLING])


Resolve = Callable[[str], str]
"""The path of the file that a target leads to, from the top of the folder; empty if there is none."""
