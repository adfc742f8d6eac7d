"""Markup of bases: what `html(…)` shows, as far as it is harmless. In: HTML. Out: CommonMark, on one line.

Properties may be a part of it, of which none is live: elements, attributes and styles are kept that are named here,
and each element ends with the value. Source of the rule: Obsidian's help, "Functions".
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

_LONGEST: Final = 2_000
"""Characters; of a longer one, all is text."""
_TAG: Final = re.compile(
    r"<!--.*?-->"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*+)(?P<attributes>(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"(?P<name>[a-z]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"']+)", re.IGNORECASE)
_WITHIN_A_LINE: Final = (
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "code", "kbd", "span"),
    *("progress", "meter"),
)
_BLOCKS: Final = ("div", "p", "center")
"""Lines of their own; no cell of a table and no item holds a block."""
_KEPT: Final[Mapping[str, str]] = {**{name: name for name in _WITHIN_A_LINE}, **dict.fromkeys(_BLOCKS, "span")}
"""Elements, and what they are on the page."""
_UNSHOWN: Final = frozenset({"script", "style", "template", "title", "iframe", "object", "noscript"})
_NUMBERS: Final = frozenset({"value", "max", "min", "low", "high", "optimum"})
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_STYLES: Final = frozenset({
    *("color", "background", "background-color", "opacity", "border-radius", "display", "width", "height", "padding"),
    *("font-weight", "font-style", "text-decoration"),
})  # fmt: skip
_STYLE: Final = re.compile(r"(?!.*(?:url|image)\s*\()[\w\s#.,%()/-]{1,100}", re.IGNORECASE)
_DEEPEST: Final = 20
"""Elements in each other."""


def markup(source: str, words: Callable[[str], str]) -> str:
    """What is harmless of some HTML; `words` writes a text of it, without the blanks at its ends."""
    return words(source) if len(source) > _LONGEST else "".join(_pieces(source, words))


def _pieces(source: str, words: Callable[[str], str]) -> Iterator[str]:
    done, open_, unshown = 0, list[str](), ""
    for tag in _TAG.finditer(source):
        yield "" if unshown else _text(source[done : tag.start()], words)
        done, name = tag.end(), (tag["name"] or "").lower()
        if unshown:
            unshown = "" if tag["end"] and name == unshown else unshown
        elif name in _UNSHOWN:
            unshown = "" if tag["end"] else name
        elif name == "br":
            yield "<br>"
        elif tag["end"]:
            yield from _closed(open_, name)
        elif name in _KEPT and len(open_) < _DEEPEST:
            open_.append(name)
            yield f"<{' '.join((_KEPT[name], *_attributes(tag)))}>"
    yield "" if unshown else _text(source[done:], words)
    yield from (f"</{_KEPT[name]}>" for name in reversed(open_))


def _text(source: str, words: Callable[[str], str]) -> str:
    text = html.unescape(source)
    return f"{' ' * text[:1].isspace()}{words(text)}{' ' * text[-1:].isspace()}" if text.strip() else text[:1] and " "


def _closed(open_: list[str], name: str) -> Iterator[str]:
    """The ends of the elements that end with the innermost one of a name."""
    last = "" if name in open_ else name
    while last != name:
        last = open_.pop()
        yield f"</{_KEPT[last]}>"


def _attributes(tag: re.Match[str]) -> Iterator[str]:
    styles = ["display: block"] if tag["name"].lower() in _BLOCKS else []
    for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
        name, value = attribute["name"].lower(), html.unescape(attribute["value"].strip("\"'"))
        if name in _NUMBERS and _NUMBER.fullmatch(value):
            yield f'{name}="{value}"'
        if name == "style":
            styles += _styles(value)
    if styles:
        yield f'style="{"; ".join(styles)}"'


def _styles(written: str) -> Iterator[str]:
    for declaration in written.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name.lower() in _STYLES and _STYLE.fullmatch(value):
            yield f"{name.lower()}: {' '.join(value.split())}"
