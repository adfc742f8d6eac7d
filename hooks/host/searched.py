"""What of a page the theme's search reads. In: the page's HTML. Out: the same without what tells the search nothing.

The search reads HTML with Python's own parser, tag by tag, which costs more than all else that it does.
"""

import re
from typing import Final

from commonmark.marks import BACKLINKS

_OWN: Final = (
    (BACKLINKS, "</aside>"),
    ('<figure class="diagram" data-search-exclude', "</figure>"),
)
"""Where what we add ourselves starts and ends, none of it to be found."""
_COMMENT: Final = ("<!--", "-->")
"""Of which a part may end it: `<!-->` is a whole comment, to Python's parser the start of one."""

_OWN_WORDS = re.compile(
    r'<a class="headerlink"[^<>]*>[^<>]*</a>(?=</h[1-6]>)'
    r'|<a class="flag" data-search-exclude=""[^<>]*>[^<>]*</a>'
    r'|<span class="visually-hidden" data-search-exclude="">[^<>]*</span>'
    r'|<sup id="fnref\d*:\d+"><a class="footnote-ref"[^<>]*>\d+</a></sup>'
    r'|<a class="footnote-backref"[^<>]*>[^<>]*</a>'
)

_WITHIN_A_LINE: Final = (
    "a|abbr|b|bdi|bdo|cite|del|dfn|em|i|input|ins|kbd|label|mark|q|s|samp|small|span|strong|u|var"
    "|annotation|math|menclose|mfrac|mi|mn|mo|mover|mpadded|mphantom|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup|msup"
    "|mtable|mtd|mtext|mtr|munder|munderover|semantics"
)
"""Elements, those of formulas too, of which the search keeps the words and no more."""
_TAG = re.compile(
    rf"</?(?:{_WITHIN_A_LINE})"
    r"(?:\s(?![^<>]*(?:data-search-exclude|headerlink|linenodiv))(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)?>"
)
"""No angle bracket is in it: to look for the end of each quotation could take the square of a page's length."""
_END = re.compile(r"(?:<br\b[^<>]*>|</(?:caption|dd|div|dt|figcaption|summary|td|th)>|</span>(?=<pre\b))(?=\S)")
"""Where one thing ends and another may begin without a blank: the search would take two words for one."""
_OPEN = re.compile(rf"<(?:{_WITHIN_A_LINE})[\s>]")


def searched(html: str) -> str:
    """Take out what the search leaves out, and tags that it passes over; all other words stay, each by itself."""
    for opening, closing in (_COMMENT, *_OWN):
        html = _without(html, opening, closing)
    html = _END.sub(r"\g<0> ", _OWN_WORDS.sub("", html))
    short = _TAG.sub("", html)
    # Where one tag must stay, its end must stay too, which is like all others.
    return html if _OPEN.search(short) else short


def _without(html: str, opening: str, closing: str) -> str:
    kept, done = [], 0
    while (start := html.find(opening, done)) >= 0 and (end := html.find(closing, start)) >= 0:
        kept.append(html[done:start])
        done = end + len(closing)
    return "".join((*kept, html[done:]))
