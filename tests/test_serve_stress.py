"""`mkdocs serve` while an author works: random edits, additions, renames and deletions, one after the other.

Afterwards each page that is served is the one of a build from nothing, and at no time was there a traceback or a page
that could not be given. `STRESS=200 python3 dev.py test tests/test_serve_stress.py` does more of it.
"""

import base64
import hashlib
import os
import random
import re
import subprocess
import threading
import time
import urllib.error
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tests.generated_vault import vault
from tests.serving import get, served, wait_for
from tests.sites import MKDOCS, PUBLISHED, copy_project

EDITS: Final = int(os.environ.get("STRESS", "40"))
_LIVE_RELOAD: Final = re.compile(rb"<script>((?:(?!</script>).)*livereload(?:(?!</script>).)*)</script>", re.DOTALL)


def edit(docs: Path, chance: random.Random) -> None:
    """Do one thing that an author may do."""
    notes = sorted(docs.rglob("*.md"))
    note = chance.choice(notes)
    new = docs / chance.choice(("", "a/", "b c/")) / f"Note {chance.randrange(30)}.md"
    match chance.choice(("append", "append", "replace", "break", "add", "rename", "delete", "asset")):
        case "append":
            note.write_bytes(
                note.read_bytes() + f"\n[[Note {chance.randrange(30)}]] #t{chance.randrange(5)}\n".encode()
            )
        case "replace":
            note.write_text(f"# New {chance.random()}\n\n![[{chance.choice(notes).stem}]]\n", encoding="utf-8")
        case "break":
            note.write_bytes(b"---\ntitle: [\n---\n\xff\xfe [[x\n```\n" + note.read_bytes()[:50])
        case "add":
            new.parent.mkdir(exist_ok=True)
            new.write_text("# Added\n\n#I_DONT_LIKE_THIS_REWRITE\n", encoding="utf-8")
        case "rename" if not new.exists():
            new.parent.mkdir(exist_ok=True)
            note.rename(new)
        case "delete" if len(notes) > 10:
            note.unlink()
        case _:
            (docs / f"{chance.randrange(9)}.png").write_bytes(chance.randbytes(9))


def test_what_is_served_after_many_edits_is_a_clean_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", vault(20))
    docs, log, chance = project / "docs", tmp_path / "log", random.Random(7)  # noqa: S311 - the same edits each time
    for link, target in {"itself": ".", "above": "..", "a/above": ".."}.items():
        (docs / link).parent.mkdir(exist_ok=True)
        (docs / link).symlink_to(target)  # who follows three of them comes to no end
    failures: list[int] = []
    done = threading.Event()

    def read(address: str) -> None:
        while not done.wait(0.05):
            try:
                get(address)
            except urllib.error.HTTPError as error:
                failures.append(error.code)
            except OSError:
                continue

    with served(project, log) as address:
        wait_for(address, b"</html>")
        reader = threading.Thread(target=read, args=(f"{address}wanted/",))
        reader.start()
        for _ in range(EDITS):
            edit(docs, chance)
            time.sleep(chance.choice((0, 0, 0.02, 0.3)))
        (docs / "last.md").write_text("# Last\n\nThe last words.\n", encoding="utf-8")
        wait_for(f"{address}last/", b"The last words.")
        done.set()
        reader.join()
        clean = tmp_path / "clean"
        environment = {**PUBLISHED, "SITE_URL": address}
        subprocess.run(
            [*MKDOCS, "build", "--quiet", "--site-dir", str(clean)], cwd=project, env=environment, check=True
        )
        pages = sorted(path.relative_to(clean).as_posix() for path in clean.rglob("*.html"))
        assert len(pages) > 10
        different = [
            page for page in pages if _plain(get(address + quote(page))) != _plain((clean / page).read_bytes())
        ]
    assert different == []
    assert failures == []
    assert "Traceback" not in log.read_text(encoding="utf-8", errors="replace")


def _plain(page: bytes) -> bytes:
    """Without what the server adds so that the page loads anew: a script, and the policy's leave for it."""
    added = _LIVE_RELOAD.search(page)
    if added is None:
        return page
    leave = b" 'sha256-%s'" % base64.b64encode(hashlib.sha256(added[1]).digest())
    assert page.count(leave) == 1
    return page.replace(added[0], b"").replace(leave, b"")
