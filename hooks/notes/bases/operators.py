"""Operators of formulas: `+`, `-`, `*`, `/`, `%`. In: two values. Out: a value; None where they are of no use for it.

Source of the rules: Obsidian's help, "Bases syntax" (operators, date arithmetic).
"""

import math
from collections.abc import Callable

from notes.bases.dates import Date, Duration, between, later, read_date, read_duration
from notes.bases.values import LONGEST, Value, finite, is_number, listed, number_of, text_of


def add(left: Value, right: Value) -> Value:
    """`left + right`: numbers, a date and a duration, lists, texts."""
    if is_number(left) and is_number(right):
        return finite(left + right)
    if isinstance(left, Date) and (duration := duration_of(right)):
        return later(left, duration)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return listed([*left, *right])
    if isinstance(left, Duration) and isinstance(right, (Duration, int, float)):
        other = duration_of(right) or Duration(0, 0)
        return _lasting(Duration(left.months + other.months, left.milliseconds + other.milliseconds))
    if (left is None and is_number(right)) or (right is None and is_number(left)):
        return None
    return (text_of(left) + text_of(right))[:LONGEST]


def subtract(left: Value, right: Value) -> Value:
    """`left - right`: numbers, a date and a duration, two dates."""
    if isinstance(left, Date):
        other = read_date(right) if isinstance(right, str) else right
        if isinstance(other, Date):
            return between(left, other)
        duration = duration_of(right)
        return later(left, duration, -1) if duration else None
    if isinstance(left, Duration) and (duration := duration_of(right)):
        return _lasting(Duration(left.months - duration.months, left.milliseconds - duration.milliseconds))
    return _of_two(left, right, lambda one, other: one - other)


def multiply(left: Value, right: Value) -> Value:
    """`left * right`."""
    if isinstance(left, Duration):
        factor = number_of(right)
        return None if factor is None else _lasting(left.times(factor))
    return _of_two(left, right, lambda one, other: one * other)


def divide(left: Value, right: Value) -> Value:
    """`left / right`; a duration by another one gives how often it holds that, by a number its milliseconds'."""
    if isinstance(left, Duration) and (duration := duration_of(right)):
        right = duration.total
    return _of_two(left, right, lambda one, other: one / other if other else math.inf)


def remainder(left: Value, right: Value) -> Value:
    """`left % right`."""
    return _of_two(left, right, lambda one, other: math.fmod(one, other) if other else math.inf)


def _of_two(left: Value, right: Value, calculate: Callable[[float, float], float]) -> Value:
    one, other = number_of(left), number_of(right)
    if one is None or other is None:
        return None
    try:
        return finite(calculate(one, other))
    except OverflowError:
        return None


def _lasting(duration: Duration) -> Duration | None:
    """A duration that ends."""
    return duration if finite(duration.total) is not None else None


def duration_of(value: Value) -> Duration | None:
    """The duration that a value can be read as; a number counts milliseconds."""
    match value:
        case Duration():
            return value
        case str():
            return read_duration(value)
        case int() | float():
            return Duration(0, value)
        case _:
            return None
