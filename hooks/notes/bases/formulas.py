"""Formulas: a tree becomes what can be asked of each file. In: a tree. Out: a function from a scope to a value.

Source of the rules: Obsidian's help, "Bases syntax" and "Functions".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from notes.bases import functions, operators
from notes.bases.files import FILE_FIELDS, GLOBAL, OF_FILES, as_file, file_field
from notes.bases.patterns import read_pattern
from notes.bases.scope import Formula, Scope
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
    Pattern,
    Value,
    count,
    equal,
    is_less,
    is_true,
    listed,
    text_of,
)

_DEEPEST: Final = 20
"""Formulas that ask for each other."""
_PER_STEP: Final = 50
"""So many signs are compared in the time that anything else takes."""
_VALUES_PER_STEP: Final = 8
"""So many values of a list."""
_STEPS_IN_ORDER: Final = 2
"""For each value that is put in order."""


@lru_cache(maxsize=1 << 12)
def read_formula(text: str) -> Formula:
    """What a text asks; the same text is the same formula. Raises SyntaxFault."""
    return _compiled(read_expression(text))


def property_value(scope: Scope, name: str) -> Value:
    """A property by its whole name, such as `note.price`, `file.name` or `formula.total`."""
    kind, _, rest = name.partition(".")
    if kind == "file":
        return file_field(scope, scope.file, rest)
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
        case Name("file") if name in FILE_FIELDS:
            field = FILE_FIELDS[name]
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
    file = as_file(scope, value)
    return file_field(scope, file, name) if file else functions.field_of(value, name)


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
    function = GLOBAL.get(name)
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


def _method(of: Formula, node: Call) -> Formula:
    name, parts = node.name, [_compiled(argument) for argument in node.arguments]
    if each := _EACH.get(name):
        inner, start = (*parts, *_NOTHINGS)[:2]
        return lambda scope: each(scope, of(scope), inner, start)
    if name in _OF_ALL:
        return _of_all(_OF_ALL[name], of, parts)
    if function := OF_FILES.get(name):
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
