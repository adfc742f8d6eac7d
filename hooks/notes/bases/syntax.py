"""Syntax: formulas and filters as trees. In: a text. Out: a tree, or where it cannot be read.

Source of the rules: Obsidian's help, "Bases syntax" and "Functions": operators, literals and calls of JavaScript.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from notes.bases.values import finite

LONGEST: Final = 10_000
"""Characters of a formula."""
_DEEPEST: Final = 40
"""Brackets and signs inside of each other."""
_MOST_IN_A_ROW: Final = 200


class SyntaxFault(Exception):  # noqa: N818 - told to the author, whose text it is
    """A formula that cannot be read."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at
        """The character of the formula, from 0."""


class Literal(NamedTuple):
    """A text, a number, `true`, `false` or `null`."""

    value: str | float | bool | None


class Regex(NamedTuple):
    """`/pattern/flags`."""

    pattern: str
    flags: str
    at: int


class Name(NamedTuple):
    """A property, or a word with a meaning such as `file`."""

    name: str
    at: int


class Member(NamedTuple):
    """`value.name`, or `value["name"]`."""

    value: "Node"
    name: "Node"
    at: int


class Call(NamedTuple):
    """`name(…)`, or `value.name(…)`."""

    value: "Node | None"
    """None for a function of no value."""
    name: str
    arguments: tuple["Node", ...]
    at: int


class Unary(NamedTuple):
    """`!x` or `-x`."""

    sign: str
    operand: "Node"


class Binary(NamedTuple):
    """Two operands and what stands between."""

    sign: str
    left: "Node"
    right: "Node"


class Items(NamedTuple):
    """`[a, b]`."""

    items: tuple["Node", ...]


class Entries(NamedTuple):
    """`{"a": b}`."""

    entries: tuple[tuple[str, "Node"], ...]


Node = Literal | Regex | Name | Member | Call | Unary | Binary | Items | Entries

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<name>[^\W\d][\w$]*)"
    r"|(?P<sign>&&|\|\||[=!]==?|[<>]=?|[-+*/%!().,\[\]{}:])"
    r"|(?P<end>\Z))",
    re.DOTALL,
)
_REGEX: Final = re.compile(r"\s*/(?P<pattern>(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/(?P<flags>[a-z]*)")
_ESCAPE: Final = re.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<sign>.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r"}
_WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}
_STRENGTH: Final = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "===", "!=="), 3),
    **dict.fromkeys(("<", ">", "<=", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
}
"""How closely a sign binds what stands beside it."""


def read_expression(text: str) -> Node:
    """The tree of a formula. Raises SyntaxFault."""
    if len(text) > LONGEST:
        message = f"it is longer than {LONGEST:,} characters"
        raise SyntaxFault(message, 0)
    reader = _Reader(text)
    node = reader.expression()
    if reader.kind != "end":
        raise reader.fault()
    if _is_endless(node):
        message = f"more than {_MOST_IN_A_ROW} signs or functions follow each other"
        raise SyntaxFault(message, 0)
    return node


def _is_endless(node: Node) -> bool:
    """Whether a tree is higher than can be climbed: `1 + 1 + 1` is one of two steps."""
    level: list[tuple[object, ...]] = [node]
    for _ in range(_MOST_IN_A_ROW):
        level = [part for parts in level for part in parts if isinstance(part, tuple)]
    return bool(level)


class _Reader:
    """Reads one formula from the left to the right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0
        self._depth = 0
        self._next()

    def expression(self, strength: int = 0) -> Node:
        """What binds more closely than a sign of some strength."""
        self._depth += 1
        if self._depth > _DEEPEST:
            message = f"it is nested more than {_DEEPEST} deep"
            raise SyntaxFault(message, self._at)
        left = self._operand()
        while self.kind == "sign" and _STRENGTH.get(self._token, 0) > strength:
            sign = self._take()
            left = Binary(sign[:2], left, self.expression(_STRENGTH[sign]))
        self._depth -= 1
        return left

    def fault(self) -> SyntaxFault:
        """What stands here was not expected."""
        what = f"`{self._token}` is not expected" if self._token else "something is missing at its end"
        return SyntaxFault(what, self._at)

    def _next(self) -> None:
        found = _TOKEN.match(self._text, self._end)
        if not found:
            at = self._end + len(self._text[self._end :]) - len(self._text[self._end :].lstrip())
            message = f"`{self._text[at]}` is not expected"
            raise SyntaxFault(message, at)
        self.kind = found.lastgroup or ""
        self._token, self._at, self._start = found[self.kind], found.start(self.kind), self._end
        self._end = found.end()

    def _take(self) -> str:
        token = self._token
        self._next()
        return token

    def _must(self, sign: str) -> None:
        if not self._is(sign):
            raise self.fault()
        self._next()

    def _is(self, sign: str) -> bool:
        return self.kind == "sign" and self._token == sign

    def _operand(self) -> Node:
        if self._is("!") or self._is("-"):
            sign = self._take()
            operand = self.expression(max(_STRENGTH.values()))
            return Unary(sign, operand)
        node = self._primary()
        while self._is(".") or self._is("["):
            node = self._after(node)
        return node

    def _after(self, value: Node) -> Node:
        """What follows a value: a member, a call or an index."""
        if self._take() == "[":
            at, inner = self._at, self.expression()
            self._must("]")
            return Member(value, inner, at)
        if self.kind != "name":
            raise self.fault()
        at, name = self._at, self._take()
        return Call(value, name, self._arguments(), at) if self._is("(") else Member(value, Literal(name), at)

    def _arguments(self) -> tuple[Node, ...]:
        self._must("(")
        return self._until(")")

    def _until(self, closing: str) -> tuple[Node, ...]:
        """Expressions with commas between them, to a bracket."""
        found: list[Node] = []
        while not self._is(closing):
            found.append(self.expression())
            if not self._is(closing):
                self._must(",")
        self._next()
        return tuple(found)

    def _primary(self) -> Node:
        at = self._at
        match self.kind:
            case "number":
                return Literal(finite(float(self._take())))
            case "text":
                return Literal(_unescaped(self._take()[1:-1]))
            case "name":
                name = self._take()
                if self._is("("):
                    return Call(None, name, self._arguments(), at)
                return Literal(_WORDS[name]) if name in _WORDS else Name(name, at)
        return self._bracketed()

    def _bracketed(self) -> Node:
        if self._is("/"):
            return self._regex()
        match self._token:
            case "(":
                self._next()
                inner = self.expression()
                self._must(")")
                return inner
            case "[":
                self._next()
                return Items(self._until("]"))
            case "{":
                self._next()
                return Entries(self._entries())
        raise self.fault()

    def _entries(self) -> tuple[tuple[str, Node], ...]:
        found: list[tuple[str, Node]] = []
        while not self._is("}"):
            if self.kind not in {"name", "text"}:
                raise self.fault()
            is_text, token = self.kind == "text", self._take()
            self._must(":")
            found.append((_unescaped(token[1:-1]) if is_text else token, self.expression()))
            if not self._is("}"):
                self._must(",")
        self._next()
        return tuple(found)

    def _regex(self) -> Node:
        found = _REGEX.match(self._text, self._start)
        if not found:
            raise self.fault()
        at, self._end = self._at, found.end()
        self._next()
        return Regex(found["pattern"], found["flags"], at)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_unescaped_sign, text) if "\\" in text else text


def _unescaped_sign(found: re.Match[str]) -> str:
    if found["code"]:
        sign = chr(int(found["code"], 16))
        return "\ufffd" if "\ud800" <= sign <= "\udfff" else sign
    return _ESCAPED.get(found["sign"], found["sign"])
