r"""In: the formulas of a page, in order. Out: each without `\newcommand` and its like, and with what they mean.

To Obsidian's MathJax a definition holds for all formulas after it, and may give another meaning to a name that has one.
math-core knows it within one formula only, takes no options, and makes a million signs of 643 characters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from maths.colours import numbered

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.|\Z)|#[1-9]|\s+|[^\\\s]", re.DOTALL)
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_NAME = re.compile(r"\\?((?<=\\).|[A-Za-z]+)", re.DOTALL)
_PARAMETER = re.compile(r"#[1-9]")
_COMMENT: Final = "%"
_NEW: Final = frozenset({r"\newcommand", r"\renewcommand", r"\providecommand"})
_BY_PATTERN: Final = frozenset({r"\def", r"\gdef"})
_LET: Final = r"\let"
_OPERATOR: Final = r"\DeclareMathOperator"
_COLOUR: Final = r"\definecolor"
_DELIMITER: Final = r"\DeclarePairedDelimiter"
_ENVIRONMENT: Final = frozenset({r"\newenvironment", r"\renewenvironment"})
_DEFINING: Final = _NEW | _BY_PATTERN | _ENVIRONMENT | {_LET, _OPERATOR, _COLOUR, _DELIMITER}
_COLOURED: Final = (r"\color", r"\textcolor")
_NAMED: Final = frozenset({r"\begin", r"\end", *_COLOURED})
"""With each name that they are given, they are another command."""
_SCRIPTS: Final = frozenset("^_")
_BRACES: Final = frozenset("{}")
_BEFORE_BRACKET: Final = frozenset({r"\left", r"\right", r"\middle"})
"""Behind these, a bracket has its partner behind another one of them; a brace is none, as in `{\\left}`."""

_ARGUMENTS: Final = "{x}" * 9
"""As many as a command may take."""
_MOST_OF_A_FORMULA: Final = 5_000
_MOST_OF_A_PAGE: Final = 200_000
"""So many tokens may come of definitions."""

_ITSELF: Final = "\0"
r"""Before a command that keeps the meaning that it had, as after `\let\before\phi`. No text of a page has this sign."""


class UnreadableError(ValueError):
    """A formula whose definitions have no end or no sense, or make more of it than anyone writes."""


class _EndlessError(UnreadableError):
    """One that makes more of it than anyone writes."""


class _Meaning(NamedTuple):
    """What a command stands for."""

    parameters: int
    option: Sequence[str] | None
    """What the first parameter is unless it is given in brackets; none if it is one like others."""
    body: Sequence[str]

    def length(self, arguments: Sequence[Sequence[str]]) -> int:
        """How many tokens `with_arguments` makes, known before it makes them."""
        return 1 + sum(len(arguments[int(token[1]) - 1]) if _PARAMETER.fullmatch(token) else 1 for token in self.body)

    def with_arguments(self, arguments: Sequence[Sequence[str]]) -> Iterator[str]:
        """What stands in the place of the command."""
        for token in self.body:
            if _PARAMETER.fullmatch(token):
                yield from arguments[int(token[1]) - 1]
            else:
                yield token


class Definitions:
    """What the formulas of a page define."""

    def __init__(self, meanings: Mapping[str, _Meaning] | None = None) -> None:
        self._meanings = dict(meanings or {})
        """Of commands, and of where environments begin and end."""
        self._names = {_command(name) for name in self._meanings}
        """The commands among them, or before the name of an environment."""
        self._room = _MOST_OF_A_PAGE

    @property
    def names(self) -> frozenset[str]:
        """The commands that are defined."""
        return frozenset(self._names)

    def copy(self) -> "Definitions":
        """The same, for formulas that define more."""
        return Definitions(self._meanings)

    def learn(self, text: str) -> Iterator[int]:
        """Read what a text defines that is no formula.

        Gives where, in characters, something cannot be read, or has no end: no page has to find that out again.
        """
        places: dict[str, int] = {}
        ahead = Ahead(text)
        starts = [*accumulate(map(len, reversed(ahead.tokens)), initial=0)]
        while ahead.tokens:
            start = starts[-1 - len(ahead.tokens)]
            token = ahead.take()
            if token == _COMMENT:
                ahead.skip_line()
            elif token in _DEFINING:
                try:
                    places |= dict.fromkeys(self._define(token, ahead), start)
                except UnreadableError:
                    yield start
        for name in self.copy().endless(places):  # what is tried may define something, too
            yield places[name]
            self._meanings.pop(name, None)
        self._names = {_command(name) for name in self._meanings}

    def endless(self, names: Iterable[str]) -> Iterator[str]:
        """Try each in turn, as long as there is room for it; what has no end is known no more."""
        for name in names:
            try:
                self._read(Ahead(name + _ARGUMENTS))
            except _EndlessError:
                if self._room < 0:
                    return
                yield name
                self._meanings.pop(name, None)
            except UnreadableError:
                pass  # it may be one that means something beside others only

    def expanded(self, latex: str) -> str:
        """Take the definitions out of a formula and write what their commands mean, or raise `UnreadableError`."""
        commands = COMMAND.findall(latex)
        if _DEFINING.isdisjoint(commands) and self._names.isdisjoint(commands):
            return latex
        return joined(self._read(Ahead(latex)))

    def _read(self, ahead: "Ahead") -> Sequence[str]:
        read: list[str] = []
        last = ""
        room = _MOST_OF_A_FORMULA
        while ahead.tokens:
            token = ahead.take()
            if token in _NAMED:
                token += ahead.name_in_braces()
            if token in _DEFINING:
                self._define(token, ahead)
            elif token in self._meanings:
                starred = f"{token}*"
                meaning = self._meanings[starred if starred in self._meanings and ahead.star() else token]
                arguments = ahead.arguments(meaning)
                length = meaning.length(arguments)
                room, self._room = room - length, self._room - length
                if min(room, self._room) < 0:
                    raise _EndlessError
                ahead.put(meaning.with_arguments(arguments), is_group=last in _SCRIPTS)
            else:
                read.append(token)
                last = last if token.isspace() else token
        return read

    def _define(self, command: str, ahead: "Ahead") -> Sequence[str]:
        """Take a definition; gives what has a meaning by it."""
        defined = dict(self._definitions(command, ahead))
        self._meanings |= defined
        self._names |= set(map(_command, defined))
        return tuple(defined)

    def _definitions(self, command: str, ahead: "Ahead") -> Iterator[tuple[str, _Meaning]]:
        if command in _ENVIRONMENT:
            name = f"{{{''.join(ahead.argument())}}}"
            yield rf"\begin{name}", ahead.parameterized()
            yield rf"\end{name}", _Meaning(0, None, ahead.argument())
        elif command == _COLOUR:
            name, model, values = ("".join(ahead.argument()) for _ in range(3))
            for coloured in _COLOURED:
                yield rf"{coloured}{{{name}}}", _Meaning(0, None, (f"{coloured}{{#{_number(model, values)}}}",))
        elif command == _DELIMITER:
            name, left, right = ahead.name(), ahead.argument(), ahead.argument()
            yield name, _Meaning(2, (), ("#1", *left, "#2", "#1", *right))
            yield f"{name}*", _Meaning(1, None, (r"\left", *left, "#1", r"\right", *right))
        else:
            yield self._definition(command, ahead)

    def _definition(self, command: str, ahead: "Ahead") -> tuple[str, _Meaning]:
        if command in _NEW:
            ahead.star()
            return ahead.name(), ahead.parameterized()
        if command in _BY_PATTERN:
            return ahead.command(), ahead.by_pattern()
        if command == _OPERATOR:
            star = ahead.star()
            return ahead.name(), _Meaning(0, None, (r"\operatorname", *star, "{", *ahead.argument(), "}"))
        name, same = ahead.command(), ahead.same()
        return name, self._meanings.get(same, _Meaning(0, None, (_ITSELF + same,)))


def _command(name: str) -> str:
    r"""`\begin` of `\begin{system}`."""
    return name.partition("{")[0]


def _number(model: str, values: str) -> str:
    """A colour, as the web has it."""
    number = numbered(model.strip(), values.strip())
    if not number:
        raise UnreadableError
    return number


class Ahead:
    """What is still to be read of a formula."""

    def __init__(self, latex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(latex)[::-1]
        """The next one is the last."""

    def take(self) -> str:
        """Read a token."""
        if not self.tokens:
            raise UnreadableError
        return self.tokens.pop()

    def put(self, tokens: Iterator[str], *, is_group: bool) -> None:
        r"""Let these tokens be read next; `x^\a` is all that `\a` means, raised."""
        inner = [*tokens]
        self.tokens += ["}", *reversed(inner), "{"] if is_group else reversed(inner)

    def put_text(self, latex: str) -> None:
        """Let this be read next."""
        self.tokens += reversed(_TOKEN.findall(latex))

    def _word(self) -> str:
        while (token := self.take()).isspace():
            pass
        return token

    def next_is(self, sign: str) -> bool:
        """Whether a sign is next; if so, it is read."""
        token = self._word() if self.tokens else ""
        if token and token != sign:
            self.tokens.append(token)
        return token == sign

    def skip_line(self) -> None:
        """Read on to the next line."""
        while self.tokens and "\n" not in self.tokens.pop():
            pass

    def star(self) -> Sequence[str]:
        """The star of a command, if it has one."""
        return ("*",) if self.next_is("*") else ()

    def argument(self) -> Sequence[str]:
        """A group without its braces, or one token."""
        first = self._word()
        if first == "}":
            raise UnreadableError
        return self.until("}") if first == "{" else (first,)

    def arguments(self, meaning: _Meaning) -> Sequence[Sequence[str]]:
        """What a command is given."""
        option: Sequence[Sequence[str]] = ()
        if meaning.option is not None:
            given = self.option()
            option = (meaning.option if given is None else given,)
        return (*option, *(self.argument() for _ in range(meaning.parameters - len(option))))

    def option(self) -> Sequence[str] | None:
        """What stands in square brackets, if they are next."""
        return self.until("]") if self.next_is("[") else None

    def group(self) -> Sequence[str] | None:
        """What stands in braces, if they are next."""
        return self.until("}") if self.next_is("{") else None

    def until(self, end: str, start: str = "") -> Sequence[str]:
        """What stands before a sign, and read that too; groups within are whole, and so is what `start` begins."""
        deeper = {"{": 1, "}": -1} | ({start: 1, end: -1} if start else {})
        read: list[str] = []
        depth = 0
        while True:
            token = self.take()
            if token in _BRACES or not read or read[-1] not in _BEFORE_BRACKET:
                if token == end and not depth:
                    return read
                depth += deeper.get(token, 0)
            read.append(token)

    def name(self) -> str:
        """The command that is defined, in braces or not; it may lack its backslash."""
        named = _NAME.fullmatch("".join(self.argument()).strip())
        if named is None:
            raise UnreadableError
        return f"\\{named[1]}"

    def command(self) -> str:
        """The command that is next."""
        if not (command := self._word()).startswith("\\"):
            raise UnreadableError
        return command

    def name_in_braces(self) -> str:
        """It, in its braces; empty if none is next."""
        name = self.group()
        return "" if name is None else f"{{{''.join(name)}}}"

    def parameterized(self) -> _Meaning:
        r"""`[2][an option]{what it means}`."""
        count = "".join(self.option() or "0").strip()
        option = self.option()
        if not re.fullmatch("[0-9]", count):
            raise UnreadableError
        return _checked(_Meaning(int(count), option, self.argument()))

    def by_pattern(self) -> _Meaning:
        """`#1#2{what it means}`; no other signs may stand between the parameters."""
        pattern = [token for token in self.until("{") if not token.isspace()]
        if pattern != [f"#{number}" for number in range(1, len(pattern) + 1)]:
            raise UnreadableError
        return _checked(_Meaning(len(pattern), None, self.until("}")))

    def same(self) -> str:
        r"""`=\other`."""
        self.next_is("=")
        return self._word()


def _checked(meaning: _Meaning) -> _Meaning:
    """A definition that takes no other parameters than its own."""
    if any(_PARAMETER.fullmatch(token) and int(token[1]) > meaning.parameters for token in meaning.body):
        raise UnreadableError
    return meaning


def joined(tokens: Sequence[str]) -> str:
    r"""LaTeX of tokens: what an argument begins with is no part of the command before it, as in `\alpha#1`."""
    parts: list[str] = []
    is_word = False
    for token in tokens:
        if is_word and token[0].isalpha():
            parts.append(" ")
        written = token.removeprefix(_ITSELF)
        parts.append(written)
        is_word = written[0] == "\\" and written[-1].isalpha()
    return "".join(parts)
