"""Results: what a view shows. In: a view, all files, the file on which it stands. Out: groups of rows of values.

Source of the rules: Obsidian's help, "Views" and "Bases syntax" (summaries).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from notes.bases.definition import Base, Filter, Sort, Statement, View, asks_for_place
from notes.bases.formulas import property_value
from notes.bases.functions import ask, dates, extreme, field_of, spread
from notes.bases.narrowing import may_fit
from notes.bases.scope import Budget, Scope, World
from notes.bases.values import File, Html, Link, Value, is_empty, is_true, order_key, place, text_of
from notes.order import by_name

MOST_ROWS: Final = 1000
"""Of one view."""
_PER_VALUE: Final = 20
"""So many steps each value costs that is shown: some 100,000 on a page."""
_PER_STEP: Final = 2
"""So many characters are shown for one of the steps that a page may ask for."""


class Row(NamedTuple):
    """A file and its values, one a column."""

    file: File
    values: tuple[Value, ...]
    image: Value


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have the same value of a property."""

    value: Value
    rows: Sequence[Row]
    summaries: Mapping[int, tuple[str, Value]]
    """By the number of the column: the name of a summary, and what it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a view shows."""

    groups: Sequence[Group]
    left_out: int
    """So many files fit that are more than a page can show."""


def find(base: Base, view: View, world: World, this: File, budget: Budget) -> Result:
    """Ask all files. Raises TooMuchError."""

    def scope(file: File) -> Scope:
        return Scope(world, file, this, base.formulas, budget)

    found = _sorted(_fitting(base, view, world, this, scope), view.sorts, scope)
    if view.limit is not None:
        found = found[: view.limit]
    shown = found[:MOST_ROWS]
    groups = [_group(base, view, value, files, scope) for value, files in _grouped(shown, view, scope)]
    return Result(groups, len(found) - len(shown))


_Ask = Callable[[File], Scope]


def _fitting(base: Base, view: View, world: World, this: File, scope: _Ask) -> Sequence[File]:
    """The files for which all filters hold."""
    parts = [part for whole in view.filters for part in _needed(whole)]
    own = [part for part in parts if _asks_for_place(part, base)]
    for part in own:
        if isinstance(part, Statement) and (few := may_fit(part.text, this, world)) is not None:
            return _fitting_among(few, parts, scope)
    # What asks the same wherever it stands is asked once: a template puts it into many notes.
    shared = tuple(part for part in parts if part not in own)
    asked = (shared, base if any(map(_asks_formulas, shared)) else None)
    if asked not in world.known:
        world.known[asked] = _fitting_among(world.files.values(), shared, scope)
    return _fitting_among(world.known[asked], own, scope)


def _fitting_among(files: Iterable[File], parts: Sequence[Filter | Statement], scope: _Ask) -> Sequence[File]:
    return [file for file in files if _all_hold(parts, scope(file))] if parts else list(files)


def _asks_for_place(part: Filter | Statement, base: Base) -> bool:
    if isinstance(part, Filter):
        return any(_asks_for_place(inner, base) for inner in part.parts)
    return asks_for_place(part.text) or (base.knows_place and _asks_formulas(part))


def _asks_formulas(part: Filter | Statement) -> bool:
    if isinstance(part, Filter):
        return any(map(_asks_formulas, part.parts))
    return "formula" in part.text


def _needed(whole: Filter | Statement) -> Sequence[Filter | Statement]:
    """The parts that must all hold."""
    if isinstance(whole, Filter) and whole.junction == "and":
        return [part for inner in whole.parts for part in _needed(inner)]
    return [whole]


def _all_hold(parts: Iterable[Filter | Statement], scope: Scope) -> bool:
    return all(_holds(part, scope) for part in parts)


def _holds(filter_: Filter | Statement, scope: Scope) -> bool:
    if isinstance(filter_, Statement):
        scope.budget.spend(1)
        return is_true(filter_.holds(scope))
    parts = (_holds(part, scope) for part in filter_.parts)
    return all(parts) if filter_.junction == "and" else any(parts) is (filter_.junction == "or")


def _sorted(files: Iterable[File], sorts: Sequence[Sort], scope: _Ask) -> Sequence[File]:
    """By the first property, those of the same value by the next; what has none comes last, at any rate."""
    found = sorted(files, key=lambda file: by_name(file.path))
    for sort in reversed(sorts):
        values = {file: property_value(scope(file), sort.name) for file in found}
        known = [file for file in found if not is_empty(values[file])]
        known.sort(key=lambda file: order_key(values[file]), reverse=sort.is_down)
        found = [*known, *(file for file in found if is_empty(values[file]))]
    return found


def _grouped(files: Sequence[File], view: View, scope: _Ask) -> Iterable[tuple[Value, Sequence[File]]]:
    if view.group is None:
        return [(None, files)]
    values: dict[str, Value] = {}
    groups: dict[str, list[File]] = {}
    for file in files:
        value = property_value(scope(file), view.group.name)
        name = place(value) if isinstance(value, Link) else text_of(value)
        values.setdefault(name, value)
        groups.setdefault(name, []).append(file)
    known = [name for name in groups if name]
    known.sort(key=lambda name: order_key(values[name]), reverse=view.group.is_down)
    by_text = {text_of(value): name for name, value in values.items()}
    first = [by_text[text] for text in view.group_order if text in by_text]
    order = dict.fromkeys((*first, *known, *groups))
    return [(values[name], groups[name]) for name in order]


def _group(base: Base, view: View, value: Value, files: Sequence[File], scope: _Ask) -> Group:
    rows = [_row(view, file, scope(file)) for file in files]
    summaries = {
        at: (which, _summary(base, which, tuple(row.values[at] for row in rows), scope(rows[0].file)))
        for at, name in enumerate(view.columns)
        if rows and (which := view.summaries.get(name))
    }
    return Group(value, rows, summaries)


def _row(view: View, file: File, scope: Scope) -> Row:
    values = tuple(property_value(scope, name) for name in view.columns)
    scope.budget.spend(sum(map(_cost, values)))
    return Row(file, values, property_value(scope, view.image) if view.image else None)


def _cost(value: Value) -> int:
    """How many steps it takes to show a value."""
    if isinstance(value, tuple):
        return _PER_VALUE + sum(map(_cost, value))
    text = value.source if isinstance(value, Html) else value
    return _PER_VALUE + (len(text) // _PER_STEP if isinstance(text, str) else 0)


def _summary(base: Base, which: str, values: tuple[Value, ...], scope: Scope) -> Value:
    if formula := base.summaries.get(which):
        return formula(scope._replace(variables={"values": values}))
    known = SUMMARIES.get(which.lower())
    return known(values) if known else None


def _of_list(method: str) -> Callable[[tuple[Value, ...]], Value]:
    return lambda values: ask(values, method)


SUMMARIES: Final[Mapping[str, Callable[[tuple[Value, ...]], Value]]] = {
    # Obsidian's help: rounded, to another number of places than three.
    "average": lambda values: ask(ask(values, "mean"), "round", 2),
    **{name: _of_list(name) for name in ("min", "max", "sum", "median", "stddev")},
    "range": spread,
    "earliest": lambda values: extreme(dates(values), -1),
    "latest": lambda values: extreme(dates(values), 1),
    "checked": lambda values: sum(value is True for value in values),
    "unchecked": lambda values: sum(value is False for value in values),
    "empty": lambda values: sum(map(is_empty, values)),
    "filled": lambda values: sum(not is_empty(value) for value in values),
    "unique": lambda values: field_of(ask(tuple(value for value in values if not is_empty(value)), "unique"), "length"),
}
