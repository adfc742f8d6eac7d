r"""In: LaTeX with a proof `\begin{prooftree}\AxiomC{…}\UnaryInfC{…}\end{prooftree}`. Out: the same as fractions.

Source: MathJax's extension bussproofs, which Obsidian's formulas may use. What a step follows from stands above its
line, in one row; `tables` lets all of it stand on the line. A proof with a step that is not known stays.
"""

import re
from collections.abc import Iterator
from typing import Final

from maths.pieces import UnknownError, rewritten, within_braces

_BEGINNING: Final = r"\begin{prooftree}"
_PROOF = re.compile(r"\\begin\{prooftree\}(?P<steps>.*?)\\end\{prooftree\}", re.DOTALL)
_DEEPEST: Final = 5
"""Groups within the words of a step."""
_STEP = re.compile(rf"\s*\\(?P<name>[A-Za-z]+)\s*+(?:\{{(?P<words>{within_braces(_DEEPEST)})\}})?", re.DOTALL)

_REASONS: Final = {
    **dict.fromkeys(("AxiomC", "AXC"), 0),
    **dict.fromkeys(("UnaryInfC", "UIC"), 1),
    **dict.fromkeys(("BinaryInfC", "BIC"), 2),
    **dict.fromkeys(("TrinaryInfC", "TIC"), 3),
    "QuaternaryInfC": 4,
    "QuinaryInfC": 5,
}
"""From how many steps before it each step follows."""
_LABELS: Final = {"LeftLabel": 0, "LL": 0, "RightLabel": 1, "RL": 1}
_LINE: Final = r"\dfrac"
_LINES: Final = {
    **dict.fromkeys(("noLine", "alwaysNoLine"), r"\genfrac{}{}{0pt}{0}"),
    **dict.fromkeys(("singleLine", "doubleLine", "solidLine", "dashedLine", "alwaysSingleLine"), _LINE),
}
_NOTHING: Final = frozenset({"DisplayProof", "rootAtBottom"})


def with_proofs(latex: str) -> str:
    r"""Write each proof in plain LaTeX."""
    return rewritten(latex, _BEGINNING, _PROOF, _drawn)


def _drawn(proof: re.Match[str]) -> str:
    proved = _steps(proof["steps"])
    if len(proved) != 1:
        raise UnknownError(proved)
    return proved[0]


def _steps(written: str) -> list[str]:
    """What is proved, and not yet a reason for something."""
    proved: list[str] = []
    labels, line = ["", ""], _LINE
    for name, words in _read(written):
        if name in _LABELS:
            labels[_LABELS[name]] = rf"\text{{{words}}}"
        elif name in _LINES:
            line = _LINES[name]
        elif name not in _NOTHING:
            reasons = _last(proved, _number(name))
            proved.append(_step(reasons, words, labels, line) if reasons else _shown(words))
            labels, line = ["", ""], _LINE
    return proved


def _read(written: str) -> Iterator[tuple[str, str]]:
    end = len(written.rstrip())
    at = 0
    while at < end:
        step = _STEP.match(written, at)
        if step is None or not (step["name"] in _LINES or step["name"] in _NOTHING or step["words"] is not None):
            raise UnknownError(written[at:])
        yield step["name"], step["words"] or ""
        at = step.end()


def _number(name: str) -> int:
    if name not in _REASONS:
        raise UnknownError(name)
    return _REASONS[name]


def _last(proved: list[str], number: int) -> list[str]:
    """Take the last ones away."""
    if number > len(proved):
        raise UnknownError(number)
    reasons = proved[len(proved) - number :]
    del proved[len(proved) - number :]
    return reasons


def _step(reasons: list[str], words: str, labels: list[str], line: str) -> str:
    row = r"&\quad ".join(reasons)
    above = rf"\begin{{matrix}}{row}\end{{matrix}}" if len(reasons) > 1 else row
    before, after = labels
    return rf"{{{before}\;{line}{{{above}}}{{{_shown(words)}}}\;{after}}}"


def _shown(words: str) -> str:
    return rf"\text{{{words}}}" if words.strip() else r"\;"
