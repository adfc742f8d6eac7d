"""In: a page's HTML. Out: the same, with links in place of what the author's own HTML shows of other sites.

A reader's browser asks no other site, so that all of it would be a gap; a picture in Markdown is a link too (`finish`).
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Final

from .addresses import OTHER_SITE
from .html_addresses import VALUE

_HOLDERS: Final = ("audio", "iframe", "object", "video")
"""Elements with an end; what they hold is for browsers that do not know them."""
_TAG: Final = re.compile(
    rf"<(?P<end>/?)(?P<name>a|img|embed|source|track|{'|'.join(_HOLDERS)})(?P<attributes>\s[^<>]*)?>", re.IGNORECASE
)
_BLOCKS: Final = r"p|div|h[1-6]|ul|ol|li|dl|table|t[rdh]|blockquote|details|section|article|pre|hr"
_REST: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(rf"[^<]*+(?:<(?!/?(?:{name}|{_BLOCKS})[\s/>])[^<>]*+>[^<]*+)*+</{name}\s*>", re.IGNORECASE)
    for name in _HOLDERS
}
_ATTRIBUTE: Final = re.compile(rf"\s([a-z-]+){VALUE}", re.IGNORECASE)
_SOURCES: Final = ("src", "data", "srcset")
_ELSEWHERE: Final = re.compile(rf"\s*({OTHER_SITE}[^\s,]+)", re.IGNORECASE)
_SIGN: Final = re.compile(rf"<(?!a\s)[a-z]+\s[^<>]*(?:{'|'.join(_SOURCES)})\s*=\s*[\"']?\s*{OTHER_SITE}", re.IGNORECASE)
"""What a page cannot lack on which there is anything to do."""


def linked(html: str) -> str:
    """Make links; within a link of the author's, words."""
    return "".join(_pieces(html)) if _SIGN.search(html) else html


def _pieces(html: str) -> Iterator[str]:
    done, is_in_link = 0, False
    for tag in _TAG.finditer(html):
        name, is_end = tag["name"].lower(), bool(tag["end"])
        if name == "a":
            is_in_link = not is_end and "href" in _attributes(tag[0])
        if name == "a" or is_end or tag.start() < done:
            continue
        rest = _REST[name].match(html, tag.end()) if name in _REST else None
        attributes = _attributes(tag[0])
        address = _address(attributes) or (_address_within(rest[0]) if rest and not _has_own(attributes) else "")
        if address:
            yield html[done : tag.start()]
            # A source or a track is one of several ways to show the same.
            yield "" if name in {"source", "track"} else _link(address, attributes, is_in_link=is_in_link)
            done = rest.end() if rest else tag.end()
    yield html[done:]


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): unescape("".join(value)) for name, *value in _ATTRIBUTE.findall(tag)}


def _address(attributes: Mapping[str, str]) -> str:
    """Give the address of another site that a browser would ask; empty if there is none."""
    found = (_ELSEWHERE.match(attributes.get(name, "")) for name in _SOURCES)
    return next((match[1] for match in found if match), "")


def _has_own(attributes: Mapping[str, str]) -> bool:
    return any(map(attributes.get, _SOURCES))


def _address_within(html: str) -> str:
    """Give the address of the first thing shown that is of another site; empty if there is a source of this one."""
    shown = [(tag["name"].lower(), _attributes(tag[0])) for tag in _TAG.finditer(html)]
    if any(name == "source" and _has_own(attributes) and not _address(attributes) for name, attributes in shown):
        return ""
    return next((address for name, attributes in shown if name != "track" and (address := _address(attributes))), "")


def _link(address: str, attributes: Mapping[str, str], *, is_in_link: bool) -> str:
    words = escape(attributes.get("alt") or attributes.get("title") or address)
    return f"<span>{words}</span>" if is_in_link else f'<a href="{escape(address)}" class="other-site">{words}</a>'
