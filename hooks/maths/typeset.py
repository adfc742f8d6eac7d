r"""In: LaTeX. Out: MathML as elements, which browsers typeset without a script; or the author's source.

By math-core, which refuses what it does not know. Obsidian's MathJax knows some names more, and numbers nothing.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from math_core import LatexError, LatexToMathML

from maths.accents import centre_accents
from maths.brackets import guarded
from maths.definitions import UnreadableError
from maths.hrefs import Lead, address
from maths.limits import with_limits
from maths.macros import MACROS
from maths.physics import Physics
from maths.preamble import NO_PREAMBLE, Preamble
from maths.references import References
from maths.sizes import keep_sizes
from maths.spelling import respelt, without_options
from maths.tables import draw_whole_tables, space_signs, stand_on_lines

# Longer or deeper than anyone writes; what is beyond is shown as source.
_LONGEST: Final = 5_000
_DEEPEST: Final = 40

_KEPT: Final = 1 << 10
"""Formulas of which is known how they are read: most are asked twice, and letters stand all over a page."""

_MACROS: Final = {"mbox": r"\text{#1}", "substack": r"\begin{subarray}{c}#1\end{subarray}"}


def _converter(macros: dict[str, str]) -> LatexToMathML:
    return LatexToMathML(macros=macros, allow_unreliable_rendering=True, fancy_error=False, max_expansions=100)


_CONVERT_RESPELT: Final = _converter(_MACROS | MACROS).convert_with_local_state
"""Reads what `respelt` writes, for a formula that the converter of its page refuses."""

_CONVERT_ALONE: Final = _converter(_MACROS).convert_with_local_state
"""Reads a formula that depends on no other."""
_DEPENDS: Final = re.compile(r"\\(?:(?:eq)?ref|(?:re)?new|provide|g?def|let|Declare)")
"""By what a formula depends on others of its page, or they on it."""

_ENVIRONMENT = re.compile(r"(?:(?<=\\begin\{)|(?<=\\end\{))(?:align|equation|gather|multline|smallmatrix|split)(?=\})")
_RENAMED: Final = {"smallmatrix": "matrix", "split": "aligned"}
"""Environments that math-core knows by another name; the others get a star, without which they would be numbered."""

_TAG: Final = r"\tag"
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot);)[A-Za-z]+;")
"""Known to HTML only."""


class Formulas:
    """The formulas of a page, in order: what one defines, and which tag it has, those after it know.

    What a preamble defines, all know; `lead` says where they may lead.
    """

    def __init__(self, preamble: Preamble = NO_PREAMBLE, lead: Lead = lambda _: "") -> None:
        self._lead = lead
        self._definitions = preamble.definitions.copy()
        self._physics = Physics(is_loaded=preamble.has_physics)
        self._references = References()

    def typeset(self, latex: str, *, display: bool) -> Element:
        """Make a `math` element, in a link if it is one, or `code` with the source if it cannot be read."""
        meant = self._meaning(latex)
        math = self._math(meant, display=display)
        if math is not None:
            return self._linked(math, address(meant or ""))
        source = Element("code", {"class": "math"})
        source.text = latex
        return source

    def refusal(self, latex: str, *, display: bool) -> str | None:
        """Read the next formula as `typeset` does; why it would be shown as source, None if it would not.

        In math-core's words; empty if it is for another reason.
        """
        meant = self._meaning(latex)
        if self._math(meant, display=display) is not None:
            return None
        return _complaint(meant) if meant is not None else ""

    def _meaning(self, latex: str) -> str | None:
        """A formula without the commands that the page defines; None if it cannot be read."""
        with suppress(UnreadableError):
            meant = self._references.resolved(self._physics.expanded(self._definitions.expanded(latex)))
            return meant if len(meant) <= _LONGEST else None
        return None

    def _linked(self, math: Element, address: str) -> Element:
        href = self._lead(address) if address else ""
        if not href:
            return math
        link = Element("a", {"href": href})
        link.append(math)
        return link

    def _math(self, meant: str | None, *, display: bool) -> Element | None:
        math = _converted(meant, display=display) if meant is not None else None
        if math is None or not _is_shallow(math):
            return None
        for element in math.iter():
            element.attrib.pop("id", None)  # another formula may have the same
        keep_sizes(math)
        centre_accents(math)
        draw_whole_tables(math)
        space_signs(math)
        stand_on_lines(math)
        return math


def unread(formulas: Sequence[tuple[str, bool]], preamble: Preamble = NO_PREAMBLE) -> Iterator[tuple[int, str]]:
    """The places of those formulas of a page, each with whether it is displayed, that it shows as source; and why.

    Most can be read alone, and to find that out takes far less time than to typeset them.
    """
    if all(not preamble.concerns(latex) and _is_read_alone(latex) for latex, _ in formulas):
        return
    page = Formulas(preamble)
    for place, (latex, display) in enumerate(formulas):
        if (why := page.refusal(latex, display=display)) is not None:
            yield place, why


def _is_read_alone(latex: str) -> bool:
    if len(latex) > _LONGEST or _DEPENDS.search(latex):
        return False
    return bool(_written(_CONVERT_ALONE, _with_known_environments(latex), display=False))


def _converted(latex: str, *, display: bool) -> Element | None:
    written, tags = _read(latex, display=display)
    math = _parsed(written)
    for text in math.iter("mtext") if math is not None and tags else ():
        if (tag := tags.get(text.text or "")) is not None:
            _tag(text, tag)
    return math


@lru_cache(maxsize=_KEPT)
def _read(latex: str, *, display: bool) -> tuple[str, Mapping[str, str]]:
    """MathML, empty if it cannot be read, and what the tags in it mean that stand for the author's own."""
    known = _with_known_environments(with_limits(latex) if display else latex)
    if written := _written(_CONVERT_ALONE, known, display=display):
        return written, {}
    spelt, tags = respelt(known)
    return _written(_CONVERT_RESPELT, spelt, display=display), tags


@lru_cache(maxsize=_KEPT)
def _complaint(latex: str) -> str:
    """What math-core says of a formula that it does not read; its place would be that in what we made of it."""
    spelt, _ = respelt(_with_known_environments(latex))
    try:
        _CONVERT_RESPELT(guarded(spelt) or "", displaystyle=False)
    except LatexError as error:
        return str(error).partition(": ")[2].rstrip(".")
    return ""


def _with_known_environments(latex: str) -> str:
    return _ENVIRONMENT.sub(lambda match: _RENAMED.get(match[0], f"{match[0]}*"), without_options(latex))


def _written(convert: Callable[..., str], latex: str, *, display: bool) -> str:
    safe = guarded(latex)
    if safe is None:
        return ""
    for tried in (safe, rf"\begin{{equation*}}{safe}\end{{equation*}}") if _TAG in latex else (safe,):
        with suppress(LatexError):
            return convert(tried, displaystyle=display)
    return ""


def _parsed(written: str) -> Element | None:
    with suppress(ParseError):  # of nothing, and of the few characters that XML forbids
        return fromstring(_NAMED_ENTITY.sub(lambda match: html.unescape(match[0]), written))  # noqa: S314 - ours
    return None


def _tag(element: Element, text: str) -> None:
    """Let an element show the text of a tag, which may hold formulas."""
    shown = _parsed(_written(_CONVERT_RESPELT, respelt(rf"\text{{{text}}}")[0], display=False))
    element.text = text
    if shown is not None:
        element.tag, element.text = "mrow", None
        element.extend(shown)


def _is_shallow(math: Element) -> bool:
    level = [math]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return True
    return False
