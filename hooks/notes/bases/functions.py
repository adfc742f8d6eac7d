"""Functions of formulas: those that need no more than their values. In: a value, and arguments. Out: a value.

Source of the rules: Obsidian's help, "Functions". An argument of a wrong type gives None.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import islice
from operator import attrgetter
from statistics import fmean, median, pstdev
from types import NoneType
from typing import Final, NamedTuple

from notes.bases.dates import DURATION_FIELDS, Date, Duration, between, formatted
from notes.bases.values import (
    LONGEST,
    File,
    Html,
    Link,
    Pattern,
    Picture,
    Tag,
    Value,
    equal,
    finite,
    is_empty,
    is_number,
    is_true,
    joined,
    listed,
    number_of,
    number_text,
    order_key,
    place,
    text_of,
    written,
)

Method = Callable[..., Value]
"""Of a value and two arguments, of which a missing one is None."""
_MISSING: Final = (None, None)
_MOST_DIGITS: Final = 20
_LARGEST: Final = 1e21
"""Number that JavaScript writes with all its digits, exclusive."""
_MARK: Final = re.compile(r"\$(?:(?P<sign>[$&])|(?P<number>[1-9])|<(?P<name>\w+)>)")
"""Of what was found, in a replacement."""
_MOST_MARKS: Final = 20
"""All others stay as they are written."""


def _whole(value: Value, otherwise: int) -> int:
    number = number_of(value)
    return otherwise if number is None else int(number)


def _contains_item(items: Sequence[Value], item: Value, *_: Value) -> bool:
    if isinstance(item, Link | File):
        meant = place(item)
        return any(place(one) == meant if isinstance(one, Link | File) else equal(one, item) for one in items)
    return any(equal(one, item) for one in items)


def _replace(text: str, pattern: Value, by: Value) -> Value:
    if isinstance(pattern, Pattern):
        return joined(_with_replaced(text, pattern, text_of(by)))
    old, new = text_of(pattern), text_of(by)
    most = LONGEST // max(len(new), 1) + 1  # all others would stand beyond the longest text
    return text.replace(old, new, most)[:LONGEST] if old else text


def _with_replaced(text: str, pattern: Pattern, by: str) -> Iterator[str]:
    """The pieces of a text, with others in the place of what a pattern finds in it."""
    end = 0
    for found in pattern.expression.finditer(text):
        yield text[end : found.start()]
        yield joined(_filled_in(by, found))
        end = found.end()
        if not pattern.is_global:
            break
    yield text[end:]


def _filled_in(by: str, found: re.Match[str]) -> Iterator[str]:
    """The pieces of a replacement: `$1` is what the first group found, `$&` all that was found, `$$` a `$`."""
    end = 0
    for mark in islice(_MARK.finditer(by), _MOST_MARKS):
        yield by[end : mark.start()]
        yield _filled(mark, found)
        end = mark.end()
    yield by[end:]


def _filled(mark: re.Match[str], found: re.Match[str]) -> str:
    if mark["sign"]:
        return "$" if mark["sign"] == "$" else found[0]
    group = mark["name"] or int(mark["number"])
    is_group = group in found.re.groupindex or (isinstance(group, int) and group <= found.re.groups)
    return found[group] or "" if is_group else mark[0]


def _split(text: str, separator: Value, most: Value) -> Value:
    if isinstance(separator, Pattern):
        parts = [part or "" for part in separator.expression.split(text)]
    else:
        parts = text.split(text_of(separator)) if text_of(separator) else list(text)
    return listed(parts[: _whole(most, len(parts))])


def _slice(value: str | tuple[Value, ...], start: Value, end: Value) -> Value:
    return value[_whole(start, 0) : _whole(end, len(value))]


def _title(text: str, *_: Value) -> str:
    return re.sub(r"\S+", lambda word: word[0][:1].upper() + word[0][1:].lower(), text)


def _round(number: float, digits: Value, _: Value) -> Value:
    """JavaScript's: a half goes up."""
    factor = 10.0 ** min(max(_whole(digits, 0), -_MOST_DIGITS), _MOST_DIGITS)
    return finite(math.floor(number * factor + 0.5) / factor) if math.isfinite(number * factor) else number


def _to_fixed(number: float, digits: Value, _: Value) -> Value:
    """JavaScript's: a half goes away from zero."""
    most = min(max(_whole(digits, 0), 0), _MOST_DIGITS)
    if abs(number) >= _LARGEST:
        return number_text(number)
    with localcontext(prec=2 * _MOST_DIGITS + 2):
        return f"{Decimal(number + 0).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):f}"


def _flat(items: Sequence[Value], *_: Value) -> Value:
    return listed([part for item in items for part in (item if isinstance(item, tuple) else (item,))])


def _unique(items: Sequence[Value], *_: Value) -> Value:
    """Those of one type and text are one, as in Obsidian links to one file with other labels are two."""
    found: dict[tuple[str, str], Value] = {}
    for item in items:
        found.setdefault((kind_of(item), written(item)), item)
    return tuple(found.values())


def _sorted(items: Sequence[Value], *_: Value) -> Value:
    return tuple(sorted(items, key=lambda item: (is_empty(item), (9, 0, ()) if is_empty(item) else order_key(item))))


def _numbers(items: Sequence[Value]) -> list[float]:
    return [number for item in items if is_number(item) and (number := number_of(item)) is not None]


def _of_numbers(calculate: Callable[[list[float]], float]) -> Method:
    def method(items: Sequence[Value], *_: Value) -> Value:
        numbers = _numbers(items)
        try:
            return finite(calculate(numbers)) if numbers else None
        except OverflowError:
            return None

    return method


def extreme(items: Sequence[Value], sign: int) -> Value:
    """The least (-1) or the greatest (1) of the numbers; if there are none, of the dates, or else of all."""
    known = [item for item in items if not is_empty(item)]
    same = [item for item in known if is_number(item)] or dates(known) or known
    return (max if sign > 0 else min)(same, key=order_key, default=None)


def dates(items: Sequence[Value]) -> Sequence[Date]:
    """Those of some values that are dates."""
    return [item for item in items if isinstance(item, Date)]


def spread(items: Sequence[Value]) -> Value:
    """How far the greatest is from the least."""
    least, greatest = extreme(items, -1), extreme(items, 1)
    if isinstance(least, Date) and isinstance(greatest, Date):
        return between(greatest, least)
    first, last = number_of(least), number_of(greatest)
    return None if first is None or last is None else finite(last - first)


ANY: Final[Mapping[str, Method]] = {
    "isTruthy": lambda value, *_: is_true(value),
    "isType": lambda value, name, _: kind_of(value) == text_of(name).lower(),
    "isEmpty": lambda value, *_: is_empty(value),
    "toString": lambda value, *_: written(value),
}
TEXT: Final[Mapping[str, Method]] = {
    "contains": lambda text, part, _: text_of(part) in text,
    "endsWith": lambda text, end, _: text.endswith(text_of(end)),
    "startsWith": lambda text, start, _: text.startswith(text_of(start)),
    "lower": lambda text, *_: text.lower(),
    "upper": lambda text, *_: text.upper(),
    "title": _title,
    "trim": lambda text, *_: text.strip(),
    "reverse": lambda text, *_: text[::-1],
    "repeat": lambda text, count, _: text * min(max(_whole(count, 0), 0), LONGEST // max(len(text), 1)),
    "replace": _replace,
    "slice": _slice,
    "split": _split,
}
NUMBER: Final[Mapping[str, Method]] = {
    "abs": lambda number, *_: abs(number),
    "ceil": lambda number, *_: math.ceil(number),
    "floor": lambda number, *_: math.floor(number),
    "round": _round,
    "toFixed": _to_fixed,
}
LIST: Final[Mapping[str, Method]] = {
    "contains": _contains_item,
    "flat": _flat,
    "join": lambda items, separator, _: joined(map(text_of, items), "," if separator is None else text_of(separator)),
    "reverse": lambda items, *_: items[::-1],
    "slice": _slice,
    "sort": _sorted,
    "unique": _unique,
    "sum": lambda items, *_: finite(sum(_numbers(items))),
    "mean": _of_numbers(fmean),
    "median": _of_numbers(median),
    "stddev": _of_numbers(pstdev),
    "min": lambda items, *_: extreme(items, -1),
    "max": lambda items, *_: extreme(items, 1),
}
DATE: Final[Mapping[str, Method]] = {
    "date": lambda date, *_: date.day_alone(),
    "format": lambda date, form, _: formatted(date, text_of(form)),
    "time": lambda date, *_: f"{date.at:%H:%M:%S}",
}
OBJECT: Final[Mapping[str, Method]] = {
    "keys": lambda value, *_: listed(list(value)),
    "values": lambda value, *_: listed(list(value.values())),
}
PATTERN: Final[Mapping[str, Method]] = {
    "matches": lambda pattern, text, _: pattern.expression.search(text_of(text)) is not None,
}
ORDERING: Final = frozenset({"sort", "min", "max"})
"""Those that compare all values of a list with each other."""
NAMES: Final = frozenset[str]().union(ANY, TEXT, NUMBER, LIST, DATE, OBJECT, PATTERN)
"""Of all these functions."""
DATE_FIELDS: Final[Mapping[str, Callable[[datetime], int]]] = {
    **{name: attrgetter(name) for name in ("year", "month", "day", "hour", "minute", "second")},
    "millisecond": lambda at: at.microsecond // 1000,
}


class _Kind(NamedTuple):
    """A type of values."""

    name: str
    """What a formula calls it."""
    methods: Mapping[str, Method]


_KINDS: Final[Mapping[type, _Kind]] = {
    NoneType: _Kind("null", {}),
    bool: _Kind("boolean", {}),
    int: _Kind("number", NUMBER),
    float: _Kind("number", NUMBER),
    str: _Kind("string", TEXT),
    Tag: _Kind("string", {}),
    Date: _Kind("date", DATE),
    Duration: _Kind("duration", {}),
    Link: _Kind("link", {}),
    File: _Kind("file", {}),
    Picture: _Kind("image", {}),
    Html: _Kind("html", {}),
    Pattern: _Kind("regexp", PATTERN),
    tuple: _Kind("list", LIST),
}
_OBJECT: Final = _Kind("object", OBJECT)


def kind_of(value: Value) -> str:
    """What a formula calls a value's type."""
    return _KINDS.get(type(value), _OBJECT).name


def ask(value: Value, name: str, *arguments: Value) -> Value:
    """What a value answers to a function of its type; what has none of this name answers what its text does."""
    method = _KINDS.get(type(value), _OBJECT).methods.get(name) or ANY.get(name)
    if method is None and name in TEXT and value is not None and not isinstance(value, tuple):
        method, value = TEXT[name], value.target if isinstance(value, Link) else text_of(value)
    if method is not None:
        return method(value, *arguments, *_MISSING[len(arguments) :])
    return False if name == "contains" else None


def field_of(value: Value, name: str) -> Value:
    """A part of a value by its name."""
    match value:
        case Date() if name in DATE_FIELDS:
            return DATE_FIELDS[name](value.at)
        case Duration() if name in DURATION_FIELDS:
            return value.total / DURATION_FIELDS[name]
        case Mapping():
            return value[name] if name in value else value.get(name.casefold())  # as a note's properties are called
        case tuple() | str():
            return _item(value, name)
        case _:
            return None


_INDEX: Final = re.compile(r"-?[0-9]{1,9}")


def _item(items: tuple[Value, ...] | str, name: str) -> Value:
    """How many there are, or one of them; those below zero count from the end."""
    if name == "length":
        return len(items)
    at = int(name) if _INDEX.fullmatch(name) else len(items)
    return items[at] if -len(items) <= at < len(items) else None
