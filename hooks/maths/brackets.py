r"""In: LaTeX. Out: the same with brackets that math-core gets through, or nothing.

It looks for the partner of each bracket, and where there is none, reads all that follows again: each bracket without a
partner doubles the time, so that a formula of forty would take days. It looks no further than the group goes, though:
where there are many, each pair gets a group of its own.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

_MOST: Final = 12
"""So many times the time may double."""

_SIGN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[^\s\\]", re.DOTALL)
_MAY_OPEN: Final = re.compile(r"[(\[\\]|[^\x00-\x7f]")
"""What a bracket that opens has in it, and all else that may have one of its own."""
_WIDE_LEFT: Final = frozenset({r"\bigl", r"\Bigl", r"\biggl", r"\Biggl"})
_WIDE_RIGHT: Final = frozenset({r"\bigr", r"\Bigr", r"\biggr", r"\Biggr"})
_LEFT: Final = _WIDE_LEFT | {
    *("(", "[", r"\{", "\u231c", "\u231e", "\u23b0", r"\langle", r"\lang", r"\lAngle", r"\lbrace", r"\lBrace"),
    *(r"\lbrack", r"\lceil", r"\lfloor", r"\lgroup", r"\llangle", r"\llbracket", r"\llcorner", r"\llparenthesis"),
    *(r"\lmoustache", r"\lparen", r"\lvert", r"\lVert", r"\ulcorner"),
}
"""What opens, or makes a bracket of what follows."""
_RIGHT: Final = _WIDE_RIGHT | {
    *(")", "]", r"\}", r"\rangle", r"\rang", r"\rAngle", r"\rbrace", r"\rBrace", r"\rbrack", r"\rceil", r"\rfloor"),
    *(r"\rgroup", r"\rrangle", r"\rrbracket", r"\lrcorner", r"\rmoustache", r"\rparen", r"\rvert", r"\rVert"),
}
_TAKES_DELIMITER: Final = _WIDE_LEFT | _WIDE_RIGHT | {r"\left", r"\right", r"\middle"}
_TAKES_OPTION: Final = re.compile(r"\\(?:\\|sqrt|cfrac|smash|rule|(?:text)?color|colorbox|x[A-Za-z]+)")
_TAKES_ANY: Final = frozenset({"^", "_"})
_HOLDS_NEXT: Final = frozenset({r"\bra", r"\braket", r"\ket", r"\pmod", r"\pod"})
"""Has brackets of its own around what follows; a command there may take the closing one for its argument."""
_BEGINS: Final = frozenset({"{", r"\begin", r"\left"})
_ENDS: Final = frozenset({"}", r"\end", r"\right"})
_DIVIDES: Final = frozenset({"&", r"\\"})
"""Within each cell of an environment partners are looked for apart."""
_OF_WORDS: Final = re.compile(r"\\(?:text[a-z]*|[mh]box|tag|begin|end|operatorname|(?:eq)?ref|label)")
"""Takes words, whose brackets are none."""


def guarded(latex: str) -> str | None:
    """Give each pair of brackets a group if there are many; None if that cannot keep the time within its bounds."""
    if len(_MAY_OPEN.findall(latex)) <= _MOST:
        return latex  # as nearly always, so that it need not be read
    reading = _Reading(latex)
    reading.read()
    if reading.depth > _MOST:
        return None
    return reading.grouped() if reading.brackets > _MOST else latex


@dataclass(slots=True)
class _Level:
    """A group, or what a bracket has opened."""

    start: int = -1
    """Offset of the bracket, in characters; -1 of a group."""
    is_option: bool = False
    """It opens the option of a command."""
    alone: int = 0
    """Brackets that have no partner, in the last of its cells."""
    inner: int = 0
    """How deep the deepest of what that cell holds is."""
    before: int = 0
    """How deep the deepest cell before is."""

    @property
    def depth(self) -> int:
        """How many times reading it may take double the time."""
        return max(self.before, self.alone + self.inner)


@dataclass(slots=True)
class _Reading:
    latex: str
    brackets: int = 0
    _pairs: list[tuple[int, int]] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=lambda: [_Level()])
    """What is open."""
    _has_cells: list[bool] = field(default_factory=lambda: [False])
    """Of the groups that are open, whether they are environments."""

    @property
    def depth(self) -> int:
        """How many times the formula may take double the time."""
        return self._levels[0].depth

    def read(self) -> None:
        """Find the pairs."""
        before = ""
        words = 0
        signs = list(_SIGN.finditer(self.latex))
        for index, match in enumerate(signs):
            sign = match[0]
            if words or (sign == "{" and _OF_WORDS.fullmatch(before.rstrip("*"))):
                words += {"{": 1, "}": -1}.get(sign, 0)
            elif before in _TAKES_DELIMITER:
                pass
            elif sign in _RIGHT and before not in _TAKES_ANY:
                last = signs[min(index + (sign in _WIDE_RIGHT), len(signs) - 1)]
                self._close(last.end())
            else:
                self._take(sign, before, match.start())
            before = sign
        while len(self._levels) > 1:
            self._end_group()
        self._end_cell()

    def _take(self, sign: str, before: str, at: int) -> None:
        if before in _HOLDS_NEXT and (sign[0] == "\\" or sign in _TAKES_ANY):
            self._levels[-1].alone += 1
        if sign in _BEGINS:
            self._levels.append(_Level())
            self._has_cells.append(sign == r"\begin")
        elif sign in _ENDS:
            self._end_group()
        elif sign in _DIVIDES and self._has_cells[-1]:
            self._end_cell()
        elif _opens(sign):
            self._open(sign, before, at)

    def _open(self, sign: str, before: str, at: int) -> None:
        if before not in _TAKES_ANY:
            is_option = sign == "[" and _TAKES_OPTION.fullmatch(before) is not None
            self._levels.append(_Level(at, is_option))
            self.brackets += not is_option

    def _close(self, end: int) -> None:
        if self._levels[-1].start < 0:
            return
        bracket = self._levels.pop()
        if not bracket.is_option:
            self._pairs.append((bracket.start, end))
        self._levels[-1].inner = max(self._levels[-1].inner, bracket.depth + 1)

    def _end_cell(self) -> None:
        """Whatever is open has no partner."""
        while self._levels[-1].start >= 0:
            bracket = self._levels.pop()
            level = self._levels[-1]
            level.alone += bracket.alone + 1
            level.inner = max(level.inner, bracket.inner)
        level = self._levels[-1]
        level.before, level.alone, level.inner = level.depth, 0, 0

    def _end_group(self) -> None:
        self._end_cell()
        if len(self._levels) > 1:
            self._has_cells.pop()
            group = self._levels.pop()
            self._levels[-1].inner = max(self._levels[-1].inner, group.depth)

    def grouped(self) -> str:
        """The formula with a group around each pair."""
        starts, ends = {start for start, _ in self._pairs}, {end for _, end in self._pairs}
        parts: list[str] = []
        done = 0
        for at in sorted(starts | ends):
            parts += (self.latex[done:at], "}" * (at in ends), "{" * (at in starts))
            done = at
        return "".join((*parts, self.latex[done:]))


def _opens(sign: str) -> bool:
    return sign in _LEFT or (not sign.isascii() and unicodedata.category(sign[-1]) in ("Ps", "Pi"))
