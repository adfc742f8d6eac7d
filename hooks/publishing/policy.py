"""The Content-Security-Policy of each page. In: the theme's scripts. Out: what a reader's browser may load and run.

A file of a site cannot set a header, so the policy stands in a `meta` element, before all that it governs. Source of
the rules: Content Security Policy Level 3 (W3C).
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_RULES: Final = {
    "default-src": "'none'",  # what is not named here: frames of others, manifests …
    "base-uri": "'none'",
    "connect-src": "'self'",  # instant navigation, the index of the search, `mkdocs serve`
    "font-src": "'self' data:",  # of a style sheet of the site's owner
    "form-action": "'self'",
    "frame-src": "'self'",  # browsers show an embedded document in a frame
    "img-src": "'self' data:",  # pictures that a note carries in itself, and those in the theme's style sheet
    "media-src": "'self' data:",
    "object-src": "'self'",  # embedded documents
    # Colours and sizes stand in `style`, of notes' own HTML, of pictures and of what Mermaid draws in the browser.
    "style-src": "'self' 'unsafe-inline'",
    "worker-src": "'self'",  # the search; WebAssembly needs no leave of the page there
}

_ASSEMBLY: Final = "'wasm-unsafe-eval'"
"""What reads an index in pieces is WebAssembly, a file of the site."""

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_ERRORS: Final = "surrogateescape"
"""A page of the author's own making may have any encoding."""


def policy(scripts: str, *, has_pieces: bool) -> str:
    """Return the policy: scripts are files of the site, else those in this HTML, letter by letter."""
    hashes = dict.fromkeys(map(_hash, _INLINE.findall(scripts)))
    rules = _RULES | {"script-src": " ".join(("'self'", *hashes, *((_ASSEMBLY,) if has_pieces else ())))}
    return "; ".join(f"{name} {allowed}" for name, allowed in sorted(rules.items()))


def permit_last(page: str) -> str:
    """Permit a script that was put right before the end of a page, in the policy that the page has."""
    start, end = page.rfind("<script>"), page.rfind("</script></body>")
    if not 0 <= start < end:
        return page
    return page.replace("script-src 'self'", f"script-src 'self' {_hash(page[start + len('<script>') : end])}", 1)


def permitting(app: WSGIApplication) -> WSGIApplication:
    """Wrap what serves pages (PEP 3333), so that it may put a script at their end: see `permit_last`."""

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _: object = None, /) -> Callable[[bytes], object]:
            started.append((status, headers))
            return lambda _: None

        body = app(environ, start)
        status, headers = started[0]
        if ("Content-Type", "text/html") in headers:
            page = permit_last(b"".join(body).decode("utf-8", _ERRORS)).encode("utf-8", _ERRORS)
            body, headers = [page], [field for field in headers if field[0] != "Content-Length"]
        start_response(status, headers)
        return body

    return serve


def _hash(script: str) -> str:
    digest = sha256(script.encode("utf-8", _ERRORS)).digest()
    return f"'sha256-{b64encode(digest).decode()}'"
