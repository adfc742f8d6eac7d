"""Dates and durations of a base. In: texts. Out: values, and texts of them.

Source of the rules: Obsidian's help, "Bases syntax" (date arithmetic) and "Functions"; formats and the words for a time
ago are those of Moment.js, which Obsidian uses. A date has no time zone: it is the one that its author wrote.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta
from math import copysign
from typing import Final

EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - no date of a base has a zone
_DATE: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.(?P<rest>\d{1,6})\d*)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_DURATION: Final = re.compile(r"\s*(?P<number>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>[A-Za-z]+)\s*")
_LONGEST: Final = 100
"""Characters of a duration or a format."""
_DAY: Final = 86_400_000
_MONTH: Final = _DAY * 146_097 / 4800
"""Milliseconds in the mean month of the calendar."""
_UNITS: Final = {"y": "year", "M": "month", "w": "week", "d": "day", "h": "hour", "m": "minute", "s": "second"}
_MILLISECONDS: Final = {"week": 7 * _DAY, "day": _DAY, "hour": 3_600_000, "minute": 60_000, "second": 1000}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Date:
    """A day, or a moment."""

    at: datetime
    """Without a time zone."""
    has_time: bool

    def day_alone(self) -> "Date":
        """The day of a moment."""
        return Date(self.at.replace(hour=0, minute=0, second=0, microsecond=0), has_time=False)

    def text(self) -> str:
        """As an author writes it among the properties."""
        return self.at.strftime("%Y-%m-%d %H:%M:%S" if self.has_time else "%Y-%m-%d").rjust(10, "0")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: months are of different lengths."""

    months: float
    milliseconds: float

    @property
    def total(self) -> float:
        """In milliseconds."""
        return self.months * _MONTH + self.milliseconds

    def times(self, factor: float) -> "Duration":
        """A multiple of it."""
        return Duration(self.months * factor, self.milliseconds * factor)


DURATION_FIELDS: Final[Mapping[str, float]] = {
    "years": 12 * _MONTH,
    "months": _MONTH,
    **{f"{unit}s": length for unit, length in _MILLISECONDS.items()},
    "milliseconds": 1,
}
"""Each field of a duration, with its length in milliseconds."""


def read_date(text: str) -> Date | None:
    """The date that a text is as a whole."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    try:
        at = datetime.fromisoformat(f"{found['day']}T{found['time'] or '00:00'}")
    except ValueError:
        return None
    return Date(at.replace(microsecond=int((found["rest"] or "").ljust(6, "0"))), found["time"] is not None)


def read_duration(text: str) -> Duration | None:
    """The duration that a text is as a whole, such as `1 month` or `2h 30m`."""
    months = milliseconds = 0.0
    at = 0
    while at < len(text) <= _LONGEST:
        found = _DURATION.match(text, at)
        if not found:
            return None
        unit = _UNITS.get(found["unit"]) or found["unit"].lower().removesuffix("s")
        if unit not in _UNITS.values():
            return None
        number, at = float(found["number"]), found.end()
        months += number * {"year": 12, "month": 1}.get(unit, 0)
        milliseconds += number * _MILLISECONDS.get(unit, 0)
    return Duration(months, milliseconds) if at else None


def later(date: Date, duration: Duration, sign: int = 1) -> Date | None:
    """A date so much later, or earlier; None beyond the calendar."""
    months = date.at.year * 12 + date.at.month - 1 + sign * _rounded(duration.months)
    year, month = divmod(months, 12)
    try:
        day = min(date.at.day, monthrange(year, month + 1)[1])
        at = date.at.replace(year=year, month=month + 1, day=day)
        at += sign * timedelta(milliseconds=duration.milliseconds)
    except (ValueError, OverflowError):
        return None
    return Date(at, date.has_time or at.time() != date.at.time())


def between(one: Date, other: Date) -> Duration:
    """How much later the first is."""
    return Duration(0, (one.at - other.at) / timedelta(milliseconds=1))


_ABOUT: Final = (
    *((45_000, 0, "a few seconds"), (90_000, 0, "a minute"), (45 * 60_000, 60_000, "minutes")),
    *((90 * 60_000, 0, "an hour"), (22 * 3_600_000, 3_600_000, "hours"), (36 * 3_600_000, 0, "a day")),
    *((26 * _DAY, _DAY, "days"), (46 * _DAY, 0, "a month"), (320 * _DAY, _MONTH, "months")),
    (548 * _DAY, 0, "a year"),
)
"""Below which length which words; where a unit's length is given, the number of them stands before the word."""


def about(milliseconds: float) -> str:
    """A length of time in words."""
    length = abs(milliseconds)
    for limit, unit, words in _ABOUT:
        if length < limit:
            return f"{max(2, _rounded(length / unit))} {words}" if unit else words
    return f"{max(2, _rounded(length / (12 * _MONTH)))} years"


def _rounded(number: float) -> int:
    """As Moment.js rounds: a half goes away from zero."""
    return int(copysign(abs(number) + 0.5, number))


def relative(date: Date, now: Date) -> str:
    """A date in words, as seen from another."""
    length = between(date, now).total
    return f"in {about(length)}" if length > 0 else f"{about(length)} ago"


def formatted(date: Date, form: str) -> str:
    """A date by a format of Moment.js; what is no token stays as it is."""
    return _TOKEN.sub(lambda token: _token(date, token), form[:_LONGEST])


_TOKENS: Final[Mapping[str, Callable[[datetime], object]]] = {
    "YYYY": lambda at: f"{at.year:04}",
    "YY": lambda at: f"{at.year % 100:02}",
    "Y": lambda at: at.year,
    "yyyy": lambda at: f"{at.year:04}",
    **dict.fromkeys(("yyy", "yy", "y"), lambda at: at.year),
    "Qo": lambda at: _ordinal((at.month + 2) // 3),
    "Q": lambda at: (at.month + 2) // 3,
    "MMMM": lambda at: _MONTHS[at.month - 1],
    "MMM": lambda at: _MONTHS[at.month - 1][:_SHORT],
    "MM": lambda at: f"{at.month:02}",
    "Mo": lambda at: _ordinal(at.month),
    "M": lambda at: at.month,
    "DDDD": lambda at: f"{at.timetuple().tm_yday:03}",
    "DDDo": lambda at: _ordinal(at.timetuple().tm_yday),
    "DDD": lambda at: at.timetuple().tm_yday,
    "DD": lambda at: f"{at.day:02}",
    "Do": lambda at: _ordinal(at.day),
    "D": lambda at: at.day,
    "dddd": lambda at: _DAYS[at.isoweekday() % 7],
    "ddd": lambda at: _DAYS[at.isoweekday() % 7][:_SHORT],
    "dd": lambda at: _DAYS[at.isoweekday() % 7][:2],
    "do": lambda at: _ordinal(at.isoweekday() % 7),
    "d": lambda at: at.isoweekday() % 7,
    "e": lambda at: at.isoweekday() % 7,
    "E": lambda at: at.isoweekday(),
    "GGGG": lambda at: f"{at.isocalendar().year:04}",
    "GG": lambda at: f"{at.isocalendar().year % 100:02}",
    "WW": lambda at: f"{at.isocalendar().week:02}",
    "Wo": lambda at: _ordinal(at.isocalendar().week),
    "W": lambda at: at.isocalendar().week,
    "gggg": lambda at: f"{_american_week(at)[0]:04}",
    "gg": lambda at: f"{_american_week(at)[0] % 100:02}",
    "wo": lambda at: _ordinal(_american_week(at)[1]),
    "ww": lambda at: f"{_american_week(at)[1]:02}",
    "w": lambda at: _american_week(at)[1],
    "HH": lambda at: f"{at.hour:02}",
    "H": lambda at: at.hour,
    "hh": lambda at: f"{at.hour % 12 or 12:02}",
    "h": lambda at: at.hour % 12 or 12,
    "kk": lambda at: f"{at.hour or 24:02}",
    "k": lambda at: at.hour or 24,
    "mm": lambda at: f"{at.minute:02}",
    "m": lambda at: at.minute,
    "ss": lambda at: f"{at.second:02}",
    "s": lambda at: at.second,
    "SSS": lambda at: f"{at.microsecond // 1000:03}",
    "SS": lambda at: f"{at.microsecond // 10_000:02}",
    "S": lambda at: at.microsecond // 100_000,
    "X": lambda at: (at - EPOCH) // timedelta(seconds=1),
    "x": lambda at: (at - EPOCH) // timedelta(milliseconds=1),
    "A": lambda at: "AM" if at.hour < 12 else "PM",  # noqa: PLR2004 - noon
    "a": lambda at: "am" if at.hour < 12 else "pm",  # noqa: PLR2004 - noon
}
_LONG_FORMS: Final = {
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "LLL": "MMMM D, YYYY h:mm A",
    "LL": "MMMM D, YYYY",
    "LTS": "h:mm:ss A",
    "LT": "h:mm A",
    "L": "MM/DD/YYYY",
    "llll": "ddd, MMM D, YYYY h:mm A",
    "lll": "MMM D, YYYY h:mm A",
    "ll": "MMM D, YYYY",
    "l": "M/D/YYYY",
}
_TOKEN: Final = re.compile(rf"\[(?P<text>[^\]]*)\]|{'|'.join(sorted((*_TOKENS, *_LONG_FORMS), key=len, reverse=True))}")


def _token(date: Date, token: re.Match[str]) -> str:
    if token["text"] is not None:
        return token["text"]
    if form := _LONG_FORMS.get(token[0]):
        return formatted(date, form)
    return str(_TOKENS[token[0]](date.at))


def _american_week(at: datetime) -> tuple[int, int]:
    """Year and number of the week, which starts on Sunday; the first one holds the first of January."""
    saturday = at + timedelta(days=6 - at.isoweekday() % 7) if at.year < MAXYEAR else at
    return saturday.year, (saturday.timetuple().tm_yday - 1) // 7 + 1


def _ordinal(number: int) -> str:
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
