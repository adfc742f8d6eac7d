"""The policy as text: whose scripts it names, and the script that it lets in afterwards."""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from policy import permit_last, permitting, policy

PAGE = '<head><meta content="{}"></head><body><script>one()</script>\n<p>x</p>{}</body>'
ADDED = "<script>two()</script>"


def hashes(text: str) -> list[str]:
    return re.findall(r"'sha256-[^']+'", text)


def test_only_inline_scripts_are_named_once_each() -> None:
    assert len(hashes(policy("<script>a()</script><script src='b.js'></script><script>a()</script>"))) == 1
    assert not hashes(policy("<p>a()</p>"))
    assert "script-src 'self';" in policy("")


def test_a_script_at_the_very_end_is_let_in() -> None:
    page = PAGE.format(policy(""), ADDED)
    assert hashes(permit_last(page)) == hashes(policy(ADDED))
    assert permit_last(page).endswith(f"{ADDED}</body>")


def test_no_other_page_is_changed() -> None:
    for page in (PAGE.format(policy(""), ""), PAGE.format("none", ADDED), "", "</script></body>"):
        assert permit_last(page) == page


def test_what_is_served_keeps_its_status_and_any_bytes() -> None:
    body = b"\xff" + PAGE.format(policy(""), ADDED).encode()

    def app(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("404 Not Found", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body[:40], body[40:]]

    started: list[object] = []
    served = b"".join(permitting(app)({}, lambda *given: started.append(given)))  # type: ignore[arg-type]
    assert served.startswith(b"\xff")
    assert hashes(served.decode("latin-1")) == hashes(policy(ADDED))
    assert started == [("404 Not Found", [("Content-Type", "text/html")])]
