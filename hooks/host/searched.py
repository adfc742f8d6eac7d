"""What of a page the theme's search reads. In: the page's HTML. Out: the same without what tells the search nothing.

The search reads HTML with Python's own parser, tag by tag, which costs more than all else that it does.
"""

import re
from typing import Final

_OWN: Final = (
    ('<aside class="backlinks" aria-label="Backlinks" data-search-exclude>', "</aside>"),
    ('<figure class="diagram" data-search-exclude', "</figure>"),
)
"""Where what we add ourselves starts and ends, none of it to be found."""

_OWN_WORDS = re.compile(
    r'<a class="headerlink"[^<>]*>[^<>]*</a>(?=</h[1-6]>)'
    r'|<a class="flag" data-search-exclude=""[^<>]*>[^<>]*</a>'
    r'|<span class="visually-hidden" data-search-exclude="">[^<>]*</span>'
)

_WITHIN_A_LINE: Final = (
    "a|abbr|b|bdi|bdo|cite|del|dfn|em|i|input|ins|kbd|label|mark|q|s|samp|small|span|strong|u|var"
    "|annotation|math|menclose|mfrac|mi|mn|mo|mover|mpadded|mphantom|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup|msup"
    "|mtable|mtd|mtext|mtr|munder|munderover|semantics"
)
"""Elements, those of formulas too, of which the search keeps the words and no more."""
_TAG = re.compile(rf"</?(?:{_WITHIN_A_LINE})(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?>")
_LEFT_OUT = re.compile(rf"<(?:{_WITHIN_A_LINE})\s[^<>]*(?:data-search-exclude|headerlink|linenodiv)")


def searched(html: str) -> str:
    """Take out what the search leaves out, and tags that it passes over; all other words stay where they are."""
    for opening, closing in _OWN:
        html = _without(html, opening, closing)
    html = _OWN_WORDS.sub("", html)
    # What the author has the search leave out ends where its own tag ends, so that all of them must stay.
    return html if _LEFT_OUT.search(html) else _TAG.sub("", html)


def _without(html: str, opening: str, closing: str) -> str:
    kept, done = [], 0
    while (start := html.find(opening, done)) >= 0 and (end := html.find(closing, start)) >= 0:
        kept.append(html[done:start])
        done = end + len(closing)
    return "".join((*kept, html[done:]))
