"""Formulas: a tree becomes what can be asked of each file. In: a tree. Out: a function from a scope to a value.

Source of the rules: Obsidian's help, "Bases syntax" and "Functions".
"""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple
from zlib import crc32

from notes.bases import functions, operators
from notes.bases.dates import Date, read_date, relative
from notes.bases.patterns import read_pattern
from notes.bases.syntax import (
    Binary,
    Call,
    Entries,
    Items,
    Literal,
    Member,
    Name,
    Node,
    Regex,
    SyntaxFault,
    Unary,
    read_expression,
)
from notes.bases.values import (
    File,
    Link,
    Pattern,
    Picture,
    Resolve,
    TooMuchError,
    Value,
    count,
    equal,
    is_less,
    is_true,
    listed,
    number_of,
    place,
    text_of,
    wiki_parts,
)
from notes.names import key

_DEEPEST: Final = 20
"""Formulas that ask for each other."""
_PER_STEP: Final = 50
"""So many signs are compared in the time that anything else takes."""
_VALUES_PER_STEP: Final = 8
"""So many values of a list."""
_STEPS_IN_ORDER: Final = 2
"""For each value that is put in order."""


@dataclass(frozen=True)
class World:
    """All that a base may ask of."""

    files: Mapping[str, File]
    """By path."""
    resolve: Resolve
    now: Date | None
    """When the notes were changed last, which no clock tells: the same notes make the same pages."""
    known: dict[object, Sequence[File]] = field(default_factory=dict)
    """Which files fit filters that were asked for before."""
    naming: dict[str, Mapping[str, Sequence[File]]] = field(default_factory=dict)
    """For each property that was asked for: the files that name another one by it, see `narrowing`."""

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[File, ...]]:
        """The files that link to each, by its path."""
        found: dict[str, list[File]] = {}
        for file in self.files.values():
            for path in file.linked:
                found.setdefault(path, []).append(file)
        return {path: tuple(files) for path, files in found.items()}


@dataclass(slots=True)
class Budget:
    """How many steps may still be taken for a page."""

    left: int

    def spend(self, steps: int) -> None:
        """Take some. Raises TooMuchError if there are none left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError


class Scope(NamedTuple):
    """What a formula is asked of."""

    world: World
    file: File
    this: File
    """Where the base is shown."""
    formulas: Mapping[str, "Formula"]
    budget: Budget
    variables: Mapping[str, Value] = {}
    """Of the formula within a `filter(…)` and its like."""
    depth: int = 0


Formula = Callable[[Scope], Value]


@lru_cache(maxsize=1 << 12)
def read_formula(text: str) -> Formula:
    """What a text asks; the same text is the same formula. Raises SyntaxFault."""
    return _compiled(read_expression(text))


def property_value(scope: Scope, name: str) -> Value:
    """A property by its whole name, such as `note.price`, `file.name` or `formula.total`."""
    kind, _, rest = name.partition(".")
    if kind == "file":
        return _file_field(scope, scope.file, rest)
    return _formula(scope, rest) if kind == "formula" else scope.file.properties.get(rest.casefold())


def _compiled(node: Node) -> Formula:
    return _COMPILED[type(node)](node)


def _items(node: Items) -> Formula:
    parts = [_compiled(item) for item in node.items]
    return lambda scope: _list(scope, parts)


def _entries(node: Entries) -> Formula:
    names = [name for name, _ in node.entries]
    parts = [_compiled(value) for _, value in node.entries]
    return lambda scope: dict(zip(names, _list(scope, parts), strict=True))


def _list(scope: Scope, parts: Sequence[Formula]) -> tuple[Value, ...]:
    scope.budget.spend(len(parts))
    return listed([part(scope) for part in parts])


def _unary(node: Unary) -> Formula:
    if node.sign == "-":
        return _two(operators.subtract, Literal(0.0), node.operand)
    inner = _compiled(node.operand)
    return lambda scope: not is_true(inner(scope))


def _regex(node: Regex) -> Formula:
    expression = read_pattern(node.pattern, node.flags)
    if expression is None:
        message = f"the pattern `/{node.pattern}/` is not tried: it may take for ever, or is of another kind"
        raise SyntaxFault(message, node.at)
    return lambda _: expression


_VARIABLES: Final = frozenset({"value", "index", "acc", "values"})
"""Names of properties too, where no list is gone through."""


def _name(node: Name) -> Formula:
    name = node.name
    match name:
        case "file":
            return lambda scope: scope.file
        case "this":
            return lambda scope: scope.this
        case "note":
            return lambda scope: scope.file.properties
    folded = name.casefold()
    if name in _VARIABLES:
        return lambda scope: scope.variables[name] if name in scope.variables else scope.file.properties.get(folded)
    return lambda scope: scope.file.properties.get(folded)


def _member(node: Member) -> Formula:
    of = _compiled(node.value)
    if not isinstance(node.name, Literal):
        name_of = _compiled(node.name)
        return lambda scope: _part(scope, of(scope), text_of(name_of(scope)))
    name = text_of(node.name.value)
    folded = name.casefold()
    match node.value:
        case Name("formula"):
            return lambda scope: _formula(scope, name)
        case Name("note"):
            return lambda scope: scope.file.properties.get(folded)
        case Name("this") if name != "file":
            return lambda scope: scope.this.properties if name == "note" else scope.this.properties.get(folded)
        case Name("file") if name in _FILE_FIELDS:
            field = _FILE_FIELDS[name]
            return lambda scope: field(scope, scope.file)
    return lambda scope: _part(scope, of(scope), name)


def _formula(scope: Scope, name: str) -> Value:
    formula = scope.formulas.get(name)
    if formula is None or scope.depth > _DEEPEST:
        return None
    scope.budget.spend(1)
    return formula(scope._replace(depth=scope.depth + 1, variables={}))


def _part(scope: Scope, value: Value, name: str) -> Value:
    scope.budget.spend(1)
    if isinstance(value, Link):
        value = scope.world.files.get(value.path)
    return _file_field(scope, value, name) if isinstance(value, File) else functions.field_of(value, name)


def _file_field(scope: Scope, file: File, name: str) -> Value:
    field = _FILE_FIELDS.get(name)
    return field(scope, file) if field else file.properties.get(name.casefold())


_FILE_FIELDS: Final[Mapping[str, Callable[[Scope, File], Value]]] = {
    "file": lambda _, file: file,
    "name": lambda _, file: file.name,
    "fullname": lambda _, file: file.path.rpartition("/")[2],
    "basename": lambda _, file: file.path.rpartition("/")[2].rpartition(".")[0],
    "path": lambda _, file: file.path,
    "folder": lambda _, file: file.path.rpartition("/")[0] or "/",
    "ext": lambda _, file: file.path.rpartition("/")[2].rpartition(".")[2],
    "size": lambda _, file: file.size,
    "ctime": lambda _, file: file.created,
    "mtime": lambda _, file: file.changed,
    "tags": lambda _, file: file.tags,
    "links": lambda _, file: file.links,
    "embeds": lambda _, file: file.embeds,
    "properties": lambda _, file: file.properties,
    "backlinks": lambda scope, file: tuple(
        Link(other.name, "", other.path) for other in scope.world.backlinks.get(file.path, ())
    ),
}


def _binary(node: Binary) -> Formula:
    if node.sign in {"&&", "||"}:
        first, second = _compiled(node.left), _compiled(node.right)
        stops_at = node.sign == "||"
        return lambda scope: value if is_true(value := first(scope)) is stops_at else second(scope)
    return _two(_OPERATORS[node.sign], node.left, node.right)


def _two(operator: Callable[[Value, Value], Value], left: Node, right: Node) -> Formula:
    first, second = _compiled(left), _compiled(right)

    def formula(scope: Scope) -> Value:
        one, other = first(scope), second(scope)
        scope.budget.spend(1 + _size(one) + _size(other))
        return operator(one, other)

    return formula


_OPERATORS: Final[Mapping[str, Callable[[Value, Value], Value]]] = {
    "==": equal,
    "!=": lambda one, other: not equal(one, other),
    "<": lambda one, other: is_less(one, other) is True,
    ">": lambda one, other: is_less(other, one) is True,
    "<=": lambda one, other: is_less(other, one) is False,
    ">=": lambda one, other: is_less(one, other) is False,
    "+": operators.add,
    "-": operators.subtract,
    "*": operators.multiply,
    "/": operators.divide,
    "%": operators.remainder,
}


def _call(node: Call) -> Formula:
    if node.value is not None:
        return _method(_compiled(node.value), node)
    name, parts = node.name, [_compiled(argument) for argument in node.arguments]
    if name == "if":
        condition, positive, negative = (*parts, _nothing, *_NOTHINGS)[:3]
        return lambda scope: positive(scope) if is_true(condition(scope)) else negative(scope)
    function = _GLOBAL.get(name)
    if function is None:
        message = f"there is no function `{name}`"
        raise SyntaxFault(message, node.at)

    def formula(scope: Scope) -> Value:
        values = [part(scope) for part in parts]
        scope.budget.spend(sum(map(_size, values)))
        return function(scope, *values, *_MISSING)

    return formula


def _nothing(_: Scope) -> Value:
    return None


_NOTHINGS: Final = (_nothing, _nothing)
_MISSING: Final = (None, None)
"""What a function of one or two arguments gets where they are left out."""


def _link(scope: Scope, target: Value, label: Value = None, *_: Value) -> Link | None:
    if isinstance(target, Link):
        return replace(target, label=text_of(label) or target.label)
    if isinstance(target, File):
        return Link(target.name, text_of(label), target.path)
    written, named = wiki_parts(text_of(target)) or (text_of(target), "")
    if not written:
        return None
    return Link(written, text_of(label) or named, scope.world.resolve(written))


def _file(scope: Scope, target: Value, *_: Value) -> Value:
    if isinstance(target, File):
        return target
    link = _link(scope, target)
    return scope.world.files.get(link.path) if link else None


def _date(_: Scope, value: Value, *__: Value) -> Value:
    return value if isinstance(value, Date) else read_date(text_of(value))


def _random(scope: Scope, *_: Value) -> float:
    """One number for each file: the same notes make the same pages."""
    return crc32(scope.file.path.encode()) / (1 << 32)


def _today(scope: Scope, *_: Value) -> Value:
    return scope.world.now and scope.world.now.day_alone()


_GLOBAL: Final[Mapping[str, Callable[..., Value]]] = {
    "date": _date,
    "duration": lambda _, value, *__: operators.duration_of(value) if isinstance(value, str) else value,
    "escapeHTML": lambda _, text, *__: html.escape(text_of(text)),
    "file": _file,
    "html": lambda _, text, *__: text_of(text),
    "icon": lambda *_: None,
    "image": lambda scope, value, *_: Picture(_file(scope, value) or value),
    "link": _link,
    "list": lambda _, value, *__: value if isinstance(value, tuple) else () if value is None else (value,),
    "max": lambda _, *values: functions.extreme(values, 1),
    "min": lambda _, *values: functions.extreme(values, -1),
    "now": lambda scope, *_: scope.world.now,
    "number": lambda _, value, *__: number_of(value),
    "random": _random,
    "today": _today,
}


def _method(of: Formula, node: Call) -> Formula:
    name, parts = node.name, [_compiled(argument) for argument in node.arguments]
    if each := _EACH.get(name):
        inner, start = (*parts, *_NOTHINGS)[:2]
        return lambda scope: each(scope, of(scope), inner, start)
    if name in _OF_ALL:
        return _of_all(_OF_ALL[name], of, parts)
    if function := _OF_FILES.get(name):
        return lambda scope: function(scope, of(scope), *(part(scope) for part in parts))
    if name not in functions.NAMES:
        message = f"there is no function `{name}`"
        raise SyntaxFault(message, node.at)
    first, second = (*parts, *_NOTHINGS)[:2]
    return lambda scope: _asked(scope, name, of(scope), first(scope), second(scope))


def _of_all(together: Callable[[Iterable[bool]], bool], of: Formula, parts: Sequence[Formula]) -> Formula:
    def formula(scope: Scope) -> Value:
        value = of(scope)
        asked = (item for part in parts for item in _items_of(part(scope)))
        return together(_asked(scope, "contains", value, item) is True for item in asked)

    return formula


def _items_of(value: Value) -> Sequence[Value]:
    return value if isinstance(value, tuple) else (value,)


def _asked(scope: Scope, name: str, value: Value, *arguments: Value) -> Value:
    """What a value answers, in the time that is left."""
    scope.budget.spend(1 + sum(map(_size, (value, *arguments))))
    for pattern in (value, *arguments):
        if isinstance(pattern, Pattern):
            texts = [text_of(other) for other in (value, *arguments) if other is not pattern]
            scope.budget.spend(sum(map(pattern.cost, texts)) // _PER_STEP)
            scope.budget.spend(sum(map(len, texts)) if pattern.is_global else 0)  # each sign may be replaced
    if name in functions.ORDERING:
        scope.budget.spend(count(value) * _STEPS_IN_ORDER)
    answer = functions.ask(value, name, *arguments)
    scope.budget.spend(_size(answer))
    return answer


def _size(value: Value) -> int:
    """How many steps it takes to look at a value."""
    if isinstance(value, tuple):
        return count(value) // _VALUES_PER_STEP
    return len(value) // _PER_STEP if isinstance(value, str) else 0


_OF_ALL: Final[Mapping[str, Callable[[Iterable[bool]], bool]]] = {"containsAll": all, "containsAny": any}


def _each(scope: Scope, values: Value, inner: Formula) -> Iterator[tuple[Value, Value]]:
    """Each of some values with what a formula makes of it."""
    for index, value in enumerate(values if isinstance(values, tuple) else ()):
        scope.budget.spend(1)
        yield value, inner(scope._replace(variables={**scope.variables, "value": value, "index": index}))


def _reduced(scope: Scope, values: Value, inner: Formula, start: Formula) -> Value:
    so_far = start(scope)
    for index, value in enumerate(values if isinstance(values, tuple) else ()):
        scope.budget.spend(1)
        so_far = inner(scope._replace(variables={**scope.variables, "value": value, "index": index, "acc": so_far}))
    return so_far


_EACH: Final[Mapping[str, Callable[[Scope, Value, Formula, Formula], Value]]] = {
    "filter": lambda scope, values, inner, _: tuple(
        value for value, kept in _each(scope, values, inner) if is_true(kept)
    ),
    "map": lambda scope, values, inner, _: listed([made for _, made in _each(scope, values, inner)]),
    "reduce": _reduced,
}


def _as_file(scope: Scope, value: Value) -> File | None:
    if isinstance(value, Link):
        return scope.world.files.get(value.path)
    return value if isinstance(value, File) else None


def _has_link(scope: Scope, value: Value, other: Value = None, *_: Value) -> Value:
    file = _as_file(scope, value)
    link = other if isinstance(other, File | Link) else _link(scope, other, None)
    return file is not None and link is not None and place(link) in file.linked


def _has_tag(scope: Scope, value: Value, *names: Value) -> Value:
    file = _as_file(scope, value)
    return file is not None and any(key(text_of(name).removeprefix("#")) in file.tag_keys for name in names)


def _in_folder(scope: Scope, value: Value, folder: Value = None, *_: Value) -> Value:
    file, name = _as_file(scope, value), text_of(folder).strip("/")
    return file is not None and (not name or file.path.startswith(f"{name}/"))


def _has_property(scope: Scope, value: Value, name: Value = None, *_: Value) -> Value:
    file = _as_file(scope, value)
    return file is not None and text_of(name).casefold() in file.properties


def _relative(scope: Scope, value: Value, *_: Value) -> Value:
    now = scope.world.now
    return relative(value, now) if isinstance(value, Date) and now else None


_OF_FILES: Final[Mapping[str, Callable[..., Value]]] = {
    "asFile": lambda scope, value, *_: _as_file(scope, value),
    "asLink": lambda scope, value, label=None, *_: _link(scope, value, label),
    "hasLink": _has_link,
    "hasProperty": _has_property,
    "hasTag": _has_tag,
    "inFolder": _in_folder,
    "linksTo": _has_link,
    "relative": _relative,
}
"""What needs to know the files, or the day."""

_COMPILED: Final[Mapping[type, Callable[[Any], Formula]]] = {
    Literal: lambda node: lambda _: node.value,
    Regex: _regex,
    Name: _name,
    Member: _member,
    Call: _call,
    Unary: _unary,
    Binary: _binary,
    Items: _items,
    Entries: _entries,
}
