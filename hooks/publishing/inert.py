"""The author's own HTML. In: a page's content. Out: the same, without what would act on the page, not stand in it.

The policy lets the site's files run, and an author's file is one: a script stays where it is, but is none. What belongs
into a page's head would lead away from it (`meta`, `base`), or ask another site (`link`). What stands in a frame is a
page of its own, which no policy of ours governs: there are frames of PDFs of the site, and links to anything else. By
a name that ends like one and is no file's, a server may find a page: in a folder of that name, or by its own ending.

What is spelt otherwise than CommonMark spells tags is text, since browsers may read more into it than we do. Nothing
goes without a tag in its place: of `<scr<meta>ipt>`, the rest would be one.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

from commonmark.addresses import scheme

_BLANK: Final = r"[ \t\n\f\r]"  # as in HTML; Python knows more
_NAME: Final = r"""[^ \t\n\f\r"'<>/=]++"""
_VALUE: Final = r"""(?:"[^"]*+"|'[^']*+'|[^ \t\n\f\r"'<>=`]++)"""
_IS: Final = rf"{_BLANK}*+={_BLANK}*+"
_TAG: Final = re.compile(
    rf"<(?:(?P<script>script)|(?P<frame>iframe|object|embed)|/?(?:base|link|meta))(?={_BLANK}|[/>])"
    rf"(?P<rest>(?P<attributes>(?:{_BLANK}++{_NAME}(?:{_IS}{_VALUE})?+)*+){_BLANK}*+(?P<end>/?>)"
    rf"(?:[^<]*+</(?P=frame){_BLANK}*+>)?)?",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(rf"{_BLANK}({_NAME}){_IS}({_VALUE})")
_PDF: Final = re.compile(r"[^?#]*\.pdf\s*(?:[?#].*)?", re.IGNORECASE | re.DOTALL)


def inert(html: str, is_file: Callable[[str], bool]) -> str:
    """Take such elements away, or what they do; `is_file` says whether an address is that of a file of the site."""
    return _TAG.sub(lambda tag: _replaced(tag, is_file), html)


def _replaced(tag: re.Match[str], is_file: Callable[[str], bool]) -> str:
    if not tag["rest"]:
        return f"&lt;{tag[0][1:]}"
    if tag["script"]:
        return f'<{tag["script"]} type="text/plain"{tag["end"]}'
    return _frame(tag, is_file) if tag["frame"] else "<span></span>"


def _frame(tag: re.Match[str], is_file: Callable[[str], bool]) -> str:
    """Keep the frame of a PDF; of two attributes of one name either may count."""
    attributes = [(name.lower(), _text(value)) for name, value in _ATTRIBUTE.findall(tag["attributes"])]
    addresses = [value for name, value in attributes if name in ("src", "data")]
    if all(_PDF.fullmatch(address) and is_file(address) for address in addresses) and "srcdoc" not in dict(attributes):
        return tag[0]
    address = addresses[0] if addresses else ""
    words = escape(dict(attributes).get("title") or address)
    return f"<span>{words}</span>" if not address or scheme(address) else f'<a href="{escape(address)}">{words}</a>'


def _text(value: str) -> str:
    return unescape(value[1:-1] if value.startswith(('"', "'")) else value)
