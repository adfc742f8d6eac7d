"""The author's own HTML. In: a page's content. Out: the same, without what would act on the page, not stand in it.

The policy lets the site's files run, and an author's file is one: a script stays where it is, but is none. What belongs
into a page's head would lead away from it (`meta`, `base`), or ask another site (`link`).
"""

import re
from typing import Final

_TAG: Final = re.compile(
    r"""<(?:(?P<script>script)|/?(?:base|link|meta))(?=[\s/>])(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*+>)?""",
    re.IGNORECASE,
)


def inert(html: str) -> str:
    """Take such elements away; a tag that does not end is text."""
    return _TAG.sub(_replaced, html)


def _replaced(tag: re.Match[str]) -> str:
    if tag["script"]:
        # Of two attributes of one name, the first counts.
        return f'<{tag["script"]} type="text/plain"{tag["rest"] or ""}'
    return "" if tag["rest"] else f"&lt;{tag[0][1:]}"
