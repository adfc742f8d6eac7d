r"""In: LaTeX that MathJax reads. Out: what says the same to math-core, which reads less of it.

Sources: MathJax's list of supported commands, which Obsidian's formulas may use; math-core's error messages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from maths.chemistry import with_formulas
from maths.colours import with_numbers
from maths.diagrams import with_diagrams
from maths.environments import with_environments
from maths.hrefs import without_addresses
from maths.pieces import GROUP
from maths.proofs import with_proofs
from maths.signs import with_signs
from maths.units import with_quantities

_Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*rules: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), becomes) for pattern, becomes in rules)


_DIMENSION: Final = r"-?(?:\d++(?:\.\d*+)?|\.\d++)\s*(?:em|ex|pt|px|pc|cm|mm|in|mu)"
_ARGUMENT: Final = rf"(?:{GROUP}|\\[A-Za-z]+|[^\s{{}}\\])"
_OPERATOR: Final = rf"(?=\{{[^{{}}]*(?:[_^]|\\(?!text)[A-Za-z])){GROUP}"
"""With more in its name than words."""
_BASE: Final = rf"(\\mathop\s*{GROUP})\s*\\limits\s*"
_BELOW: Final = rf"_\s*({_ARGUMENT})\s*"
_ABOVE: Final = rf"\^\s*({_ARGUMENT})\s*"

_OPTIONS: Final = _rules(
    (r"(\\begin\{(?:aligned|alignedat|array|gathered)\})\s*\[[tbc]\]", r"\1"),
    (rf"(?<!\\)((?:\\\\)+)\[\s*{_DIMENSION}\s*\]", r"\1"),
    (r"(?<!\\)((?:\\\\)*)\\\\(?:\s|%.*+\n)*+(?=\\end\{)", r"\1"),
    (r"\\cr(?![A-Za-z])\s*(?=\}|\\end\{)", " "),
)
"""What math-core shows as if it were a part of the formula: how a table stands, how far apart its rows are, that the
last one ends.
"""

_TEXT_OF_WORDS: Final = re.compile(r"\\(?:text[a-z]*|[mh]box)\s*\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*+\})*+\}", re.DOTALL)
_SIGN_BEFORE_BLANK: Final = re.compile(r"(?<!\\)(?:\\\\)*+\\[%#&_${}](?=\s)")
"""Behind which math-core leaves out the blank."""

_SPELLINGS: Final = _rules(
    (r"\\(?:tiny|Tiny|scriptsize|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])", " "),
    (rf"\\(?:label|require)\s*{GROUP}", " "),
    (rf"\\(?:class|cssId|style)\s*{GROUP}", " "),
    (r"\\smash\s*\[[bt]*\]", r"\\smash"),
    (rf"\\root\b((?:[^{{}}\\]|\\(?!of\b)[A-Za-z]++|{GROUP})*+)\\of\b\s*({_ARGUMENT})", r"\\sqrt[{\1}]{\2}"),
    (r"\\verb([^A-Za-z\s*\\])([^\\{}$\n]*?)\1", r"\\texttt{\2}"),
    (r"\\bbox\s*(?:\[[^\[\]]*\])?", " "),
    (rf"\\textcolor\s*(\[[A-Za-z]+\]\s*\{{[^{{}}]*\}}|\{{\s*#[0-9A-Fa-f]+\s*\}})\s*({GROUP})", r"{\\color\1\2}"),
    (r"\\color\s*\{\s*#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])\s*\}", r"\\color[HTML]{\1\1\2\2\3\3}"),
    (r"\\color\s*\{\s*#([0-9A-Fa-f]{6})\s*\}", r"\\color[HTML]{\1}"),
    (rf"\\colorbox\s*{GROUP}", r"\\text"),
    (rf"\\(?:raise|lower|moveleft|moveright)\s*(?:{_DIMENSION}|\{{\s*{_DIMENSION}\s*\}})|\\hfill?(?![A-Za-z])", " "),
    (r"\\(left|right|middle|[Bb]igg?[lrm]?)\s*<", r"\\\1\\langle "),
    (r"\\(left|right|middle|[Bb]igg?[lrm]?)\s*>", r"\\\1\\rangle "),
    (r"\\(?:arrow|brace)vert(?![A-Za-z])", r"\\vert "),
    (r"\\Arrowvert(?![A-Za-z])", r"\\Vert "),
    (rf"\\buildrel((?:[^{{}}\\]|\\(?!over\b)[A-Za-z]++|{GROUP})*+)\\over\b\s*({_ARGUMENT})", r"\\overset{\1}{\2}"),
    (rf"\\[Rr]ule\s*({GROUP})\s*{GROUP}(?:\s*{GROUP})?", r"\\underline{\\hspace\1}"),
    ("([\u2205\u221a\u221b\u221c\u2220\u2221\u2222\u2234\u2235\u22a4\u22a5])", r"{\\text{\1}}"),
    (r"\\enclose\s*(\{[^{}]*\})\s*\[[^\[\]]*\]", r"\\enclose\1"),
    (r"\\enclose\s*\{(?=[^{}]*updiagonalstrike)[^{}]*downdiagonalstrike[^{}]*\}", r"\\xcancel"),
    (r"\\enclose\s*\{[^{}]*downdiagonalstrike[^{}]*\}", r"\\bcancel"),
    (r"\\enclose\s*\{[^{}]*strike[^{}]*\}", r"\\cancel"),
    (r"\\enclose\s*\{\s*top\s*\}", r"\\overline"),
    (r"\\enclose\s*\{\s*bottom\s*\}", r"\\underline"),
    (r"\\enclose\s*\{\s*radical\s*\}", r"\\sqrt"),
    (r"\\fbox(?![A-Za-z])", r"\\boxed\\text"),
    (rf"\\fcolorbox\s*{GROUP}\s*{GROUP}", r"\\boxed\\text"),
    (r"\\centernot(?![A-Za-z])", r"\\not"),
    (r"\\not\s*\\implies(?![A-Za-z])", r"\\;\\not\\Longrightarrow\\;"),
    (r"\\not\s*\\impliedby(?![A-Za-z])", r"\\;\\not\\Longleftarrow\\;"),
    (r"\\not\s*\\iff(?![A-Za-z])", r"\\;\\not\\Longleftrightarrow\\;"),
    (rf"\\not\s*\\mathrel\s*({GROUP})", r"\\mathrel{\\not\1}"),
    (r"\\var((?:inj|proj)?lim(?:inf|sup)?)(?:\s*\\limits)?(?=\s*_)", r"\\mathop{\\var\1}\\limits"),
    (rf"\\operatorname\*\s*({_OPERATOR})(?=\s*[_^])", r"\\mathop{\\mathrm\1}\\limits"),
    (rf"\\operatorname\*?\s*({_OPERATOR})", r"\\mathop{\\mathrm\1}"),
    (rf"(\\mathop\s*{GROUP})\s*\\nolimits", r"\1"),
    (rf"{_BASE}{_BELOW}{_ABOVE}", r"\\overset{\3}{\\underset{\2}{\1}}"),
    (rf"{_BASE}{_ABOVE}{_BELOW}", r"\\overset{\2}{\\underset{\3}{\1}}"),
    (rf"{_BASE}{_BELOW}", r"\\underset{\2}{\1}"),
    (rf"{_BASE}{_ABOVE}", r"\\overset{\2}{\1}"),
    (r"\\(begin|end)\{flalign\*?\}", r"\\\1{align*}"),
    (r"\\begin\{x*alignat\*?\}\s*\{\d+\}", r"\\begin{align*}"),
    (r"\\end\{x*alignat\*?\}", r"\\end{align*}"),
    (r"\\begin\{alignedat\}\s*\{\d+\}", r"\\begin{aligned}"),
    (r"\\end\{alignedat\}", r"\\end{aligned}"),
    (r"\\(begin|end)\{multlined\}(?:\[[tbc]\])?", r"\\\1{gathered}"),
    (r"\\begin\{([lr])gathered\}", r"\\begin{array}{\1}"),
    (r"\\end\{[lr]gathered\}", r"\\end{array}"),
    (r"\\(begin|end)\{crampedsubarray\}", r"\\\1{subarray}"),
    (rf"\\begin\{{spreadlines\}}\s*{GROUP}|\\end\{{spreadlines\}}", " "),
    (r"\\sideset\s*\{([^{}]*)\}\s*\{([^{}]*)\}\s*([A-Za-z])", r"{}\1{\3}\2"),
    (r"\\MoveEqLeft\s*(?:\[\d*\])?|\\adjustlimits(?![A-Za-z])", " "),
    (rf"\\(?:leftroot|uproot|xmathstrut|cellcolor|rowcolor|columncolor)\s*(?:\[[^\[\]]*\])?\s*{GROUP}", " "),
    (rf"\\Space\s*{GROUP}\s*{GROUP}\s*{GROUP}", r"\\;"),
    (r"\\mathmakebox\s*(?:\[[^\[\]]*\]\s*){0,2}", " "),
    (rf"\\toggle\s*({GROUP})(?:[^\\{{}}]|{GROUP}|\\(?!endtoggle)[A-Za-z]+)*+\\endtoggle(?![A-Za-z])", r"\1"),
    (r"\\Aboxed\s*\{([^{}&]*)&([^{}&]*)\}", r"&\\boxed{\1\2}"),
    (r"\\Aboxed(?![A-Za-z])", r"\\boxed"),
    (rf"\\shortvdotswithin\s*{GROUP}", r"&\\vdots\\\\"),
    (rf"\\vdotswithin\s*{GROUP}", r"\\vdots "),
    (rf"\\above\s*{_DIMENSION}", r"\\over "),
    (r"\\framebox\s*(?:\[[^\[\]]*\]\s*){0,2}", r"\\boxed\\text"),
    (r"\\hspace\*", r"\\hspace"),
    (r"\\hline(?:\s*\\hline)+", r"\\hline"),
)
"""Sizes, names, classes and boxes are left out: what the formula says is there without them."""

_COLUMNS: Final = re.compile(rf"(\\begin\{{array\}}\s*)({GROUP})")
_REPEATED: Final = re.compile(r"\*\s*\{\s*(\d{1,2})\s*\}\s*(?:\{([^{}]*)\}|([clr]))")
_BESIDE_COLUMNS: Final = re.compile(rf"{GROUP}|[^clr|:]")
_OF_A_WIDTH: Final = str.maketrans("pmb", "lll")

_ENVIRONMENTS: Final = {
    r"\array": "matrix",
    r"\cases": "cases",
    r"\displaylines": "gathered",
    r"\eqalign": "aligned",
    r"\matrix": "matrix",
    r"\pmatrix": "pmatrix",
}
"""Commands of plain TeX whose argument is a table, and the environments that are the same."""

_EQUATIONS = re.compile(r"\\begin\{eqnarray(\*?)\}(.*?)\\end\{eqnarray\1\}", re.DOTALL)
_RELATION = re.compile(r"&((?:[^&{}\\]|\\[A-Za-z]++){0,40})&")
"""Between two columns, in a column of its own."""

_SAME_TEXTS: Final = ("emph", "text", "textbf", "textit", "textrm", "textsc", "textsf", "texttt")
_OTHER_TEXTS: Final = ("hbox", "mbox", "textmd", "textnormal", "textup")
_TEXTS: Final = {rf"\{name}": rf"\{name}" for name in _SAME_TEXTS} | {rf"\{name}": r"\text" for name in _OTHER_TEXTS}
"""Commands whose argument is text, and their names to math-core."""
_MOST_TEXTS: Final = 4
"""One in another; those within are as they stand, since each is started again after a formula."""
_TAGS: Final = frozenset({r"\tag", r"\tag*"})
_PART = re.compile(r"\\(?:[A-Za-z]+\*?|.|\Z)|[{}$]|\s+|[^\\{}$\s]+", re.DOTALL)
_SIGN = re.compile(r"[_&%^]|#(?!\d)")
_ESCAPED: Final = {"^": r"\textasciicircum{}"}
"""Others by a backslash."""

_CHARACTER: Final = re.compile(
    r"\\unicode\s*(?:\[[^\[\]]*\]\s*){0,2}\{\s*(?:x(?P<hexadecimal>[0-9A-Fa-f]{1,5})|(?P<decimal>\d{1,6}))\s*\}"
)
_SPECIAL: Final = frozenset("\\{}$")

_MATHS: Final = "maths"
_TEXT: Final = "text"
_FORMULA: Final = "formula"
_ENDS: Final = {"$": "$", r"\(": r"\)"}
"""How a formula within a text starts and ends."""


def without_options(latex: str) -> str:
    """Leave out what math-core takes for a part of the formula, and leave it no blank to lose."""
    return _TEXT_OF_WORDS.sub(_with_blanks, _replaced(latex, _OPTIONS))


def respelt(latex: str) -> tuple[str, Mapping[str, str]]:
    """Write LaTeX as math-core reads it, and say what the tags mean that stand for the author's own."""
    tags: dict[str, str] = {}
    alone = _CHARACTER.sub(
        _character,
        with_numbers(
            with_quantities(
                with_formulas(with_diagrams(with_proofs(with_signs(with_environments(without_addresses(latex))))))
            )
        ),
    )
    plain = _COLUMNS.sub(_with_columns, _replaced(alone, _SPELLINGS))
    tables = "".join(_with_environments(_PART.findall(plain)))
    known = _EQUATIONS.sub(_aligned, tables)
    return "".join(_with_texts(_with_tags(iter(_PART.findall(known)), tags))), tags


def _with_blanks(text: re.Match[str]) -> str:
    return _SIGN_BEFORE_BLANK.sub(r"\g<0>{}", text[0])


def _replaced(latex: str, rules: _Rules) -> str:
    for pattern, becomes in rules:
        latex = pattern.sub(becomes, latex)
    return latex


def _character(number: re.Match[str]) -> str:
    character = chr(int(number["hexadecimal"] or number["decimal"], 16 if number["hexadecimal"] else 10))
    return rf"{{\text{{{character}}}}}" if character.isprintable() and character not in _SPECIAL else number[0]


def _with_columns(array: re.Match[str]) -> str:
    r"""Write `{*{2}{r|}@{\,}p{3cm}}` as `{r|r|l}`."""
    columns = _REPEATED.sub(lambda times: int(times[1]) * (times[2] or times[3] or ""), array[2][1:-1])
    return f"{array[1]}{{{_BESIDE_COLUMNS.sub('', columns.translate(_OF_A_WIDTH)) or 'c'}}}"


def _aligned(equations: re.Match[str]) -> str:
    rows = _RELATION.sub(r"&\1", equations[2])
    return rf"\begin{{align*}}{rows}\end{{align*}}"


def _with_environments(parts: Iterable[str]) -> Iterator[str]:
    r"""Write `\matrix{a\cr b}` as `\begin{matrix}a\\b\end{matrix}`."""
    ends: list[str] = []
    command = ""
    for part in parts:
        if command and part.isspace():
            continue
        if part == "{":
            ends.append(rf"\end{{{_ENVIRONMENTS[command]}}}" if command else "}")
            yield rf"\begin{{{_ENVIRONMENTS[command]}}}" if command else part
        elif command:
            yield f"{command} "
        if part == "}":
            yield ends.pop() if ends else part
        elif part != "{" and part not in _ENVIRONMENTS:
            yield r"\\" if part == r"\cr" else part
        command = part if part in _ENVIRONMENTS else ""
    yield command


def _with_tags(parts: Iterator[str], tags: dict[str, str]) -> Iterator[str]:
    """Tags may be of ASCII letters and digits only: give each another, and note what it stands for."""
    for part in parts:
        yield part
        if part in _TAGS and (following := next(parts, "")):
            yield following
            if following == "{":
                *text, end = (*_argument(parts),) or ("",)
                shape = "{}" if part.endswith("*") else "({})"
                name = f"the-tag-{len(tags)}"
                tags[shape.format(name)] = shape.format("".join(text))
                yield from (name, end)


def _argument(parts: Iterator[str]) -> Iterator[str]:
    """What stands up to the end of a group."""
    depth = 1
    for part in parts:
        depth += {"{": 1, "}": -1}.get(part, 0)
        yield part
        if not depth:
            return


def _with_texts(parts: Iterable[str]) -> Iterator[str]:
    r"""Escape signs in texts, and end them before formulas: `\text{a $x$}` is `{\text{a }{\textstyle x}\text{}}`."""
    groups = _Groups()
    command = ""
    for part in parts:
        if command and part == "{":
            yield groups.open_text(command)
        elif command and part.isspace():
            continue
        elif command or part not in _TEXTS or not groups.take_texts:
            yield f"{command} " if command else ""
            yield groups.read(part)
        command = part if part in _TEXTS and not command and groups.take_texts else ""
    yield command


class _Groups:
    """The groups that are open: the command of a text, or formulas in one (`_FORMULA`), or others in either."""

    def __init__(self) -> None:
        self._open: list[str] = [_MATHS]
        self._ends: list[str] = []

    @property
    def is_text(self) -> bool:
        return self._open[-1] == _TEXT or self._open[-1] in _TEXTS

    @property
    def take_texts(self) -> bool:
        """Whether a text may begin: in a formula, and in another text, which then ends before and goes on after it."""
        return self._open[-1] != _TEXT and len(self._texts()) < _MOST_TEXTS

    def _texts(self) -> Sequence[str]:
        """The commands of the innermost texts, the innermost first."""
        return [*takewhile(_TEXTS.__contains__, reversed(self._open))]

    def _start(self) -> str:
        return "".join(f"{_TEXTS[command]}{{" for command in reversed(self._texts()))

    def _end(self) -> str:
        return "}" * len(self._texts())

    def open_text(self, command: str) -> str:
        end = self._end()
        self._open.append(command)
        return f"{end}{{{self._start()}"

    def read(self, part: str) -> str:
        if part == "{":
            self._open.append(_TEXT if self.is_text else _MATHS)
            return part
        if part == "}":
            return self._close()
        if self._open[-1] in _TEXTS and part in _ENDS:
            end = self._end()
            self._open.append(_FORMULA)
            self._ends.append(_ENDS[part])
            return rf"{end}{{\textstyle "
        if self._open[-1] == _FORMULA and part == self._ends[-1]:
            self._open.pop()
            self._ends.pop()
            return f"}}{self._start()}"
        return _SIGN.sub(_escaped, part) if self.is_text and not part.startswith("\\") else part

    def _close(self) -> str:
        end = self._end()
        if len(self._open) > 1:
            self._open.pop()
        return f"{end}}}{self._start() if end else ''}"


def _escaped(sign: re.Match[str]) -> str:
    return _ESCAPED.get(sign[0], rf"\{sign[0]}{{}}")
