"""Mermaid without a browser, in a process of its own: jobs on standard input, answers on standard output.

Both are JSON: a list of pairs, a source and whether to draw it; then for each a line, whether it is right, and its SVG
or what Mermaid says against it.
"""

import json
import os
import sys
from typing import Any, Final
from unicodedata import east_asian_width

from mermaidx.engines._common import TextMeasurer
from mermaidx.engines.quickjs_engine import Engine, MermaidRenderError

_CONFIG: Final = {
    "securityLevel": "strict",
    "deterministicIds": True,
    # As SVG text, Mermaid shows labels with entities wrongly.
    "htmlLabels": True,
    # What a source may not set: to break SVG text into lines takes Mermaid a minute for 250 words.
    "secure": [
        "secure",
        "securityLevel",
        "startOnLoad",
        "maxTextSize",
        "suppressErrorRendering",
        "maxEdges",
        "htmlLabels",
    ],
    "flowchart": {"htmlLabels": True, "useMaxWidth": False},
}

_MOST_MEMORY: Final = 128
"""MiB; Mermaid itself takes some 40, and no page has a diagram that takes as much again."""
_NO_MEMORY: Final = ("null", "InternalError: out of memory")
"""How what the engine says then starts: it may have no room left for an error."""

_AROUND: Final = """
const draw = globalThis.__renderLikeMmdc;
let state;
Math.random = () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
globalThis.__renderLikeMmdc = async (id, source, background) => {
  state = 1;
  if (globalThis.__draws) return draw(id, source, background);
  await mermaid.parse(source);
  return "right";
};
"""
"""Put around what mermaidx runs for a source: to read it takes a fraction of the time. And Mermaid leaves to chance how
some shapes run, `A([…])` among them: here the same source gives the same picture.
"""


_WIDE: Final = "A "
"""As wide as letters are high, in the font that mermaidx measures by; a line may end behind it."""


class _Measurer(TextMeasurer):  # type: ignore[misc]  # published without types
    """Measures Chinese, Japanese, Korean and emoji too, which that font lacks: it gives them half of their width."""

    def width(self, text: str, *font: object) -> Any:  # noqa: ANN401 - as the base class has them
        return super().width(_measured(text), *font)

    def full(self, text: str, *font: object) -> Any:  # noqa: ANN401
        return super().full(_measured(text), *font)

    def glyphs(self, text: str, *font: object) -> Any:  # noqa: ANN401
        return super().glyphs(_measured(text), *font)

    def foreign_object(self, html: str, *font: object) -> Any:  # noqa: ANN401
        return super().foreign_object(_measured(html), *font)


def _measured(text: str) -> str:
    if not text or text.isascii():
        return text
    return "".join(_WIDE if east_asian_width(sign) in "WF" else sign for sign in text)


class _Mermaid(Engine):  # type: ignore[misc]  # published without types
    """One context for all jobs: to make one takes several times as long as to draw.

    No picture tells the difference; `tests/test_pictures.py` shows it.
    """

    def _init_context(self) -> None:
        super()._init_context()
        self._measurer = _Measurer()
        self._ctx.set_memory_limit(_MOST_MEMORY << 20)
        self._ctx.eval(_AROUND)

    def _ensure_fresh_context(self) -> None:
        pass

    def answer(self, source: str, *, draws: bool) -> tuple[bool, str]:
        """Tell whether a source is right, with its SVG if it is to be drawn, else with what is wrong.

        Raises MermaidRenderError if Mermaid itself failed.
        """
        self._executor.submit(self._ctx.eval, f"globalThis.__draws = {json.dumps(draws)}").result()
        try:
            return True, self.render_svg(source, "default", _CONFIG, None)
        except MermaidRenderError as error:
            if "produced no output" in str(error):
                raise  # the source may be right; mermaidx stumbled
            is_large = str(error).startswith(_NO_MEMORY)
            return False, f"it takes more than {_MOST_MEMORY} MiB of memory" if is_large else str(error)


def _main() -> None:
    mermaid = _Mermaid()
    mermaid.start()
    try:
        for source, draws in json.load(sys.stdin):
            sys.stdout.write(json.dumps(mermaid.answer(source, draws=draws)) + "\n")
            sys.stdout.flush()
    finally:
        os._exit(0)  # nothing here needs an orderly end


if __name__ == "__main__":
    _main()
