"""Links of SVG in the author's HTML. In: a page's content. Out: the same, where each `href` in SVG is `xlink:href`.

Both say the same (SVG 2, "Linking"). But the theme's script sets each `href` of a page anew, and those of SVG cannot be
set: from such a page on, a link changed the address that a reader saw, and not the page.
"""

import re
from typing import Final

_SVG: Final = re.compile(r"<svg[\s>]", re.IGNORECASE)
_TAG: Final = re.compile(
    r"<!--(?:[^-]|-(?!->))*+|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)(?P<attributes>[^<>]*+)>", re.IGNORECASE
)
_HREF: Final = re.compile(r"""(?P<value>"[^"]*"|'[^']*')|(?<=[\s/"'])href(?=\s*=)""", re.IGNORECASE)
_HOLDERS: Final = frozenset({"svg", "foreignobject"})
"""Of SVG; and in it, of HTML."""
_HTML: Final = re.compile(
    "b|big|blockquote|body|br|center|code|d[dlt]|div|em|embed|h[1-6r]|head|i|img|li|listing|menu|meta|nobr|ol|p|pre"
    "|ruby|s|small|span|strike|strong|su[bp]|table|tt|ul?|var"
)
"""What ends SVG that is open. Source: the HTML standard, "The rules for parsing tokens in foreign content"."""


def without_href(html: str) -> str:
    """Spell the links of SVG in the way that the theme passes over."""
    if not _SVG.search(html):
        return html
    holders: list[str] = []
    return _TAG.sub(lambda tag: _respelt(tag, holders), html)


def _respelt(tag: re.Match[str], holders: list[str]) -> str:
    """Give a tag anew; `holders` are what is open before it, and then after it."""
    name = (tag["name"] or "").lower()
    is_in_svg = holders[-1:] == ["svg"]
    if name in _HOLDERS and not tag["end"] and not tag["attributes"].endswith("/"):
        holders.append(name)
    elif name in _HOLDERS and tag["end"] and holders[-1:] == [name]:
        holders.pop()
    elif is_in_svg and _HTML.fullmatch(name):
        holders.clear()
    elif is_in_svg and name and not tag["end"]:
        return f"<{tag['name']}{_HREF.sub(lambda href: href['value'] or 'xlink:href', tag['attributes'])}>"
    return tag[0]
