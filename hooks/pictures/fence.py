"""A Mermaid fence as HTML. In: its source. Out: the picture; else the source, which the browser may draw."""

from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TypeAlias
from weakref import WeakKeyDictionary

from pictures.draw import draw
from pictures.find import Chosen
from pictures.picture import Drawn, Left, Wrong

Fence: TypeAlias = Callable[..., str]
_LEFT = Left("the page has too many, or it is too large")


def mermaid_fence(folder: Path) -> Fence:
    """Make the formatter for superfences' custom fences; pictures are kept in the folder.

    In place of mermaid2's own, which does not escape: `<br>` in a label would be lost.
    """
    counts: WeakKeyDictionary[object, Counter[str]] = WeakKeyDictionary()
    chosen: WeakKeyDictionary[object, Chosen] = WeakKeyDictionary()

    # mermaid2 goes by the name to tell that Material draws what the build left.
    def fence_mermaid_custom(
        source: str, _language: str, css_class: str, _options: object, md: object, **_: object
    ) -> str:
        job = chosen.setdefault(md, Chosen()).job(source)
        match draw(job, folder) if job else _LEFT:
            case Drawn() as picture:
                return _figure(picture, counts.setdefault(md, Counter()))
            case Wrong():
                return _source(source, "wrong")
            case _:
                return f'<div class="picture" data-search-exclude>{_source(source, css_class)}</div>'

    return fence_mermaid_custom


def _source(source: str, css_class: str) -> str:
    return f'<pre class="{css_class}" data-search-exclude><code>{escape(source)}</code></pre>'


def _figure(picture: Drawn, counts: Counter[str]) -> str:
    counts[picture.id] += 1
    count = counts[picture.id]
    svg = picture.svg if count == 1 else picture.again(count)
    # Not on the `div`: the theme's search takes the end of a label, which is one too, for the end of the picture.
    unsearched = svg.replace("<svg ", '<svg data-search-exclude="true" ', 1)
    return f'<div class="picture"><div class="scroller">{unsearched}</div></div>'
