r"""In: the formulas of a page, in order. Out: each with the tag itself for `\eqref{one}` and `\ref{one}`.

As in Obsidian, a formula that its author gives no tag has no number that others could show.
"""

import re
from collections.abc import Iterator
from typing import Final

from maths.definitions import UnreadableError
from maths.pieces import within_braces

_GROUP: Final = rf"\{{({within_braces(2)})\}}"
_REFERENCE: Final = r"\\(?P<kind>eqref|ref)\s*\{\s*(?P<label>[^{}]*?)\s*\}"
_OF_MATHS = re.compile(rf"(?P<text>\\(?:text[a-z]*|[mh]box|tag\*?)\s*{_GROUP})|{_REFERENCE}")
_OF_TEXT = re.compile(rf"(?P<formula>\$[^$]*\$)|{_REFERENCE}")

_NAMING = re.compile(
    rf"\\(?P<name>tag|label)\*?\s*{_GROUP}|\\(?P<place>begin|end)\s*\{{[^{{}}]*\}}|\\.|(?P<brace>[{{}}])", re.DOTALL
)
_DEEPER: Final = {"begin": 1, "end": -1, "{": 1, "}": -1}
_NEXT_ROW: Final = r"\\"
_LONGEST: Final = 200
"""Of a tag. One that shows others could become longer with each formula."""


class References:
    """The tags that the formulas of a page have so far."""

    def __init__(self) -> None:
        self._tags: dict[str, str] = {}

    def resolved(self, latex: str) -> str:
        """Write the tags that a formula refers to, or raise `UnreadableError` if one is not there."""
        if r"\label" in latex:
            for label, tag in _named(latex):
                if len(shown := _OF_TEXT.sub(self._in_text, tag)) <= _LONGEST:
                    self._tags[label] = shown
        return _OF_MATHS.sub(self._in_maths, latex) if "ref" in latex else latex

    def _in_maths(self, found: re.Match[str]) -> str:
        text = found["text"]
        return _OF_TEXT.sub(self._in_text, text) if text else rf"\text{{{self._tag(found)}}}"

    def _in_text(self, found: re.Match[str]) -> str:
        formula = found["formula"]
        return _OF_MATHS.sub(self._in_maths, formula) if formula else self._tag(found)

    def _tag(self, reference: re.Match[str]) -> str:
        tag = self._tags.get(reference["label"])
        if tag is None:
            raise UnreadableError
        return f"({tag})" if reference["kind"] == "eqref" else tag


def _named(latex: str) -> Iterator[tuple[str, str]]:
    """The labels of a formula, each with the tag that its row has before or after it."""
    depth = 0
    tag: tuple[int, str] | None = None
    waiting: list[tuple[int, str]] = []
    for part in _NAMING.finditer(latex):
        depth += _DEEPER.get(part["place"] or part["brace"], 0)
        if part[0] == _NEXT_ROW:
            tag = tag if tag and tag[0] < depth else None
            waiting = [label for label in waiting if label[0] < depth]
        elif part["name"] == "label":
            waiting.append((depth, part[2].strip()))
        elif part["name"] == "tag":
            tag = (depth, part[2])
        if tag:
            yield from ((label, tag[1]) for _, label in waiting)
            waiting = []
