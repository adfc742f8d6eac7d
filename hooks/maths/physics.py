r"""In: LaTeX after `\require{physics}`. Out: the same without the commands that only this package has.

Source: MathJax's extension physics, which Obsidian loads where a formula asks for it; from then on it holds for all
formulas of the page. Left alone: brackets behind functions, and matrices by a rule, such as `\imat{3}`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from maths.definitions import Ahead, UnreadableError, joined

REQUIRED: Final = re.compile(r"\\require\s*\{\s*physics\s*\}")

_BRACKETS: Final[Mapping[str, tuple[str, str, str]]] = {
    "(": (")", "(", ")"),
    "[": ("]", "[", "]"),
    "{": ("}", r"\{", r"\}"),
    "|": ("|", "|", "|"),
}
"""The sign that ends what another one begins, and what both are in a formula."""
_SIZES: Final = (r"\big", r"\Big", r"\bigg", r"\Bigg")
_MOST_OF_A_FORMULA: Final = 50_000
_MOST_OF_A_PAGE: Final = 500_000
"""So many characters may come of commands."""

_Command = Callable[[Ahead], str]


class Physics:
    """What the package means to the formulas of a page."""

    def __init__(self, *, is_loaded: bool = False) -> None:
        self._is_loaded = is_loaded
        self._room = _MOST_OF_A_PAGE

    def expanded(self, latex: str) -> str:
        """Write what the package adds in plain LaTeX, or raise `UnreadableError`."""
        self._is_loaded = self._is_loaded or REQUIRED.search(latex) is not None
        return joined(self._read(Ahead(latex))) if self._is_loaded else latex

    def _read(self, ahead: Ahead) -> Sequence[str]:
        read: list[str] = []
        room = _MOST_OF_A_FORMULA
        while ahead.tokens:
            token = ahead.take()
            if command := PHYSICS.get(token):
                meant = command(ahead)
                room, self._room = room - len(meant), self._room - len(meant)
                if min(room, self._room) < 0:
                    raise UnreadableError
                ahead.put_text(meant)
            else:
                read.append(token)
        return read


def _enclosed(left: str, inner: str, right: str, size: str = "") -> str:
    """Something between brackets that grow with it, or are of a size; `*` for none."""
    if size == "*":
        return f"{left} {inner}{right} "
    return rf"{size}l{left} {inner}{size}r{right} " if size else rf"\left{left} {inner}\right{right} "


def _size(ahead: Ahead) -> str:
    if ahead.star():
        return "*"
    return next((size for size in _SIZES if ahead.next_is(size)), "")


def _quantity(ahead: Ahead) -> str:
    r"""`\qty(…)`."""
    size = _size(ahead)
    for sign, (end, left, right) in _BRACKETS.items():
        if ahead.next_is(sign):
            start = "" if sign in "{|" else sign
            return _enclosed(left, joined(ahead.until(end, start)), right, size)
    return ""


def _within(left: str, right: str, before: str = "") -> _Command:
    def command(ahead: Ahead) -> str:
        size = _size(ahead)
        return before + _enclosed(left, _argument(ahead), right, size)

    return command


def _pair(left: str, between: str, right: str) -> _Command:
    def command(ahead: Ahead) -> str:
        size = _size(ahead)
        first, second = _argument(ahead), _argument(ahead)
        return _enclosed(left, f"{first}{between}{second}", right, size)

    return command


def _argument(ahead: Ahead) -> str:
    return joined(ahead.argument())


def _text(tokens: Sequence[str] | None) -> str:
    return "" if tokens is None else joined(tokens)


def _evaluated(ahead: Ahead) -> str:
    r"""`\eval{x}_0^1`, or `\eval(x|_0^1`."""
    size = _size(ahead)
    for sign in "([":
        if ahead.next_is(sign):
            return _enclosed(sign, joined(ahead.until("|")), "|", size)
    return _enclosed(".", _argument(ahead), "|", "" if size == "*" else size)


def _accented(accent: str) -> _Command:
    def command(ahead: Ahead) -> str:
        bold = r"\boldsymbol" if ahead.star() else r"\mathbf"
        return rf"{accent}{{{bold}{{{_argument(ahead)}}}}}"

    return command


def _differential(sign: str) -> _Command:
    def command(ahead: Ahead) -> str:
        power = _power(_text(ahead.option()))
        if ahead.next_is("("):
            return rf"{sign}{power}\left({joined(ahead.until(')', '('))}\right)"
        group = ahead.group()
        return f"{sign}{power} " if group is None else rf"\mathinner{{{sign}{power} {joined(group)}}}"

    return command


def _power(number: str) -> str:
    return f"^{{{number}}}" if number else ""


def _derivative(sign: str) -> _Command:
    def command(ahead: Ahead) -> str:
        is_flat, power = bool(ahead.star()), _power(_text(ahead.option()))
        first = _argument(ahead)
        second, third = (_text(ahead.group()) for _ in range(2)) if sign != _D else (_text(ahead.group()), "")
        if third:
            above, below = f"{sign}^{{2}} {first}", f"{sign} {second}{sign} {third}"
        else:
            above, below = f"{sign}{power} {first if second else ''}", f"{sign} {second or first}{power}"
        shown = f"{{{above}}}/{{{below}}}" if is_flat else rf"\frac{{{above}}}{{{below}}}"
        return shown if second or not ahead.next_is("(") else rf"{shown}\left({joined(ahead.until(')', '('))}\right)"

    return command


def _inner_product(ahead: Ahead) -> str:
    size, first = _size(ahead), _argument(ahead)
    return _between_angles(size, first, _text(ahead.group()) or first)


def _outer_product(ahead: Ahead) -> str:
    size, first = _size(ahead), _argument(ahead)
    second = _text(ahead.group()) or first
    return _enclosed("|", first, r"\rangle", size) + r"\!" + _enclosed(r"\langle", second, "|", size)


def _expected(ahead: Ahead) -> str:
    size = "" if (size := _size(ahead)) == "*" and ahead.next_is("*") else size
    first = _argument(ahead)
    state = _text(ahead.group())
    return _between_angles(size, state, first, state) if state else _between_angles(size, first)


def _element(ahead: Ahead) -> str:
    size = "" if (size := _size(ahead)) == "*" and ahead.next_is("*") else size
    return _between_angles(size, *(_argument(ahead) for _ in range(3)))


def _between_angles(size: str, *parts: str) -> str:
    bar = "|" if size else r"\middle| "
    return _enclosed(r"\langle", bar.join(parts), r"\rangle", size)


def _matrix(ahead: Ahead) -> str:
    r"""`\mqty(…)`."""
    ahead.star()
    for sign, brackets in (("(", "p"), ("[", "b"), ("|", "v"), ("{", "")):
        if ahead.next_is(sign):
            rows = joined(ahead.until(_BRACKETS[sign][0], "" if sign in "{|" else sign))
            return rf"\begin{{{brackets}matrix}}{rows}\end{{{brackets}matrix}}"
    return ""


def _matrix_between(brackets: str) -> _Command:
    return lambda ahead: rf"\begin{{{brackets}matrix}}{_argument(ahead)}\end{{{brackets}matrix}}"


def _words(ahead: Ahead) -> str:
    before = "" if ahead.star() else r"\quad"
    return rf"{before}\text{{{_argument(ahead)}}}\quad "


def _same(latex: str) -> _Command:
    return lambda _: f"{latex} "


def _flat_fraction(ahead: Ahead) -> str:
    return f"{{{_argument(ahead)}}}/{{{_argument(ahead)}}}"


_D: Final = r"\mathrm{d}"
_NABLA: Final = r"\boldsymbol{\nabla}"
_FUNCTIONS: Final = {
    "sine": "sin",
    "cosine": "cos",
    "tangent": "tan",
    "cosecant": "csc",
    "secant": "sec",
    "cotangent": "cot",
}
_BY_NAMES: Final[Mapping[str, _Command]] = {
    "qty quantity": _quantity,
    "pqty": _within("(", ")"),
    "bqty": _within("[", "]"),
    "vqty abs absolutevalue": _within("|", "|"),
    "Bqty": _within(r"\{", r"\}"),
    "norm": _within(r"\|", r"\|"),
    "order": _within("(", ")", r"\mathcal{O}"),
    "eval evaluated": _evaluated,
    "comm commutator": _pair("[", ", ", "]"),
    "acomm anticommutator pb poissonbracket": _pair(r"\{", ", ", r"\}"),
    "vb vectorbold": _accented(""),
    "va vectorarrow": _accented(r"\vec"),
    "vu vectorunit": _accented(r"\hat"),
    "vdot dotproduct": _same(r"\boldsymbol{\cdot}"),
    "cross crossproduct cp": _same(r"\times"),
    "grad gradient": _same(_NABLA),
    "div divergence": _same(rf"{_NABLA}\boldsymbol{{\cdot}}"),
    "curl": _same(rf"{_NABLA}\times"),
    "laplacian": _same(r"\nabla^{2}"),
    **{
        name: _same(rf"\operatorname{{{name}}}")
        for name in ("asin", "acos", "atan", "acsc", "asec", "acot", "csch", "sech", "arccsc", "arcsec", "arccot")
    },
    **{
        f"{before}{name}": _same(rf"\operatorname{{{shown}{short}{after}}}")
        for name, short in _FUNCTIONS.items()
        for before, shown, after in (("", "", ""), ("hyp", "", "h"), ("arc", "arc", ""), ("a", "a", ""))
    },
    "exponential": _same(r"\exp"),
    "logarithm": _same(r"\log"),
    "naturallogarithm": _same(r"\ln"),
    "determinant": _same(r"\det"),
    "Probability": _same(r"\Pr"),
    "tr trace": _same(r"\operatorname{tr}"),
    "Tr Trace": _same(r"\operatorname{Tr}"),
    "rank": _same(r"\operatorname{rank}"),
    "erf": _same(r"\operatorname{erf}"),
    "Res Residue": _same(r"\operatorname{Res}"),
    "Re real": _same(r"\operatorname{Re}"),
    "Im imaginary": _same(r"\operatorname{Im}"),
    "pv principalvalue": _same(r"\mathcal{P}"),
    "PV": _same(r"\operatorname{P.V.}"),
    "qq qqtext": _words,
    "qc qcomma": _same(r",\quad"),
    "qcc": _same(r"\quad\text{c.c.}\quad"),
    **{
        f"q{word}": _same(rf"\quad\text{{{word}}}\quad")
        for word in (
            *("if", "then", "else", "otherwise", "unless", "given", "using", "assume", "since", "let", "for", "all"),
            *("even", "odd", "integer", "and", "or", "as", "in"),
        )
    },
    "dd differential": _differential(_D),
    "var variation": _differential(r"\delta"),
    "dv derivative": _derivative(_D),
    "pdv pderivative partialderivative": _derivative(r"\partial"),
    "fdv fderivative functionalderivative": _derivative(r"\delta"),
    "flatfrac": _flat_fraction,
    "ket": _within("|", r"\rangle"),
    "bra": _within(r"\langle", "|"),
    "braket ip innerproduct": _inner_product,
    "dyad ketbra op outerproduct": _outer_product,
    "ev expval expectationvalue": _expected,
    "mel matrixel matrixelement": _element,
    "mqty matrixquantity smqty smallmatrixquantity": _matrix,
    "pmqty spmqty": _matrix_between("p"),
    "bmqty sbmqty": _matrix_between("b"),
    "vmqty svmqty mdet smdet matrixdeterminant": _matrix_between("v"),
}
PHYSICS: Final = {rf"\{name}": command for names, command in _BY_NAMES.items() for name in names.split()}
